import type { UserActor } from '#lib/actors.ts'
import { invalid } from '#lib/errors.ts'
import type { StepId } from './steps.ts'
import { takeStep } from './take-step.ts'

/** How: by key, or by signing in. A way that is not set up is refused with the reason at its card. */
export function chooseWay(user: UserActor, input: { sessionId: string; way: string }): Promise<StepId> {
  return takeStep(user, input.sessionId, 'how', { way: input.way }, async () => {
    if (input.way === 'api_key') return { answers: { way: 'api_key' as const } }
    const key = input.way === 'oauth' ? 'wizard.how.not_set_up' : 'wizard.how.unknown'
    throw invalid({ way: { key } })
  })
}

/** Is she an admin of the ATS? If not, the screen gives a text for whoever is, and waits. */
export function sayAdmin(user: UserActor, input: { sessionId: string; admin: string }): Promise<StepId> {
  return takeStep(user, input.sessionId, 'admin', { admin: input.admin }, async () => {
    if (input.admin === 'me' || input.admin === 'other') return { answers: { admin: input.admin } }
    throw invalid({ admin: { key: 'wizard.admin.unknown' } })
  })
}
