import { and, eq } from 'drizzle-orm'
import type { UserActor } from '#lib/actors.ts'
import { connections } from '#lib/db/schema/index.ts'
import type { StepId } from '#lib/link-sessions/steps.ts'
import { takeStep } from '#lib/link-sessions/take-step.ts'
import { sendTask } from '#lib/queue/send.ts'

/** Has the jobs of the walk's connection fetched once more: one is missing in the list, or the last fetch failed. */
export function fetchJobsAgain(user: UserActor, input: { sessionId: string }): Promise<StepId> {
  return takeStep(user, input.sessionId, 'job', {}, async (tx, walk) => {
    const { connection } = walk
    if (!connection || connection.jobsState === 'fetching') return {}
    await tx
      .update(connections)
      .set({ jobsState: 'fetching' })
      .where(and(eq(connections.id, connection.id), eq(connections.workspaceId, walk.actor.workspaceId)))
    await sendTask(tx, 'fetch-jobs', { connectionId: connection.id })
    return {}
  })
}
