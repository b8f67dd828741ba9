import type { UserActor } from '#lib/actors.ts'
import type { Way } from '#lib/connectors/contract.ts'
import { invalid } from '#lib/errors.ts'
import { shredCandidate } from './candidate-credential.ts'
import { offersSignIn } from './offers-sign-in.ts'
import type { StepId } from './steps.ts'
import { takeStep } from './take-step.ts'

/**
 * How: by key, or by signing in. A way that is not set up is refused with the reason at its card. Choosing the other one lets go
 * of what the first had brought.
 */
export function chooseWay(user: UserActor, input: { sessionId: string; way: string }): Promise<StepId> {
  return takeStep(user, input.sessionId, 'how', { way: input.way }, async (tx, walk) => {
    const way = wayIn(input.way)
    if (way === 'oauth' && !(await offersSignIn(walk, tx)))
      throw invalid({ way: { key: 'wizard.how.not_set_up' } })
    if (way === walk.progress.answers.way) return { answers: { way } }
    await shredCandidate(tx, walk.id)
    return { answers: { way, accountId: undefined }, hasCandidate: false }
  })
}

function wayIn(typed: string): Way {
  if (typed === 'api_key' || typed === 'oauth') return typed
  throw invalid({ way: { key: 'wizard.how.unknown' } })
}

/** Is she an admin of the ATS? If not, the screen gives a text for whoever is, and waits. */
export function sayAdmin(user: UserActor, input: { sessionId: string; admin: string }): Promise<StepId> {
  return takeStep(user, input.sessionId, 'admin', { admin: input.admin }, async () => {
    if (input.admin === 'me' || input.admin === 'other') return { answers: { admin: input.admin } }
    throw invalid({ admin: { key: 'wizard.admin.unknown' } })
  })
}
