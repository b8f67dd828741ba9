import { and, eq, isNull, sql } from 'drizzle-orm'
import { hashToken } from '#lib/crypto/tokens.ts'
import { db } from '#lib/db/client.ts'
import { sessions } from '#lib/db/schema/index.ts'
import type { SessionToken } from './find-session.ts'

/** Ends one session, at once and for every process. Ending it twice changes nothing. */
export async function endSession(token: SessionToken): Promise<void> {
  await db()
    .update(sessions)
    .set({ endedAt: sql`now()` })
    .where(and(eq(sessions.secretHash, hashToken(token.secret)), isNull(sessions.endedAt)))
}
