import { and, eq, isNull, sql } from 'drizzle-orm'
import type { MemberActor } from '#lib/actors.ts'
import { record } from '#lib/audit/record.ts'
import { db, type Tx, transaction } from '#lib/db/client.ts'
import { members, partnerMembers } from '#lib/db/schema/index.ts'
import type { Fields } from '#lib/forms/parse.ts'
import { abandonWalksBy } from '#lib/link-sessions/abandon-walks.ts'
import { type HeldMember, heldMember, holdPeopleOf, mustLeaveAnOwner } from './hold-people.ts'
import { mustManage } from './may-manage.ts'
import { withdrawBeyond } from './open-invitation.ts'
import { proveAgain } from './prove-again.ts'
import { mustBeAllowed } from './roles.ts'
import { endSessionsOf } from './sessions.ts'
import type { SignInFrom } from './sign-in.ts'

type Input = { fields: Fields; from: SignInFrom }

/**
 * Removes somebody from the workspace: from her next request on she is a stranger there. Wants a fresh sign-in. What she made
 * stays hers by name; what she was in the middle of ends. Throws `not_found`, `forbidden`, and `invalid` at `password`, or
 * as a whole for the last owner.
 */
export async function removeMember(actor: MemberActor, input: Input & { memberId: string }): Promise<void> {
  mustBeAllowed(actor, 'manage_people')
  mustManage(actor, (await heldMember(db(), actor, input.memberId)).role)
  await proveAgain(actor, input.fields.password, input.from)
  await transaction(async tx => {
    const me = await holdPeopleOf(tx, actor)
    const leaving = await heldMember(tx, me, input.memberId)
    mustManage(me, leaving.role)
    await end(tx, me, leaving)
  })
}

/** Leaves the workspace, of one's own accord and whatever one's role. As `removeMember`. */
export async function leaveWorkspace(actor: MemberActor, input: Input): Promise<void> {
  await proveAgain(actor, input.fields.password, input.from)
  await transaction(async tx => {
    const me = await holdPeopleOf(tx, actor)
    await end(tx, me, { id: me.memberId, userId: me.userId, role: me.role })
  })
}

async function end(tx: Tx, actor: MemberActor, leaving: HeldMember): Promise<void> {
  await mustLeaveAnOwner(tx, actor, leaving)
  await tx
    .update(members)
    .set({ removedAt: sql`now()` })
    .where(and(eq(members.id, leaving.id), eq(members.workspaceId, actor.workspaceId)))
  await abandonWalksBy(tx, actor, leaving.id)
  await withdrawBeyond(tx, actor, leaving.id, undefined)
  await endIdleSessions(tx, leaving.userId)
  await record(tx, actor, {
    name: leaving.id === actor.memberId ? 'member.left' : 'member.removed',
    subject: { kind: 'member', id: leaving.id },
    data: { role: leaving.role },
  })
}

/** Of somebody who belongs to nothing any more, every session ends; elsewhere they go on. */
async function endIdleSessions(tx: Tx, userId: string): Promise<void> {
  const places = await tx.$count(members, and(eq(members.userId, userId), isNull(members.removedAt)))
  const posts = await tx.$count(partnerMembers, eq(partnerMembers.userId, userId))
  if (places + posts === 0) await endSessionsOf(tx, userId)
}
