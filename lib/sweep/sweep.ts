import { and, eq, lt, lte, sql } from 'drizzle-orm'
import { db, transaction } from '#lib/db/client.ts'
import { formStates, linkSessions, processes, rateLimits } from '#lib/db/schema/index.ts'
import { shredCandidate, shredExpiredCandidates } from '#lib/link-sessions/candidate-credential.ts'

const aRun = 500

/** Every minute: shreds keys whose hour is over, ends walks that nobody went on with, forgets what a form had to show. */
export async function sweep(): Promise<void> {
  await shredExpiredCandidates()
  await endForgottenWalks()
  await db().delete(formStates).where(lte(formStates.expiresAt, sql`now()`))
  await db().delete(processes).where(lt(processes.seenAt, sql`now() - interval '1 day'`))
  await db().delete(rateLimits).where(lt(rateLimits.expire, sql`(extract(epoch from now()) * 1000)::bigint`))
}

async function endForgottenWalks(): Promise<void> {
  await transaction(async tx => {
    const forgotten = await tx
      .select({ id: linkSessions.id })
      .from(linkSessions)
      .where(and(eq(linkSessions.state, 'open'), lte(linkSessions.expiresAt, sql`now()`)))
      .limit(aRun)
      .for('update', { skipLocked: true })
    for (const { id } of forgotten) {
      await shredCandidate(tx, id)
      await tx
        .update(linkSessions)
        .set({ state: 'abandoned', shown: null, finishedAt: sql`now()` })
        .where(eq(linkSessions.id, id))
    }
  })
}
