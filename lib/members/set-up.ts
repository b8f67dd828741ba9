import { and, eq, gt, isNull, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { From, UserActor } from '#lib/actors.ts'
import { record } from '#lib/audit/record.ts'
import { hashToken, looksLikeToken } from '#lib/crypto/tokens.ts'
import { db, type Tx, transaction } from '#lib/db/client.ts'
import { oneTimeLinks, partnerMembers } from '#lib/db/schema/index.ts'
import { GangwayError } from '#lib/errors.ts'
import { type Fields, parseForm } from '#lib/forms/parse.ts'
import { emailAddress, nameOf } from '#lib/forms/text.ts'
import { createPartner } from '#lib/partners/create-partner.ts'
import { createWorkspace } from '#lib/partners/create-workspace.ts'
import { addSamples } from '#lib/positions/add-samples.ts'
import { createUser } from './create-user.ts'
import { hashNewPassword } from './new-password.ts'

const form = z.object({
  partner: nameOf('company', 80),
  workspace: nameOf('company', 80),
  name: nameOf('person', 120),
  email: emailAddress,
  samples: z.string(),
})

/** Whether somebody owns this Gangway: then nobody can set it up again. */
export async function hasOwner(tx: Tx = db()): Promise<boolean> {
  const owners = await tx
    .select({ id: partnerMembers.id })
    .from(partnerMembers)
    .where(eq(partnerMembers.role, 'owner'))
    .limit(1)
  return owners.length > 0
}

/** Whether a set-up address works. Looking does not use it up. */
export async function isSetUpLink(secret: string): Promise<boolean> {
  if (!looksLikeToken('gws', secret)) return false
  const found = await db().select({ id: oneTimeLinks.id }).from(oneTimeLinks).where(living(secret))
  return found.length > 0 && !(await hasOwner())
}

/**
 * Makes the partner, its first workspace, and the person who owns both; sample positions if she ticked them. Uses the address
 * up, once: of two at the same time one gets `gone`. Throws `invalid` with the problems at their fields.
 */
export async function setUp(
  secret: string,
  fields: Fields,
  { from, ...reader }: { locale: string; timeZone: string | null; from?: From },
): Promise<{ userId: string; slug: string }> {
  const input = parseForm(form, fields)
  if (!(await isSetUpLink(secret))) throw gone()
  const { partner, workspace, name, email } = input
  const passwordHash = await hashNewPassword(fields.password ?? '', [partner, workspace, name, email])
  return transaction(async tx => {
    await useUp(tx, secret)
    const userId = await createUser(tx, { name, email, passwordHash, ...reader })
    const actor: UserActor = { kind: 'user', userId, sessionId: '', name, email, ...(from && { from }) }
    const partnerId = await createPartner(tx, actor, { name: partner, ownerId: userId })
    const made = await createWorkspace(tx, actor, { partnerId, name: workspace, ownerId: userId })
    if (input.samples) await addSamples(tx, { ...made, owners: [made.memberId] })
    await record(tx, actor, {
      name: 'partner.set_up',
      subject: { kind: 'partner', id: partnerId },
      partnerId,
    })
    return { userId, slug: made.slug }
  })
}

const gone = () => new GangwayError('gone', 'set-up address is not valid', { said: { key: 'setUp.gone' } })

const living = (secret: string) =>
  and(
    eq(oneTimeLinks.secretHash, hashToken(secret)),
    eq(oneTimeLinks.purpose, 'set_up'),
    isNull(oneTimeLinks.usedAt),
    gt(oneTimeLinks.expiresAt, sql`now()`),
  )

/** Nobody else makes an owner, or an address at which one is made, until this transaction ends. */
export async function holdSetUp(tx: Tx): Promise<void> {
  await tx.execute(sql`lock table ${partnerMembers} in share row exclusive mode`)
}

/** The second of two at the same time sees the address used, or, with another address, the owner. */
async function useUp(tx: Tx, secret: string): Promise<void> {
  await holdSetUp(tx)
  const used = await tx
    .update(oneTimeLinks)
    .set({ usedAt: sql`now()` })
    .where(living(secret))
    .returning({ id: oneTimeLinks.id })
  if (used.length === 0 || (await hasOwner(tx))) throw gone()
}
