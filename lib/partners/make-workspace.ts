import { z } from 'zod'
import type { PartnerActor } from '#lib/actors.ts'
import { transaction } from '#lib/db/client.ts'
import { type Fields, parseForm } from '#lib/forms/parse.ts'
import { nameOf } from '#lib/forms/text.ts'
import { proveAgain } from '#lib/members/prove-again.ts'
import type { SignInFrom } from '#lib/members/sign-in.ts'
import { createWorkspace } from './create-workspace.ts'
import { partnerMustBeAllowed } from './roles.ts'

const form = z.object({ name: nameOf('company', 80) })

/**
 * Makes a workspace for one more customer, whose owner is whoever makes it. Gives its slug. Wants a fresh sign-in: throws
 * `invalid` with the problem at `name` or `password`, `too_many`, `forbidden`.
 */
export async function makeWorkspace(actor: PartnerActor, fields: Fields, from: SignInFrom): Promise<string> {
  partnerMustBeAllowed(actor, 'manage_customers')
  const { name } = parseForm(form, fields)
  await proveAgain(actor, fields.password, from)
  const { partnerId, userId: ownerId } = actor
  const made = await transaction(tx => createWorkspace(tx, actor, { partnerId, name, ownerId }))
  return made.slug
}
