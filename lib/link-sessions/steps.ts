import type { Connector } from '#lib/connectors/contract.ts'
import type { Answers } from './answers.ts'

/** The wizard's screens, each with an address of its own below `/link/<session>/`. */
export type StepId =
  | 'ats'
  | 'how'
  | 'admin'
  | 'permissions'
  | 'enter'
  | `enter/${string}`
  | 'sign-in'
  | 'account'
  | 'check'
  | 'job'
  | 'numbers'
  | 'done'

/** The four legs of the deck that a person sees. */
export type Leg = 'choose' | 'allow' | 'connect' | 'match'

/** All that decides where somebody stands. Everything here comes from rows: the wizard has no other memory. */
export type Progress = {
  hasPosition: boolean
  connector: Connector | undefined
  answers: Answers
  hasCandidate: boolean
  connectionId: string | null
  state: 'open' | 'done' | 'abandoned'
}

/** The screens for the fields of a key: a field that names a screen stands folded away on that one. */
export function fieldScreens(connector: Connector | undefined): StepId[] {
  const fields = connector?.manifest.fields ?? []
  return fields.filter(field => !field.screen).map(field => `enter/${field.id}` as const)
}

/** The way from the first screen to the last, given what was chosen so far. Without a position the fields are one form. */
export function stepsOf(progress: Progress): StepId[] {
  const { hasPosition, answers } = progress
  if (hasPosition && answers.useConnectionId) return ['ats', 'job', 'done']
  const connect: StepId[] = ['how', 'admin', 'permissions', ...proofOf(progress)]
  if (hasPosition) return ['ats', ...connect, 'job', 'done']
  return endsWithCheck(progress) ? [...connect, 'done'] : [...connect, 'numbers', 'done']
}

/** The screens on which the ATS is entered. Of an account that was chosen the doctor has something to say; before, there is nothing. */
function proofOf({ hasPosition, connector, answers }: Progress): StepId[] {
  if (answers.way === 'oauth') return ['sign-in', 'account', ...(answers.accountId ? ['check' as const] : [])]
  return [...(hasPosition ? fieldScreens(connector) : ['enter' as const]), 'check']
}

/** A new key for a connection that is there: nothing is left to ask once it has it. */
export const endsWithCheck = ({ hasPosition, answers }: Progress): boolean =>
  !hasPosition && Boolean(answers.mendConnectionId)

/** Has this screen got what it asks for? */
export function isSettled(step: StepId, progress: Progress): boolean {
  const { answers, connector, connectionId, hasCandidate, state } = progress
  if (step === 'ats') return Boolean(connector)
  if (step === 'how') return Boolean(answers.way)
  if (step === 'admin') return answers.admin === 'me'
  if (step === 'permissions') return Boolean(answers.permissions)
  if (step === 'account') return Boolean(answers.accountId) || Boolean(connectionId)
  if (step === 'enter' || step === 'sign-in') return hasCandidate || Boolean(connectionId)
  if (step === 'check') return Boolean(connectionId)
  if (step === 'job' || step === 'numbers' || step === 'done') return state === 'done'
  const field = connector?.manifest.fields.find(each => `enter/${each.id}` === step)
  if (field?.kind === 'secret') return hasCandidate || Boolean(connectionId)
  return Boolean(field && answers.fields?.[field.id] !== undefined)
}

/** The first screen that still wants something: where a resumed session goes on. */
export function currentStep(progress: Progress): StepId {
  if (progress.state === 'done') return 'done'
  const steps = stepsOf(progress)
  const open = steps.find(step => !isSettled(step, progress)) ?? 'done'
  if (!progress.connectionId) return open
  if (progress.hasPosition) return 'job'
  return endsWithCheck(progress) ? 'done' : 'numbers'
}

/**
 * Where a request for `wanted` should be answered: `wanted` itself when it may be shown, else where the person stands.
 * Back is always safe; once there is a connection, the screens before it have nothing left to say.
 */
export function allowedStep(wanted: StepId, progress: Progress): StepId {
  const current = currentStep(progress)
  const steps = stepsOf(progress)
  const index = steps.indexOf(wanted)
  if (index < 0 || index > steps.indexOf(current)) return current
  if (progress.state === 'done') return 'done'
  const mayPickAgain = wanted === 'ats' && Boolean(progress.answers.useConnectionId)
  if (progress.connectionId && !mayPickAgain && wanted !== 'job' && wanted !== 'done') return current
  return wanted
}

/** The screen before, for Back. Undefined on the first one. */
export function stepBefore(step: StepId, progress: Progress): StepId | undefined {
  const steps = stepsOf(progress)
  const before = steps[steps.indexOf(step) - 1]
  return before && allowedStep(before, progress) === before ? before : undefined
}

/** The leg of the deck on which a screen stands. */
export const legOf = (step: string): Leg => {
  if (step === 'ats' || step === 'how' || step === 'admin') return 'choose'
  if (step === 'permissions') return 'allow'
  if (step === 'job' || step === 'done') return 'match'
  return 'connect'
}

export type LegView = {
  leg: Leg
  steps: StepId[]
  done: number
  here: number | undefined
  firstStep: StepId | undefined
}

/**
 * The screen whose tread a screen stands on, since the number of treads must not change under her feet: of an account that was
 * chosen the doctor speaks only where it has something to say, so that is no step more.
 */
const treadOf = (step: StepId, steps: readonly StepId[]): StepId =>
  step === 'check' && steps.includes('account') ? 'account' : step

/** The deck: per leg its treads, how many are done, and which one the person stands on (counted from 1). */
export function legsOf(step: StepId, progress: Progress): LegView[] {
  const all = stepsOf(progress)
  const steps = all.filter(each => treadOf(each, all) === each)
  const tread = treadOf(step, all)
  const at = steps.indexOf(tread)
  const legs: Leg[] = progress.hasPosition
    ? ['choose', 'allow', 'connect', 'match']
    : ['choose', 'allow', 'connect']
  return legs.map(leg => {
    const own = steps.filter(
      each => legOf(each) === leg || (leg === 'connect' && !progress.hasPosition && each === 'done'),
    )
    const here = own.indexOf(tread)
    const back = own.find(each => allowedStep(each, progress) === each)
    return {
      leg,
      steps: own,
      done: own.filter(each => steps.indexOf(each) < at || progress.state === 'done').length,
      here: here < 0 ? undefined : here + 1,
      firstStep: back,
    }
  })
}
