import { and, eq, inArray, or, type SQL, sql } from 'drizzle-orm'
import type { MemberActor } from '#lib/actors.ts'
import { record } from '#lib/audit/record.ts'
import type { Tx } from '#lib/db/client.ts'
import { linkSessions } from '#lib/db/schema/index.ts'
import { isId } from '#lib/ids.ts'
import { shredCandidate } from './candidate-credential.ts'

/** Ends the walks that go on with a connection or are to give it a new key, whoever's they are, with the keys typed in them. */
export async function abandonWalksOf(tx: Tx, actor: MemberActor, connectionId: string): Promise<void> {
  if (!isId(connectionId)) return
  const mends = sql`${linkSessions.answers} ->> 'mendConnectionId' = ${connectionId}`
  await abandon(tx, actor, or(eq(linkSessions.connectionId, connectionId), mends))
}

/** Ends the walks of a member who leaves the workspace, with the keys typed in them. */
export const abandonWalksBy = (tx: Tx, actor: MemberActor, memberId: string): Promise<void> =>
  abandon(tx, actor, eq(linkSessions.startedBy, memberId))

async function abandon(tx: Tx, actor: MemberActor, which: SQL | undefined): Promise<void> {
  const open = await tx
    .select({ id: linkSessions.id })
    .from(linkSessions)
    .where(and(eq(linkSessions.workspaceId, actor.workspaceId), eq(linkSessions.state, 'open'), which))
    .orderBy(linkSessions.id)
    .for('update')
  for (const { id } of open) {
    await shredCandidate(tx, id)
    await record(tx, actor, { name: 'link_session.abandoned', subject: { kind: 'link_session', id } })
  }
  const ids = open.map(({ id }) => id)
  if (ids.length === 0) return
  await tx
    .update(linkSessions)
    .set({ state: 'abandoned', shown: null, finishedAt: sql`now()` })
    .where(inArray(linkSessions.id, ids))
}
