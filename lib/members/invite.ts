import { z } from 'zod'
import { type MemberActor, memberRoles } from '#lib/actors.ts'
import { transaction } from '#lib/db/client.ts'
import { type Fields, parseForm } from '#lib/forms/parse.ts'
import { emailAddress } from '#lib/forms/text.ts'
import { countInvitation } from '#lib/limits/invitations.ts'
import type { Reads } from './find-session.ts'
import { holdPeopleOf } from './hold-people.ts'
import { makeInvitation } from './make-invitation.ts'
import { mustManage } from './may-manage.ts'
import { proveAgain } from './prove-again.ts'
import { mustBeAllowed } from './roles.ts'
import type { SignInFrom } from './sign-in.ts'

const form = z.object({
  email: emailAddress,
  role: z.enum(memberRoles, 'people.problems.role'),
})

/**
 * Invites somebody into the workspace by address and with a role, for 72 hours. Wants a fresh sign-in.
 * Throws `forbidden`, `invalid` with the problems at `email`, `role` and `password`, `too_many` over the limits.
 */
export async function inviteMember(
  actor: MemberActor,
  input: { fields: Fields; from: SignInFrom; reads: Reads },
): Promise<void> {
  mustBeAllowed(actor, 'manage_people')
  const { email, role } = parseForm(form, input.fields)
  mustManage(actor, role)
  await proveAgain(actor, input.fields.password, input.from)
  await countInvitation(actor.workspaceId, email)
  await transaction(async tx => {
    const me = await holdPeopleOf(tx, actor)
    mustManage(me, role)
    const inviter = { memberId: me.memberId, name: me.name, reads: input.reads }
    await makeInvitation(tx, me, { workspaceId: me.workspaceId, email, role, inviter })
  })
}
