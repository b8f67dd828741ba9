import type { GuideStep } from '#lib/connectors/contract.ts'
import { accountAddress } from './account-address.ts'
import type { Walk } from './read.ts'
import { scopesFor } from './scopes.ts'

/** The guide beside a field. Its words are the connector's messages, below `guide.<field>`. */
export type GuideView = {
  field: string
  steps: readonly GuideStep[]
  /** What to tick, as chosen on the permissions step. */
  scopes: string[]
  /** YYYY-MM-DD */
  checkedOn: string
  articleUrl: string
  /** The account's page where keys are made, once the account is known. */
  settingsUrl: string | undefined
}

/** The guide of a field; undefined where the connector has none for it. */
export function guideFor(walk: Walk, field: string): GuideView | undefined {
  const { connector, progress } = walk
  const steps = connector?.guide.fields[field]
  if (!connector || !steps || steps.length === 0) return undefined
  const { checkedOn, articleUrl } = connector.guide
  const scopes = scopesFor(connector, progress.answers.permissions ?? 'read')
  const settingsUrl = steps.some(step => step.showScopes) ? accountAddress(walk)?.settingsUrl : undefined
  return { field, steps, scopes, checkedOn, articleUrl, settingsUrl }
}
