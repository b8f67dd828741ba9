import { and, eq, isNull, sql } from 'drizzle-orm'
import type { UserActor } from '#lib/actors.ts'
import { db } from '#lib/db/client.ts'
import { sessions } from '#lib/db/schema/index.ts'
import { GangwayError, invalid } from '#lib/errors.ts'
import { isProven } from './recent-proof.ts'
import { checkPassword, type SignInFrom } from './sign-in.ts'

type Who = Pick<UserActor, 'sessionId' | 'userId' | 'email' | 'from'>

/**
 * Lets somebody go on with what cannot be taken back, where the password stands on the form itself: at once when hers was given
 * in the last 15 minutes, else by the password, which counts as a try to sign in and makes the session fresh.
 * Throws `invalid` with the problem at `password`, `too_many` over the limits.
 */
export async function proveAgain(who: Who, password: string | undefined, from: SignInFrom): Promise<void> {
  if (await isProven(who)) return
  if (!password) throw invalid({ password: { key: 'prove.needed' } })
  const userId = await checkPassword({ email: who.email, password }, { ...from, by: who }).catch(inItsWords)
  if (userId !== who.userId) throw invalid({ password: { key: 'prove.wrong' } })
  await db()
    .update(sessions)
    .set({ provenAt: sql`now()` })
    .where(and(eq(sessions.id, who.sessionId), eq(sessions.userId, userId), isNull(sessions.endedAt)))
}

/** The sign-in's words speak of an address too, which nobody typed here. */
function inItsWords(error: unknown): never {
  const refused = error instanceof GangwayError && error.code === 'invalid'
  throw refused ? invalid({ password: { key: 'prove.wrong' } }) : error
}
