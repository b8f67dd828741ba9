import { and, eq, inArray, sql } from 'drizzle-orm'
import { now } from '#lib/clock.ts'
import { type Api, AtsError } from '#lib/connectors/api.ts'
import type { Connector, Finding, VerifyContext } from '#lib/connectors/contract.ts'
import { SealError } from '#lib/crypto/seal.ts'
import { db, transaction } from '#lib/db/client.ts'
import { checks } from '#lib/db/schema/index.ts'
import { GangwayError } from '#lib/errors.ts'
import { type DoctorEnding, metrics } from '#lib/metrics/registry.ts'
import { sendTask } from '#lib/queue/send.ts'
import { finishConnectionCheck, subjectOfConnection, unreadable } from './connection-subject.ts'
import { subjectOfLinkSession } from './link-session-subject.ts'
import { endsTheRun, notTried } from './verdict.ts'

export type CheckRow = typeof checks.$inferSelect

/** What a run asks about: an `Api` with the credential in it, and what the person told us. */
export type Subject = {
  connector: Connector
  api: Api
  context: Omit<VerifyContext, 'findings'>
  /** Waiting longer than this makes no sense: the candidate credential is gone by then. */
  until?: Date
  /** Of the connection whose credential is in the `Api`: what is found counts for that one only. */
  version?: number
}

const secondsBetweenTries = [3, 10, 30, 60, 120, 300] as const

/**
 * The task of the key doctor: asks what is still open, keeps each finding at once, and where the ATS wants us to wait or does
 * not answer, comes back by itself. Running it twice, or after a crash, goes on where it stopped and asks nothing again.
 */
export async function runCheck(checkId: string): Promise<void> {
  const check = await claim(checkId)
  if (!check) return
  const subject = await subjectOf(check)
  if (subject === 'gone') return end(check, 'cancelled')
  if (subject === 'unreadable') {
    count('unreadable')
    return unreadable(check)
  }
  const outcome = await ask(check, subject)
  if (!outcome) return
  if (outcome.waits) return waitFor(check, subject, outcome.waits)
  await finish(check, subject, outcome.findings)
}

async function claim(checkId: string): Promise<CheckRow | undefined> {
  const [row] = await db()
    .update(checks)
    .set({ state: 'running', attempts: sql`${checks.attempts} + 1`, waitReason: null, retryAt: null })
    .where(and(eq(checks.id, checkId), inArray(checks.state, ['queued', 'running', 'waiting'])))
    .returning()
  return row
}

async function subjectOf(check: CheckRow): Promise<Subject | 'gone' | 'unreadable'> {
  try {
    if (check.linkSessionId) return (await subjectOfLinkSession(check)) ?? 'gone'
    return (await subjectOfConnection(check)) ?? 'gone'
  } catch (error) {
    if (error instanceof SealError) return 'unreadable'
    // Deleted between reading the connection and its credential.
    if (error instanceof GangwayError && error.code === 'not_found') return 'gone'
    throw error
  }
}

type Outcome = { findings: Finding[]; waits?: AtsError }

/** Asks question by question; undefined when the run was cancelled meanwhile: the ATS gets no further request then. */
async function ask(check: CheckRow, subject: Subject): Promise<Outcome | undefined> {
  const findings = [...check.findings]
  for (const question of subject.connector.checks) {
    if (findings.some(finding => finding.check === question.id)) continue
    try {
      const finding = await question.run(subject.api, { ...subject.context, findings })
      findings.push(finding)
      const still = await db()
        .update(checks)
        .set({ findings })
        .where(and(eq(checks.id, check.id), eq(checks.state, 'running')))
        .returning({ id: checks.id })
      if (still.length === 0) return undefined
      if (endsTheRun(finding)) break
    } catch (error) {
      if (error instanceof AtsError) return { findings, waits: error }
      throw error
    }
  }
  return { findings: [...findings, ...notTried(subject.connector, findings)] }
}

/** Waits as the ATS told, or a little longer each time when it is down; gives up when the hour of the key is over. */
async function waitFor(check: CheckRow, subject: Subject, failure: AtsError): Promise<void> {
  const reason = failure.failure === 'rate_limited' ? 'rate_limited' : healthReasonOf(failure)
  const pause = secondsBetweenTries[Math.min(check.attempts, secondsBetweenTries.length) - 1] ?? 3
  const retryAt = failure.retryAt ?? new Date(now().getTime() + pause * 1000)
  if (subject.until && retryAt > subject.until) return end(check, 'cancelled')
  if (check.connectionId && reason !== 'rate_limited') {
    count('no_answer')
    return finishConnectionCheck(check, subject, { failure: reason, findings: check.findings })
  }
  count('waits')
  await transaction(async tx => {
    const still = await tx
      .update(checks)
      .set({ state: 'waiting', waitReason: reason, retryAt })
      .where(and(eq(checks.id, check.id), eq(checks.state, 'running')))
      .returning({ id: checks.id })
    // Another key was typed meanwhile: what was cancelled must not come back to life.
    if (still.length > 0)
      await sendTask(tx, 'check-credential', { checkId: check.id }, { startAfter: retryAt })
  })
}

/** Only what says nothing at all is an outage; a refusal in the middle of a run is odd, and the next run names it. */
function healthReasonOf({ failure }: AtsError) {
  if (failure === 'ats_unavailable' || failure === 'account_gone') return failure
  return 'unexpected_answer' as const
}

async function finish(check: CheckRow, subject: Subject, findings: Finding[]): Promise<void> {
  count(findings.every(({ state }) => state === 'passed') ? 'passed' : 'problem')
  if (check.connectionId) return finishConnectionCheck(check, subject, { findings })
  await db()
    .update(checks)
    .set({ state: 'finished', findings, finishedAt: sql`now()` })
    .where(and(eq(checks.id, check.id), eq(checks.state, 'running')))
}

async function end(check: CheckRow, state: 'cancelled'): Promise<void> {
  count(state)
  await db().update(checks).set({ state, finishedAt: sql`now()` }).where(eq(checks.id, check.id))
}

const count = (ending: DoctorEnding): void => metrics().doctor.inc({ ending })
