import { and, eq, isNull, sql } from 'drizzle-orm'
import type { MemberActor, UserActor } from '#lib/actors.ts'
import { record } from '#lib/audit/record.ts'
import type { Tx } from '#lib/db/client.ts'
import { connections, jobs, positionLinks, positions } from '#lib/db/schema/index.ts'
import { GangwayError, invalid } from '#lib/errors.ts'
import { isId, newId } from '#lib/ids.ts'
import type { StepId } from '#lib/link-sessions/steps.ts'
import { takeStep } from '#lib/link-sessions/take-step.ts'
import { mustBeAllowed } from '#lib/members/roles.ts'

/**
 * The last step of the wizard: ties the position to the job that was chosen. A link that is there already ends, in the same
 * transaction ("change job" is this as well); the same job again changes nothing.
 * Problems: `job` when nothing was chosen, or when it is not one of this connection's.
 */
export function linkJob(user: UserActor, input: { sessionId: string; jobId: string }): Promise<StepId> {
  return takeStep(user, input.sessionId, 'job', { job: input.jobId }, async (tx, walk) => {
    const { position, progress, actor } = walk
    mustBeAllowed(actor, 'link')
    if (!position || !progress.connectionId) throw invalid({ job: { key: 'wizard.job.choose' } })
    await link(tx, actor, {
      positionId: position.id,
      connectionId: progress.connectionId,
      jobId: input.jobId,
    })
    await record(tx, actor, {
      name: 'link_session.done',
      subject: { kind: 'link_session', id: walk.id },
      data: { connectionId: progress.connectionId },
    })
    return { done: true }
  })
}

async function link(
  tx: Tx,
  actor: MemberActor,
  to: { positionId: string; connectionId: string; jobId: string },
): Promise<void> {
  const { workspaceId } = actor
  await lockPosition(tx, workspaceId, to.positionId)
  if (!(await jobIsThere(tx, workspaceId, to))) throw invalid({ job: { key: 'wizard.job.choose' } })
  const [before] = await tx
    .select({ id: positionLinks.id, jobId: positionLinks.jobId })
    .from(positionLinks)
    .where(and(eq(positionLinks.positionId, to.positionId), isNull(positionLinks.endedAt)))
  if (before?.jobId === to.jobId) return
  if (before) await endLink(tx, actor, before.id)
  const id = newId()
  await tx.insert(positionLinks).values({ id, workspaceId, ...to, createdBy: actor.memberId })
  await record(tx, actor, {
    name: 'position.linked',
    subject: { kind: 'position', id: to.positionId },
    data: { ...to },
  })
}

async function lockPosition(tx: Tx, workspaceId: string, positionId: string): Promise<void> {
  const [position] = await tx
    .select({ state: positions.state })
    .from(positions)
    .where(and(eq(positions.id, positionId), eq(positions.workspaceId, workspaceId)))
    .for('update')
  if (position?.state !== 'open') {
    throw new GangwayError('conflict', 'position is closed', { said: { key: 'wizard.position_closed' } })
  }
}

async function jobIsThere(
  tx: Tx,
  workspaceId: string,
  to: { connectionId: string; jobId: string },
): Promise<boolean> {
  if (!isId(to.jobId)) return false
  const [row] = await tx
    .select({ id: jobs.id })
    .from(jobs)
    .innerJoin(connections, and(eq(connections.id, jobs.connectionId), eq(connections.status, 'active')))
    .where(
      and(
        eq(jobs.id, to.jobId),
        eq(jobs.workspaceId, workspaceId),
        eq(jobs.connectionId, to.connectionId),
        isNull(jobs.goneAt),
      ),
    )
    // Nobody switches the connection off, or deletes it, before the link is written.
    .for('share', { of: connections })
  return Boolean(row)
}

/** Ends a living link; its row stays, as part of what happened. */
export async function endLink(tx: Tx, actor: MemberActor, id: string): Promise<void> {
  await tx
    .update(positionLinks)
    .set({ endedAt: sql`now()`, endedBy: actor.memberId })
    .where(
      and(
        eq(positionLinks.id, id),
        eq(positionLinks.workspaceId, actor.workspaceId),
        isNull(positionLinks.endedAt),
      ),
    )
}
