import { and, eq, gte, sql } from 'drizzle-orm'
import type { PartnerActor } from '#lib/actors.ts'
import { record } from '#lib/audit/record.ts'
import { db, type Tx, transaction } from '#lib/db/client.ts'
import { invitations, mails, workspaces } from '#lib/db/schema/index.ts'
import { GangwayError, notFound } from '#lib/errors.ts'
import type { Fields } from '#lib/forms/parse.ts'
import { countInvitation } from '#lib/limits/invitations.ts'
import { endUnsentLinks } from '#lib/mail/sealed-link.ts'
import type { Reads } from '#lib/members/find-session.ts'
import { holdPeople } from '#lib/members/hold-people.ts'
import { renewInvitation } from '#lib/members/make-invitation.ts'
import { proveAgain } from '#lib/members/prove-again.ts'
import type { SignInFrom } from '#lib/members/sign-in.ts'
import { partnerMustBeAllowed } from '#lib/partners/roles.ts'
import { customersInvitation } from './own-invitation.ts'

type Input = { workspaceId: string; fields: Fields; from: SignInFrom }

/** A customer who was invited and has not accepted: the company, the address, and when. Throws `not_found`, `conflict`. */
export async function readInvitedCustomer(actor: PartnerActor, workspaceId: string, tx: Tx = db()) {
  partnerMustBeAllowed(actor, 'manage_customers')
  const found = await customersInvitation(tx, actor, workspaceId)
  if (!found) throw notFound('customer')
  if (!found.acceptedAt) return found
  throw new GangwayError('conflict', 'accepted', { said: { key: 'customers.problems.accepted' } })
}

/**
 * Sends a customer's invitation once more, also one whose 72 hours are over; the address in the mail before opens nothing any more.
 * Wants a fresh sign-in. Throws `not_found`, `forbidden`, `too_many`, `invalid` at `password`, `conflict` once it was accepted.
 */
export async function inviteCustomerAgain(
  actor: PartnerActor,
  { workspaceId, fields, from, reads }: Input & { reads: Reads },
): Promise<void> {
  const { email } = await readInvitedCustomer(actor, workspaceId)
  await proveAgain(actor, fields.password, from)
  await countInvitation(actor.partnerId, email)
  await transaction(async tx => {
    await holdPeople(tx, workspaceId)
    const { id } = await readInvitedCustomer(actor, workspaceId, tx)
    const inviter = { memberId: null, name: actor.name, reads }
    await renewInvitation(tx, actor, { id, workspaceId, email, role: 'owner', inviter })
  })
}

/**
 * Takes a customer's invitation back, and its workspace with it: nobody was ever in it, so nothing is. What happened stays on
 * record. Throws as `inviteCustomerAgain`.
 */
export async function withdrawCustomer(
  actor: PartnerActor,
  { workspaceId, fields, from }: Input,
): Promise<void> {
  await readInvitedCustomer(actor, workspaceId)
  await proveAgain(actor, fields.password, from)
  await transaction(async tx => {
    await holdPeople(tx, workspaceId)
    const { id, email } = await readInvitedCustomer(actor, workspaceId, tx)
    await endUnsentLinks(tx, { workspaceId, email })
    const subject = { kind: 'invitation', id }
    await record(tx, actor, { name: 'invitation.withdrawn', subject, workspaceId })
    await removeWorkspace(tx, actor, workspaceId)
  })
}

/** Rows of a person who was in it would hinder the last line: so it can take nothing away that anybody made. */
async function removeWorkspace(tx: Tx, actor: PartnerActor, workspaceId: string): Promise<void> {
  const own = eq(workspaces.id, workspaceId)
  const [row] = await tx.select({ createdAt: workspaces.createdAt }).from(workspaces).where(own)
  if (!row) throw notFound('customer')
  await record(tx, actor, {
    name: 'workspace.removed',
    subject: { kind: 'workspace', id: workspaceId },
    workspaceId,
  })
  await tx.delete(invitations).where(eq(invitations.workspaceId, workspaceId))
  await tx
    .update(mails)
    .set({ workspaceId: sql`null` })
    .where(
      and(
        eq(mails.partnerId, actor.partnerId),
        gte(mails.createdAt, row.createdAt),
        eq(mails.workspaceId, workspaceId),
      ),
    )
  await tx.delete(workspaces).where(own)
}
