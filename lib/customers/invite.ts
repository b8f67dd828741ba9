import { and, eq, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { PartnerActor } from '#lib/actors.ts'
import { type Tx, transaction } from '#lib/db/client.ts'
import { workspaces } from '#lib/db/schema/index.ts'
import { invalid } from '#lib/errors.ts'
import { type Fields, parseForm } from '#lib/forms/parse.ts'
import { emailAddress, nameOf } from '#lib/forms/text.ts'
import { countInvitation } from '#lib/limits/invitations.ts'
import type { Reads } from '#lib/members/find-session.ts'
import { makeInvitation } from '#lib/members/make-invitation.ts'
import { proveAgain } from '#lib/members/prove-again.ts'
import type { SignInFrom } from '#lib/members/sign-in.ts'
import { createEmptyWorkspace } from '#lib/partners/create-workspace.ts'
import { holdPartner } from '#lib/partners/hold-partner.ts'
import { partnerMustBeAllowed } from '#lib/partners/roles.ts'
import { customersInvitation } from './own-invitation.ts'

const form = z.object({ company: nameOf('company', 80), email: emailAddress })

/**
 * Invites a customer: a workspace that nobody owns until whoever is invited at `email` accepts, for 72 hours. Wants a fresh sign-in.
 * Throws `forbidden`, `too_many`, and `invalid` with the problems at `company`, `email` and `password`; of a company that is a
 * customer or invited already, too.
 */
export async function inviteCustomer(
  actor: PartnerActor,
  { fields, from, reads }: { fields: Fields; from: SignInFrom; reads: Reads },
): Promise<void> {
  partnerMustBeAllowed(actor, 'manage_customers')
  const { company: name, email } = parseForm(form, fields)
  await proveAgain(actor, fields.password, from)
  const { partnerId } = actor
  await countInvitation(partnerId, email)
  await transaction(async tx => {
    await holdPartner(tx, partnerId)
    await mustBeNew(tx, actor, { name, email })
    const { workspaceId } = await createEmptyWorkspace(tx, actor, { partnerId, name })
    const inviter = { memberId: null, name: actor.name, reads }
    await makeInvitation(tx, actor, { workspaceId, email, role: 'owner', inviter })
  })
}

/** Says of a company that is there already what is the way on: its invitation, or a name that tells the two apart. */
async function mustBeNew(tx: Tx, actor: PartnerActor, wish: { name: string; email: string }): Promise<void> {
  const [same] = await tx
    .select({ id: workspaces.id })
    .from(workspaces)
    .where(
      and(eq(workspaces.partnerId, actor.partnerId), sql`lower(${workspaces.name}) = lower(${wish.name})`),
    )
    .limit(1)
  if (!same) return
  const asked = await customersInvitation(tx, actor, same.id)
  if (!asked || asked.acceptedAt) throw invalid({ company: { key: 'customers.problems.there' } })
  const again = asked.email.toLowerCase() === wish.email.toLowerCase()
  throw invalid(
    again
      ? { email: { key: 'customers.problems.invited' } }
      : { company: { key: 'customers.problems.invited_elsewhere' } },
  )
}
