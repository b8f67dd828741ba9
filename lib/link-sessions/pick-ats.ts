import type { UserActor } from '#lib/actors.ts'
import type { Connector, Environment } from '#lib/connectors/contract.ts'
import { connectors, isConnectorId } from '#lib/connectors/registry.ts'
import { env } from '#lib/env.ts'
import { invalid } from '#lib/errors.ts'
import { shredCandidate } from './candidate-credential.ts'
import type { StepId } from './steps.ts'
import { takeStep } from './take-step.ts'

/** What the picker sends: an ATS and whether it is the real one or the sandbox, such as `workable` or `workable/sandbox`. */
export type PickInput = { sessionId: string; ats: string }

/**
 * Takes an ATS for this walk. Another one than before drops what was typed for it: it would belong to somebody else.
 * Problems: `ats` when there is none of that name, or no sandbox here.
 */
export function pickAts(user: UserActor, input: PickInput): Promise<StepId> {
  return takeStep(user, input.sessionId, 'ats', { ats: input.ats }, async (tx, walk) => {
    const picked = parsePick(input.ats)
    if (!picked) throw invalid({ ats: { key: 'wizard.ats.unknown' } })
    const { connector, environment } = picked
    const same = walk.connector?.manifest.id === connector.manifest.id && walk.environment === environment
    const letGo = walk.progress.answers.useConnectionId ? { connectionId: null } : {}
    if (same) return { ...letGo, answers: { useConnectionId: undefined } }
    await shredCandidate(tx, walk.id)
    const forget = {
      way: undefined,
      permissions: undefined,
      fields: undefined,
      typedAs: undefined,
      name: undefined,
    }
    return {
      ...letGo,
      connector,
      environment,
      answers: { ...forget, useConnectionId: undefined },
      hasCandidate: false,
    }
  })
}

function parsePick(ats: string): { connector: Connector; environment: Environment } | undefined {
  const [id, environment, ...more] = ats.split('/')
  if (!id || !isConnectorId(id) || more.length > 0) return undefined
  if (environment !== undefined && environment !== 'sandbox') return undefined
  if (environment === 'sandbox' && env().SANDBOX === 'off') return undefined
  return { connector: connectors[id], environment: environment ?? 'live' }
}
