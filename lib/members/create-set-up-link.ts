import { and, eq, isNull, sql } from 'drizzle-orm'
import { hashToken, newToken } from '#lib/crypto/tokens.ts'
import { transaction } from '#lib/db/client.ts'
import { oneTimeLinks } from '#lib/db/schema/index.ts'
import { env } from '#lib/env.ts'
import { newId } from '#lib/ids.ts'
import { hasOwner, holdSetUp } from './set-up.ts'

/**
 * Makes the one-time address at which the first owner sets everything up; it works for 24 hours, and an earlier one no more.
 * Only its hash is kept.
 *
 * @returns nothing when there is an owner already
 */
export async function createSetUpLink(): Promise<string | undefined> {
  const secret = newToken('gws')
  const made = await transaction(async tx => {
    await holdSetUp(tx)
    if (await hasOwner(tx)) return false
    await tx.delete(oneTimeLinks).where(and(eq(oneTimeLinks.purpose, 'set_up'), isNull(oneTimeLinks.usedAt)))
    await tx.insert(oneTimeLinks).values({
      id: newId(),
      purpose: 'set_up',
      secretHash: hashToken(secret),
      expiresAt: sql`now() + interval '24 hours'`,
    })
    return true
  })
  return made ? `${env().APP_URL.replace(/\/$/, '')}/set-up/${secret}` : undefined
}
