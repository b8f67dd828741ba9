import { and, inArray, lte, sql } from 'drizzle-orm'
import { db, transaction } from '#lib/db/client.ts'
import { connections } from '#lib/db/schema/index.ts'
import { requestConnectionCheck } from './request.ts'

/** So many a run; the task runs every few minutes, so that a great many are spread rather than stormed. */
const aRun = 200

/**
 * Checks every connection once a day: those that are due, each by a task of its own. Next time is written by the check; until
 * then an hour is added, so that a check that never ends is asked for again.
 */
export async function requestDueChecks(): Promise<number> {
  const due = await db()
    .update(connections)
    .set({ nextCheckAt: sql`now() + interval '1 hour'` })
    .where(
      inArray(
        connections.id,
        db()
          .select({ id: connections.id })
          .from(connections)
          .where(
            and(
              inArray(connections.status, ['active', 'needs_reauth']),
              lte(connections.nextCheckAt, sql`now()`),
            ),
          )
          .orderBy(connections.nextCheckAt)
          .limit(aRun)
          .for('update', { skipLocked: true }),
      ),
    )
    .returning({ connectionId: connections.id, workspaceId: connections.workspaceId })
  for (const of of due) await transaction(tx => requestConnectionCheck(tx, of))
  return due.length
}
