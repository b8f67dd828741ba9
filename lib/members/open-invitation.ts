import { and, eq, isNull, sql } from 'drizzle-orm'
import type { MemberActor, MemberRole } from '#lib/actors.ts'
import { record } from '#lib/audit/record.ts'
import { db, type Tx, transaction } from '#lib/db/client.ts'
import { invitations } from '#lib/db/schema/index.ts'
import { GangwayError, notFound } from '#lib/errors.ts'
import type { Fields } from '#lib/forms/parse.ts'
import { isId } from '#lib/ids.ts'
import { countInvitation } from '#lib/limits/invitations.ts'
import { endUnsentLinks } from '#lib/mail/sealed-link.ts'
import type { Reads } from './find-session.ts'
import { holdPeopleOf } from './hold-people.ts'
import { renewInvitation } from './make-invitation.ts'
import { mayManage, mustManage } from './may-manage.ts'
import { proveAgain } from './prove-again.ts'
import { mustBeAllowed } from './roles.ts'
import type { SignInFrom } from './sign-in.ts'

type Input = { invitationId: string; fields: Fields; from: SignInFrom }

/**
 * Takes an invitation back: its address opens nothing any more. Twice is once. Wants a fresh sign-in. Throws `not_found`,
 * `forbidden`, `invalid` at `password`, and `conflict` for one that was accepted meanwhile.
 */
export async function withdrawInvitation(actor: MemberActor, input: Input): Promise<void> {
  await mustReach(actor, input)
  await proveAgain(actor, input.fields.password, input.from)
  await transaction(async tx => {
    const me = await holdPeopleOf(tx, actor)
    const found = await heldInvitation(tx, me, input.invitationId)
    if (!found.withdrawnAt) await withdraw(tx, me, [found.id])
  })
}

/** Sends an invitation once more, with a new secret; the one before opens nothing from then on. As `withdrawInvitation`. */
export async function sendInvitationAgain(
  actor: MemberActor,
  input: Input & { reads: Reads },
): Promise<void> {
  const { email } = await mustReach(actor, input)
  await proveAgain(actor, input.fields.password, input.from)
  await countInvitation(actor.workspaceId, email)
  await transaction(async tx => {
    const me = await holdPeopleOf(tx, actor)
    const found = await heldInvitation(tx, me, input.invitationId)
    if (found.withdrawnAt) throw over('people.problems.withdrawn')
    const inviter = { memberId: me.memberId, name: me.name, reads: input.reads }
    const { id, role } = found
    await renewInvitation(tx, me, { id, workspaceId: me.workspaceId, email, role, inviter })
  })
}

/**
 * Takes back the open invitations that a member sent and could not send now: of somebody who has left all of them, else those
 * to roles that are no longer hers to give. The people are held.
 */
export async function withdrawBeyond(
  tx: Tx,
  actor: MemberActor,
  memberId: string,
  role: MemberRole | undefined,
): Promise<void> {
  const sent = await tx
    .select({ id: invitations.id, role: invitations.role })
    .from(invitations)
    .where(
      and(
        eq(invitations.workspaceId, actor.workspaceId),
        eq(invitations.invitedBy, memberId),
        isNull(invitations.acceptedAt),
        isNull(invitations.withdrawnAt),
      ),
    )
  const beyond = sent.filter(each => !role || !mayManage(role, each.role))
  await withdraw(
    tx,
    actor,
    beyond.map(({ id }) => id),
  )
}

async function withdraw(tx: Tx, actor: MemberActor, ids: readonly string[]): Promise<void> {
  for (const id of ids) {
    const { workspaceId } = actor
    const [gone] = await tx
      .update(invitations)
      .set({ withdrawnAt: sql`now()` })
      .where(and(eq(invitations.id, id), eq(invitations.workspaceId, workspaceId)))
      .returning({ email: invitations.email })
    if (gone) await endUnsentLinks(tx, { workspaceId, ...gone })
    await record(tx, actor, { name: 'invitation.withdrawn', subject: { kind: 'invitation', id } })
  }
}

/** Before the password is asked: whether there is such an invitation, and whether it is hers to change. */
async function mustReach(actor: MemberActor, { invitationId }: Input) {
  mustBeAllowed(actor, 'manage_people')
  return heldInvitation(db(), actor, invitationId)
}

async function heldInvitation(tx: Tx, actor: MemberActor, id: string) {
  const [found] = isId(id)
    ? await tx
        .select()
        .from(invitations)
        .where(and(eq(invitations.id, id), eq(invitations.workspaceId, actor.workspaceId)))
    : []
  if (!found) throw notFound('invitation')
  mustManage(actor, found.role)
  if (found.acceptedAt) throw over('people.problems.accepted')
  return found
}

const over = (key: string) => new GangwayError('conflict', 'invitation is not open', { said: { key } })
