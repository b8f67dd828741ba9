import { and, eq, lt, lte, sql } from 'drizzle-orm'
import { record } from '#lib/audit/record.ts'
import { db, transaction } from '#lib/db/client.ts'
import { formStates, linkSessions, processes, rateLimits, workspaces } from '#lib/db/schema/index.ts'
import { shredCandidate, shredExpiredCandidates } from '#lib/link-sessions/candidate-credential.ts'
import { shredEndedLinks } from '#lib/mail/sealed-link.ts'
import { forgetOldFlows } from '#lib/oauth/flows.ts'
import { resumeRevocations } from '#lib/oauth/revocations.ts'

const aRun = 500
const sweeper = { kind: 'system', task: 'sweep' } as const

/** Every minute: shreds keys whose hour is over and addresses in mails that have ended, ends walks that nobody went on with, forgets what a form had to show, takes up revocations whose task was lost. */
export async function sweep(): Promise<void> {
  await shredExpiredCandidates()
  await shredEndedLinks()
  await endForgottenWalks()
  await forgetOldFlows()
  await resumeRevocations()
  await db().delete(formStates).where(lte(formStates.expiresAt, sql`now()`))
  await db().delete(processes).where(lt(processes.seenAt, sql`now() - interval '1 day'`))
  await db().delete(rateLimits).where(lt(rateLimits.expire, sql`(extract(epoch from now()) * 1000)::bigint`))
}

async function endForgottenWalks(): Promise<void> {
  await transaction(async tx => {
    const forgotten = await tx
      .select({ id: linkSessions.id, workspaceId: workspaces.id, partnerId: workspaces.partnerId })
      .from(linkSessions)
      .innerJoin(workspaces, eq(workspaces.id, linkSessions.workspaceId))
      .where(and(eq(linkSessions.state, 'open'), lte(linkSessions.expiresAt, sql`now()`)))
      .limit(aRun)
      .for('update', { of: linkSessions, skipLocked: true })
    for (const { id, ...where } of forgotten) {
      await shredCandidate(tx, id)
      await tx
        .update(linkSessions)
        .set({ state: 'abandoned', shown: null, finishedAt: sql`now()` })
        .where(eq(linkSessions.id, id))
      const subject = { kind: 'link_session', id }
      await record(tx, sweeper, { name: 'link_session.abandoned', subject, ...where })
    }
  })
}
