import { and, eq, gt, isNull, sql } from 'drizzle-orm'
import type { MemberActor } from '#lib/actors.ts'
import { db } from '#lib/db/client.ts'
import { sessions } from '#lib/db/schema/index.ts'
import { GangwayError, invalid } from '#lib/errors.ts'
import { checkPassword, type SignInFrom } from './sign-in.ts'

/** What cannot be taken back wants a password that was given at most so long ago (`security.md` 8.3). */
const freshMinutes = 15

type Who = Pick<MemberActor, 'sessionId' | 'userId' | 'email'>

/** Whether her password was given in this session at most 15 minutes ago, by the database's clock. */
export async function isFresh({ sessionId, userId }: Who): Promise<boolean> {
  const [row] = await db()
    .select({ id: sessions.id })
    .from(sessions)
    .where(
      and(
        eq(sessions.id, sessionId),
        eq(sessions.userId, userId),
        isNull(sessions.endedAt),
        gt(sessions.provenAt, sql`now() - make_interval(mins => ${freshMinutes})`),
      ),
    )
  return Boolean(row)
}

/**
 * Lets somebody go on with what wants a fresh sign-in: at once when hers is, else by her password, which is counted as a try to
 * sign in and makes the session fresh. Throws `invalid` with the problem at `password`, `too_many` over the limits.
 */
export async function proveAgain(who: Who, password: string | undefined, from: SignInFrom): Promise<void> {
  if (await isFresh(who)) return
  if (!password) throw invalid({ password: { key: 'prove.needed' } })
  const userId = await checkPassword({ email: who.email, password }, from).catch(inItsWords)
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
