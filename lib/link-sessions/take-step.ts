import { eq, sql } from 'drizzle-orm'
import type { UserActor } from '#lib/actors.ts'
import { type Tx, transaction } from '#lib/db/client.ts'
import { linkSessions } from '#lib/db/schema/index.ts'
import { GangwayError, type Problems } from '#lib/errors.ts'
import { mustBeAllowed } from '#lib/members/roles.ts'
import type { Answers } from './answers.ts'
import { readWalk, type Walk } from './read.ts'
import { allowedStep, currentStep, type StepId, stepsOf } from './steps.ts'

type AnswerChanges = { [K in keyof Answers]?: Answers[K] | undefined }

export type Changes = {
  /** A key that is set to undefined is forgotten. */
  answers?: AnswerChanges
  connector?: Walk['progress']['connector']
  environment?: Walk['environment']
  /** Null lets go of an existing connection that was chosen. */
  connectionId?: string | null
  done?: boolean
  /** Set where the step made or shredded the candidate credential, which is a row of its own. */
  hasCandidate?: boolean
}

/**
 * One step of a walk, in one transaction with its row held: `work` decides what changes, and the session lives 24 hours more.
 * Gives where the person goes next. A step that is not hers to take now changes nothing: she is led to where she stands.
 * Throws `forbidden` for a role that may not connect. Problems that `work` throws (`invalid`) are kept with the values as typed, so that the screen shows them after the GET.
 */
export async function takeStep(
  user: UserActor,
  sessionId: string,
  step: StepId,
  typed: Record<string, string>,
  work: (tx: Tx, walk: Walk) => Promise<Changes>,
): Promise<StepId> {
  try {
    return await transaction(async tx => {
      const walk = await readWalk(user, sessionId, tx, true)
      // Her role may have changed since she started the walk.
      mustBeAllowed(walk.actor, 'connect')
      if (allowedStep(step, walk.progress) !== step) return currentStep(walk.progress)
      const changes = await work(tx, walk)
      const progress = after(walk, changes)
      const next = nextOf(step, progress)
      await write(tx, walk, changes, next)
      return next
    })
  } catch (error) {
    if (!(error instanceof GangwayError) || error.code !== 'invalid') throw error
    await keepShown(sessionId, step, typed, error.problems)
    return step
  }
}

function after(walk: Walk, changes: Changes): Walk['progress'] {
  const { progress } = walk
  return {
    ...progress,
    answers: merged(progress.answers, changes.answers),
    connector: changes.connector ?? progress.connector,
    hasCandidate: changes.hasCandidate ?? progress.hasCandidate,
    connectionId: changes.connectionId === undefined ? progress.connectionId : changes.connectionId,
    state: changes.done ? 'done' : progress.state,
  }
}

/** The next screen is the one after this, also when somebody came back to change an answer: what follows may hang on it. */
function nextOf(step: StepId, progress: Walk['progress']): StepId {
  const current = currentStep(progress)
  if (progress.answers.admin === 'other') return 'admin'
  return step === 'check' || step === 'job' ? current : allowedStep(following(step, progress), progress)
}

function following(step: StepId, progress: Walk['progress']): StepId {
  const steps = stepsOf(progress)
  return steps[steps.indexOf(step) + 1] ?? currentStep(progress)
}

async function write(tx: Tx, walk: Walk, changes: Changes, next: StepId): Promise<void> {
  await tx
    .update(linkSessions)
    .set({
      answers: merged(walk.progress.answers, changes.answers),
      ...(changes.connector ? { connector: changes.connector.manifest.id } : {}),
      ...(changes.environment ? { environment: changes.environment } : {}),
      ...(changes.connectionId === undefined ? {} : { connectionId: changes.connectionId }),
      ...(changes.done ? { state: 'done' as const, finishedAt: sql`now()` } : {}),
      shown: null,
      step: next,
      lastStepAt: sql`now()`,
      expiresAt: sql`now() + interval '24 hours'`,
    })
    .where(eq(linkSessions.id, walk.id))
}

async function keepShown(
  id: string,
  step: StepId,
  typed: Record<string, string>,
  problems: Problems,
): Promise<void> {
  // PostgreSQL keeps no NUL in JSON.
  const values = Object.fromEntries(
    Object.entries(typed).map(([name, text]) => [name, text.replaceAll('\0', '')]),
  )
  await transaction(tx =>
    tx.update(linkSessions).set({ shown: { step, values, problems } }).where(eq(linkSessions.id, id)),
  )
}

function merged(before: Answers, change: AnswerChanges | undefined): Answers {
  const all = { ...before, ...change }
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined))
}
