import type { Account, Pipeline, Stage } from './records.ts'
import { keep, nextId, type State } from './state.ts'

/** A stage before it has an id. */
export type StagePlan = Omit<Stage, 'id'>

/** The pipeline that was recorded on a fresh account; there, `kind` equals `slug`. */
const defaultStages: readonly [StagePlan, ...StagePlan[]] = [
  { slug: 'sourced', name: 'Sourced', kind: 'sourced' },
  { slug: 'applied', name: 'Applied', kind: 'applied' },
  { slug: 'phone-screen', name: 'Phone Screen', kind: 'phone-screen' },
  { slug: 'assessment', name: 'Assessment', kind: 'assessment' },
  { slug: 'interview', name: 'Interview', kind: 'interview' },
  { slug: 'offer', name: 'Offer', kind: 'offer' },
  { slug: 'hired', name: 'Hired', kind: 'hired' },
]

/** Makes an account with the default pipeline and nothing else. */
export function makeAccount(
  state: State,
  wanted: { subdomain: string; name: string; summary: string | null; suspended: boolean; createdAt: number },
): Account {
  const account = keep(state.accounts, {
    id: nextId(state, 'accounts'),
    ...wanted,
    description: null,
    websiteUrl: `https://${wanted.subdomain}.example`,
  })
  makePipeline(state, account.id, defaultStages, true)
  return account
}

/** Makes a pipeline of an account. */
export function makePipeline(
  state: State,
  accountId: number,
  plans: readonly [StagePlan, ...StagePlan[]],
  isDefault: boolean,
): Pipeline {
  const withId = (plan: StagePlan): Stage => ({ id: nextId(state, 'stages'), ...plan })
  const [first, ...rest] = plans
  return keep(state.pipelines, {
    id: nextId(state, 'pipelines'),
    accountId,
    isDefault,
    stages: [withId(first), ...rest.map(withId)],
  })
}
