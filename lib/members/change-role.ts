import { and, eq } from 'drizzle-orm'
import { z } from 'zod'
import { type MemberActor, memberRoles } from '#lib/actors.ts'
import { record } from '#lib/audit/record.ts'
import { db, transaction } from '#lib/db/client.ts'
import { members } from '#lib/db/schema/index.ts'
import { type Fields, parseForm } from '#lib/forms/parse.ts'
import { heldMember, holdPeopleOf, mustLeaveAnOwner } from './hold-people.ts'
import { mustManage } from './may-manage.ts'
import { withdrawBeyond } from './open-invitation.ts'
import { proveAgain } from './prove-again.ts'
import { mustBeAllowed } from './roles.ts'
import type { SignInFrom } from './sign-in.ts'

const form = z.object({ role: z.enum(memberRoles, 'people.problems.role') })

/**
 * Gives a member another role, which her next request has. The same role changes nothing. Wants a fresh sign-in. Throws
 * `not_found`, `forbidden`, and `invalid` at `role` or `password`, or as a whole for the last owner.
 */
export async function changeRole(
  actor: MemberActor,
  input: { memberId: string; fields: Fields; from: SignInFrom },
): Promise<void> {
  mustBeAllowed(actor, 'manage_people')
  mustManage(actor, (await heldMember(db(), actor, input.memberId)).role)
  const { role } = parseForm(form, input.fields)
  mustManage(actor, role)
  await proveAgain(actor, input.fields.password, input.from)
  await transaction(async tx => {
    const me = await holdPeopleOf(tx, actor)
    const member = await heldMember(tx, me, input.memberId)
    mustManage(me, member.role)
    mustManage(me, role)
    if (member.role === role) return
    await mustLeaveAnOwner(tx, me, member)
    await tx
      .update(members)
      .set({ role })
      .where(and(eq(members.id, member.id), eq(members.workspaceId, me.workspaceId)))
    await withdrawBeyond(tx, me, member.id, role)
    await record(tx, me, {
      name: 'member.role_changed',
      subject: { kind: 'member', id: member.id },
      data: { before: member.role, role },
    })
  })
}
