import { and, eq, isNull, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { From, MemberActor, MemberRole, UserActor } from '#lib/actors.ts'
import { record } from '#lib/audit/record.ts'
import { db, type Tx, transaction } from '#lib/db/client.ts'
import { invitations, members, users } from '#lib/db/schema/index.ts'
import { GangwayError } from '#lib/errors.ts'
import { type Fields, parseForm } from '#lib/forms/parse.ts'
import { nameOf } from '#lib/forms/text.ts'
import { endUnsentLinks } from '#lib/mail/sealed-link.ts'
import { addMember } from './add-member.ts'
import { createUser } from './create-user.ts'
import { holdPeople } from './hold-people.ts'
import { hashNewPassword } from './new-password.ts'
import {
  type Invitation,
  invitationGone,
  isInvited,
  livingInvitation,
  mustReadInvitation,
} from './read-invitation.ts'
import { dropResetLinks } from './set-password.ts'
import { checkPassword, type SignInFrom } from './sign-in.ts'

const form = z.object({ name: nameOf('person', 120) })

/** Who joined, as she is there; `ofCustomer` when the partner's own person asked her, so that she brings her company aboard. */
export type Joined = { userId: string; slug: string; member: MemberActor; ofCustomer: boolean }

/**
 * Accepts an invitation of an address that has no account: makes the sign-in, with exactly that address, and the member. Of two
 * at the same time one joins. Throws `gone`, `conflict` when there is an account by now, `invalid` at `name` or `password`.
 */
export async function acceptAsNew(
  secret: string,
  fields: Fields,
  { from, ...reader }: { locale: string; timeZone: string | null; from?: From },
): Promise<Joined> {
  const invitation = await mustReadInvitation(secret)
  if (invitation.hasAccount) throw hasAccount()
  const { name } = parseForm(form, fields)
  const { email, workspace, partner } = invitation
  const context = [partner.name, workspace.name, name, email]
  const passwordHash = await hashNewPassword(fields.password ?? '', context)
  try {
    return await transaction(async tx => {
      await useUp(tx, secret, invitation)
      const userId = await createUser(tx, { name, email, passwordHash, ...reader })
      const actor: UserActor = { kind: 'user', userId, sessionId: '', name, email, ...(from && { from }) }
      return join(tx, actor, invitation)
    })
  } catch (error) {
    // Another invitation of hers was accepted at the same moment: now she has an account, and signs in.
    if (!(error instanceof GangwayError) && (await isKnown(email))) throw hasAccount()
    throw error
  }
}

/**
 * Accepts an invitation as somebody who is signed in. Throws `gone`, and `forbidden` when it was sent to another address than
 * hers: nobody joins with the wrong account.
 */
export async function acceptAsMyself(secret: string, actor: UserActor): Promise<Joined> {
  const invitation = await mustReadInvitation(secret)
  if (!isInvited(invitation, actor))
    throw new GangwayError('forbidden', 'invitation of another address', {
      said: { key: 'invitation.other_text' },
    })
  return transaction(async tx => {
    await useUp(tx, secret, invitation)
    return join(tx, actor, invitation)
  })
}

/** Proves whoever was invited by the password of her account, and gives the user's id. Nothing is used up. As `checkPassword`. */
export async function proveInvited(secret: string, fields: Fields, from: SignInFrom): Promise<string> {
  const { email } = await mustReadInvitation(secret)
  return checkPassword({ email, password: fields.password }, from)
}

/** Nobody else accepts it, or changes the people there, until this transaction ends. */
async function useUp(tx: Tx, secret: string, { workspace }: Invitation): Promise<void> {
  await holdPeople(tx, workspace.id)
  const used = await tx
    .update(invitations)
    .set({ acceptedAt: sql`now()` })
    .where(livingInvitation(secret))
    .returning({ workspaceId: invitations.workspaceId, email: invitations.email })
  const [invitation] = used
  if (!invitation) throw invitationGone()
  // One that was handed over by hand is not to be sent, or shown, after it.
  await endUnsentLinks(tx, invitation)
}

async function join(tx: Tx, actor: UserActor, invitation: Invitation): Promise<Joined> {
  const { id, role, workspace, partner, inviter } = invitation
  const { userId } = actor
  const place = { partnerId: partner.id, workspaceId: workspace.id }
  const { memberId, role: hers } = (await memberOf(tx, place.workspaceId, userId)) ?? {
    memberId: await addMember(tx, actor, { ...place, userId, role }),
    role,
  }
  // The owner of a partner that had her alone until now may have read such a link: it must not lead in here.
  await dropResetLinks(tx, userId)
  await tx.update(invitations).set({ acceptedBy: memberId }).where(eq(invitations.id, id))
  const subject = { kind: 'invitation', id }
  await record(tx, actor, { name: 'invitation.accepted', subject, data: { role }, ...place })
  const member = { ...actor, ...place, kind: 'member', memberId, role: hers } as const
  return { userId, slug: workspace.slug, member, ofCustomer: inviter === null && hers === 'owner' }
}

/** Whoever is a member already keeps the role that she has. */
async function memberOf(
  tx: Tx,
  workspaceId: string,
  userId: string,
): Promise<{ memberId: string; role: MemberRole } | undefined> {
  const [member] = await tx
    .select({ memberId: members.id, role: members.role })
    .from(members)
    .where(and(eq(members.workspaceId, workspaceId), eq(members.userId, userId), isNull(members.removedAt)))
  return member
}

async function isKnown(email: string): Promise<boolean> {
  return (await db().$count(users, eq(sql`lower(${users.email})`, email.toLowerCase()))) > 0
}

const hasAccount = () =>
  new GangwayError('conflict', 'invited address has an account', { said: { key: 'invitation.has_account' } })
