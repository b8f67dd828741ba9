import { and, desc, eq, isNull, sql } from 'drizzle-orm'
import type { Tx } from '#lib/db/client.ts'
import { members, partnerMembers, workspaces } from '#lib/db/schema/index.ts'
import { type Change, type Doer, recordAll } from './record.ts'

/** In so many logs, at most, does what a person did to her own account stand; those of the workspaces she used last. */
const mostWorkspaces = 100

/** What happened to a person's account; about one of her sessions, or about herself. */
export type PersonChange = Pick<Change, 'name' | 'data'> & { userId: string; sessionId?: string }

/**
 * Writes what concerns a person and no workspace in particular, such as a sign-in, into the log of each workspace that she
 * belongs to; of somebody in none, into her partner's. Nothing for whoever belongs nowhere.
 */
export async function recordForPerson(tx: Tx, doer: Doer, change: PersonChange): Promise<void> {
  const { userId, sessionId, ...what } = change
  const about = (kind: string, id: string) => (sessionId ? { kind: 'session', id: sessionId } : { kind, id })
  const places = await tx
    .select({ memberId: members.id, workspaceId: workspaces.id, partnerId: workspaces.partnerId })
    .from(members)
    .innerJoin(workspaces, eq(workspaces.id, members.workspaceId))
    .where(and(eq(members.userId, userId), isNull(members.removedAt)))
    .orderBy(sql`${desc(members.lastUsedAt)} nulls last`, members.id)
    .limit(mostWorkspaces)
  const changes = places.map(({ memberId, ...place }) => ({
    ...what,
    ...place,
    subject: about('member', memberId),
  }))
  if (changes.length > 0) return recordAll(tx, doer, changes)
  const [own] = await tx
    .select({ partnerId: partnerMembers.partnerId })
    .from(partnerMembers)
    .where(eq(partnerMembers.userId, userId))
    .limit(1)
  if (own) await recordAll(tx, doer, [{ ...what, ...own, subject: about('user', userId) }])
}
