import { and, gt, isNull, type SQL, sql } from 'drizzle-orm'
import { sessions } from '#lib/db/schema/index.ts'

const idleHours = 12

/** Which sessions live: not ended, used in the last 12 hours, younger than 7 days. */
export const livingSessions = (): SQL | undefined =>
  and(
    isNull(sessions.endedAt),
    gt(sessions.expiresAt, sql`now()`),
    gt(sessions.lastUsedAt, sql`now() - make_interval(hours => ${idleHours})`),
  )
