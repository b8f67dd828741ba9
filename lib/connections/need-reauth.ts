import { and, eq, inArray, sql } from 'drizzle-orm'
import { record } from '#lib/audit/record.ts'
import type { Tx } from '#lib/db/client.ts'
import { connections, workspaces } from '#lib/db/schema/index.ts'
import type { Owned } from './credentials.ts'

/**
 * The grant of a connection by OAuth is dead: only a person can make it work again. Its people are told by the record's own task.
 * Nothing happens where the credential is another than that of `version` by now.
 */
export async function needReauth(tx: Tx, of: Owned, version: number): Promise<void> {
  const dead = await tx
    .update(connections)
    .set({
      status: 'needs_reauth',
      health: 'failing',
      healthReason: null,
      healthSince: sql`now()`,
      refreshDueAt: null,
      nextCheckAt: sql`now() + interval '1 day'`,
      updatedAt: sql`now()`,
    })
    .where(
      and(
        eq(connections.id, of.connectionId),
        eq(connections.workspaceId, of.workspaceId),
        eq(connections.version, version),
        eq(connections.way, 'oauth'),
        inArray(connections.status, ['active', 'inactive']),
      ),
    )
    .returning({ id: connections.id })
  if (dead.length === 0) return
  const [place] = await tx
    .select({ partnerId: workspaces.partnerId })
    .from(workspaces)
    .where(eq(workspaces.id, of.workspaceId))
  await record(
    tx,
    { kind: 'system', task: 'refresh-due' },
    {
      name: 'connection.needs_reauth',
      subject: { kind: 'connection', id: of.connectionId },
      data: { health: 'failing', reason: null, status: 'needs_reauth' },
      partnerId: place?.partnerId ?? '',
      workspaceId: of.workspaceId,
    },
  )
}
