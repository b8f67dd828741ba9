import { and, eq, isNull, sql } from 'drizzle-orm'
import { recordForPerson } from '#lib/audit/record-for-person.ts'
import { hashToken } from '#lib/crypto/tokens.ts'
import { transaction } from '#lib/db/client.ts'
import { sessions } from '#lib/db/schema/index.ts'
import type { SessionToken } from './find-session.ts'

/** Ends one session, at once and for every process. Ending it twice changes nothing. */
export async function endSession(token: SessionToken): Promise<void> {
  await transaction(async tx => {
    const [ended] = await tx
      .update(sessions)
      .set({ endedAt: sql`now()` })
      .where(and(eq(sessions.secretHash, hashToken(token.secret)), isNull(sessions.endedAt)))
      .returning({
        id: sessions.id,
        userId: sessions.userId,
        address: sessions.address,
        userAgent: sessions.userAgent,
      })
    if (!ended) return
    const { id, userId, ...from } = ended
    await recordForPerson(
      tx,
      { kind: 'user', userId, from },
      { name: 'session.ended', userId, sessionId: id },
    )
  })
}
