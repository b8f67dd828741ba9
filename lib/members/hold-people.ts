import { and, eq, isNull, ne, sql } from 'drizzle-orm'
import type { MemberActor, MemberRole } from '#lib/actors.ts'
import type { Tx } from '#lib/db/client.ts'
import { members, users, workspaces } from '#lib/db/schema/index.ts'
import { GangwayError, invalid, notFound } from '#lib/errors.ts'
import { isId } from '#lib/ids.ts'

/** Nobody else changes the people of a workspace until this transaction ends; whoever wants to, waits. */
export async function holdPeople(tx: Tx, workspaceId: string): Promise<void> {
  await tx.execute(sql`select 1 from ${workspaces} where ${workspaces.id} = ${workspaceId} for no key update`)
}

/**
 * Holds the people of the actor's workspace, and gives her as she is by now: what she was when her request began may have been
 * taken from her meanwhile. Throws `forbidden` when she is no longer here.
 */
export async function holdPeopleOf(tx: Tx, actor: MemberActor): Promise<MemberActor> {
  await holdPeople(tx, actor.workspaceId)
  const found = await living(tx, actor, actor.memberId)
  if (!found) throw new GangwayError('forbidden', 'no member any more')
  return { ...actor, role: found.role }
}

export type HeldMember = { id: string; userId: string; role: MemberRole }

/** A member of a workspace whose people are held. Throws `not_found` for one of elsewhere, or who is no longer here. */
export async function heldMember(tx: Tx, actor: MemberActor, memberId: string): Promise<HeldMember> {
  const found = isId(memberId) ? await living(tx, actor, memberId) : undefined
  if (!found) throw notFound('member')
  return found
}

async function living(tx: Tx, actor: MemberActor, memberId: string): Promise<HeldMember | undefined> {
  const [row] = await tx
    .select({ id: members.id, userId: members.userId, role: members.role })
    .from(members)
    .where(
      and(eq(members.id, memberId), eq(members.workspaceId, actor.workspaceId), isNull(members.removedAt)),
    )
  return row
}

/**
 * Throws `invalid` when nobody would own the workspace any more without this owner; one whose sign-in is switched off does not
 * count. The people have to be held, or of two owners each could let the other one go.
 */
export async function mustLeaveAnOwner(tx: Tx, actor: MemberActor, leaving: HeldMember): Promise<void> {
  if (leaving.role !== 'owner') return
  const others = await tx
    .select({ id: members.id })
    .from(members)
    .innerJoin(users, and(eq(users.id, members.userId), isNull(users.disabledAt)))
    .where(
      and(
        eq(members.workspaceId, actor.workspaceId),
        eq(members.role, 'owner'),
        isNull(members.removedAt),
        ne(members.id, leaving.id),
      ),
    )
    .limit(1)
  if (others.length === 0) throw invalid({ '': { key: 'people.problems.last_owner' } })
}
