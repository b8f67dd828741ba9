import { and, eq, gt, isNull, sql } from 'drizzle-orm'
import type { From } from '#lib/actors.ts'
import { recordForPerson } from '#lib/audit/record-for-person.ts'
import { hashToken, looksLikeToken } from '#lib/crypto/tokens.ts'
import { db, type Tx, transaction } from '#lib/db/client.ts'
import { oneTimeLinks } from '#lib/db/schema/index.ts'
import { GangwayError } from '#lib/errors.ts'
import type { Fields } from '#lib/forms/parse.ts'
import { forgetAccount } from '#lib/limits/sign-in.ts'
import { hashNewPassword } from './new-password.ts'
import { holdPerson, type Person, readPerson } from './person.ts'
import { endSessionsOf } from './sessions.ts'
import { setPassword } from './set-password.ts'

/** Whether a link for a new password works. Looking does not use it up. */
export const isResetLink = async (secret: string): Promise<boolean> => (await personOf(secret)) !== undefined

/**
 * Sets a new password by a link from a mail, and uses the link up, once: of two at the same time one gets `gone`. All sessions
 * of the person end, and nobody is signed in. Throws `invalid` with the problem at `password`; the link then still works.
 */
export async function resetPassword(secret: string, fields: Fields, from: From): Promise<void> {
  const person = await personOf(secret)
  if (!person) throw gone()
  const passwordHash = await hashNewPassword(fields.password ?? '', person.context)
  await transaction(tx => reset(tx, secret, person, passwordHash, from))
  await forgetAccount({ email: person.to.address, userId: person.userId })
}

async function reset(
  tx: Tx,
  secret: string,
  person: Person,
  passwordHash: string,
  from: From,
): Promise<void> {
  const { userId } = person
  await holdPerson(tx, userId)
  const used = await tx
    .update(oneTimeLinks)
    .set({ usedAt: sql`now()` })
    .where(living(secret))
    .returning({ id: oneTimeLinks.id })
  if (used.length === 0) throw gone()
  await setPassword(tx, person, passwordHash)
  const ended = await endSessionsOf(tx, userId)
  const doer = { kind: 'user' as const, userId, from }
  await recordForPerson(tx, doer, { name: 'account.password_reset', userId, data: { sessions: ended } })
}

async function personOf(secret: string): Promise<Person | undefined> {
  if (!looksLikeToken('gwr', secret)) return undefined
  const [link] = await db().select({ userId: oneTimeLinks.userId }).from(oneTimeLinks).where(living(secret))
  return link?.userId ? readPerson(db(), link.userId) : undefined
}

const living = (secret: string) =>
  and(
    eq(oneTimeLinks.secretHash, hashToken(secret)),
    eq(oneTimeLinks.purpose, 'password_reset'),
    isNull(oneTimeLinks.usedAt),
    gt(oneTimeLinks.expiresAt, sql`now()`),
  )

const gone = () =>
  new GangwayError('gone', 'link for a new password is not valid', { said: { key: 'passwordReset.gone' } })
