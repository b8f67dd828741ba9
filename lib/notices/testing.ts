import { and, asc, desc, eq, like } from 'drizzle-orm'
import type { MemberActor } from '#lib/actors.ts'
import { record } from '#lib/audit/record.ts'
import { db, transaction } from '#lib/db/client.ts'
import { connections, events, mails, notices } from '#lib/db/schema/index.ts'
import { newId } from '#lib/ids.ts'
import { tell } from './tell.ts'

/** Makes a connection without a key, as what is told about it needs no ATS. For tests. */
export async function bareConnection(
  maker: MemberActor,
  wish: Partial<typeof connections.$inferInsert> = {},
): Promise<string> {
  const id = newId()
  await db()
    .insert(connections)
    .values({
      id,
      workspaceId: maker.workspaceId,
      connector: 'workable',
      environment: 'sandbox',
      name: 'Workable, Larkfield',
      way: 'api_key',
      permissions: 'read',
      remoteAccountId: id,
      accountName: 'Larkfield',
      subdomain: 'larkfield',
      lastFour: 'c41e',
      createdBy: maker.memberId,
      ...wish,
    })
  return id
}

/** Reminds people of a connection whose key ends in ten days. For tests. */
export async function remindOf(of: { partnerId: string; workspaceId: string }, id: string): Promise<void> {
  const expiresOn = new Date(Date.now() + 10 * 86_400_000).toISOString().slice(0, 10)
  const [connection] = await db()
    .update(connections)
    .set({ keyExpiresOn: expiresOn })
    .where(eq(connections.id, id))
    .returning({ version: connections.version })
  await transaction(tx =>
    record(
      tx,
      { kind: 'system', task: 'test' },
      {
        name: 'connection.key_expires_soon',
        subject: { kind: 'connection', id },
        data: { days: 14, left: 10, expiresOn, version: connection?.version ?? 1 },
        partnerId: of.partnerId,
        workspaceId: of.workspaceId,
      },
    ),
  )
  await tellNewest(id)
}

/** Tells the newest change of a connection, as the worker would. Gives the change. For tests. */
export async function tellNewest(connectionId: string): Promise<typeof events.$inferSelect> {
  const [event] = await db()
    .select()
    .from(events)
    .where(eq(events.subjectId, connectionId))
    .orderBy(desc(events.at))
    .limit(1)
  if (!event) throw new Error('nothing happened')
  await tell(event.id)
  return event
}

/** The notices about a connection, as "kind, open or settled". For tests. */
export async function noticesOf(connectionId: string, memberId?: string): Promise<string[]> {
  const rows = await db()
    .select()
    .from(notices)
    .where(and(eq(notices.subjectId, connectionId), memberId ? eq(notices.memberId, memberId) : undefined))
    .orderBy(asc(notices.createdAt))
  return rows.map(({ kind, settledAt }) => `${kind}, ${settledAt ? 'settled' : 'open'}`)
}

/** To whom mails of a kind went from a workspace. For tests. */
export async function mailedTo(workspaceId: string, kind = '%'): Promise<string[]> {
  const rows = await db()
    .select({ to: mails.toAddress })
    .from(mails)
    .where(and(eq(mails.workspaceId, workspaceId), like(mails.kind, kind)))
  return rows.map(({ to }) => to).sort()
}
