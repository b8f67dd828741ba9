import { and, eq, gt, isNull, sql } from 'drizzle-orm'
import type { UserActor } from '#lib/actors.ts'
import { db } from '#lib/db/client.ts'
import { sessions } from '#lib/db/schema/index.ts'
import { GangwayError } from '#lib/errors.ts'

/** Minutes for which a password counts for what is dangerous (`security.md` section 8, point 3). */
const freshMinutes = 15

/** Whether a person has given her password in the last 15 minutes, in a session that has not ended since the edge found it. */
export async function isProven(actor: Pick<UserActor, 'sessionId'>): Promise<boolean> {
  const young = and(
    isNull(sessions.endedAt),
    gt(sessions.provenAt, sql`now() - make_interval(mins => ${freshMinutes})`),
  )
  return (await db().$count(sessions, and(eq(sessions.id, actor.sessionId), young))) > 0
}

/** Throws `unauthenticated` when it is longer ago: she signs in once more, in the session that comes of it she may. */
export async function mustBeProven(actor: Pick<UserActor, 'sessionId'>): Promise<void> {
  if (await isProven(actor)) return
  throw new GangwayError('unauthenticated', 'password given too long ago', { said: { key: 'signIn.again' } })
}
