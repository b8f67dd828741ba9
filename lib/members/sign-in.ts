import { and, eq, isNull, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { UserActor } from '#lib/actors.ts'
import { hashPassword, needsRehash, verifyPassword } from '#lib/crypto/password.ts'
import { db } from '#lib/db/client.ts'
import { identities, users } from '#lib/db/schema/index.ts'
import { invalid } from '#lib/errors.ts'
import { type Fields, parseForm } from '#lib/forms/parse.ts'
import { requiredLine } from '#lib/forms/text.ts'
import { countSignIn, forgetSignIns } from '#lib/limits/sign-in.ts'
import { noteRefusal } from './note-refusal.ts'

const form = z.object({ email: requiredLine(254), password: z.string().min(1, 'forms.empty') })

/** Where a try comes from: the peer's address, what the browser says of itself, and the user for whom it is a known one. */
export type SignInFrom = {
  address: string
  userAgent?: string
  knownUserId?: string | undefined
  /** Who is signed in there, and gives her password once more. */
  by?: Pick<UserActor, 'userId' | 'from'>
}

/**
 * Checks an e-mail address and a password, and gives the user's id. Throws `too_many` over the limits, and `invalid` with one
 * and the same sentence whether the address is unknown, the password wrong or the user switched off; each costs one hash.
 */
export async function checkPassword(fields: Fields, from: SignInFrom): Promise<string> {
  const { email } = parseForm(form, fields)
  const password = fields.password ?? ''
  const found = await findIdentity(email)
  const known = found && found.userId === from.knownUserId
  const attempt = { email, address: from.address, device: known ? found.userId : undefined }
  await countSignIn(attempt)
  const fits = await verifyPassword(password, found?.passwordHash ?? null)
  if (!found || !fits || !(await isStill(found))) {
    void noteRefusal(found?.userId, from)
    throw invalid({ password: { key: 'signIn.problems.wrong' } })
  }
  await forgetSignIns(attempt)
  if (needsRehash(found.passwordHash)) await rehash(found, password)
  return found.userId
}

async function findIdentity(email: string) {
  const [row] = await db()
    .select({
      userId: users.id,
      identityId: identities.id,
      passwordHash: identities.passwordHash,
      since: sql<string>`${identities.updatedAt}::text`,
    })
    .from(users)
    .innerJoin(identities, and(eq(identities.userId, users.id), eq(identities.kind, 'password')))
    .where(and(eq(sql`lower(${users.email})`, email.toLowerCase()), isNull(users.disabledAt)))
  return row
}

/** Hashing takes its time, in which she may have set another password: then the old one opens nothing any more. */
const isStill = async ({ identityId, since }: { identityId: string; since: string }): Promise<boolean> =>
  (await db().$count(
    identities,
    and(eq(identities.id, identityId), sql`${identities.updatedAt} = ${since}::timestamptz`),
  )) === 1

/** The same password at today's cost; not where another one was set meanwhile. */
async function rehash(old: { identityId: string; passwordHash: string }, password: string): Promise<void> {
  const passwordHash = await hashPassword(password)
  await db()
    .update(identities)
    .set({ passwordHash })
    .where(and(eq(identities.id, old.identityId), eq(identities.passwordHash, old.passwordHash)))
}
