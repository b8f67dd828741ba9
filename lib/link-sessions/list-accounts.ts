import { accessForCandidate } from '#lib/connections/access.ts'
import { AtsError, type AtsFailure } from '#lib/connectors/api.ts'
import type { RemoteAccount } from '#lib/connectors/remote.ts'
import { db } from '#lib/db/client.ts'
import { failpoint } from '#lib/failpoint.ts'
import { keepAccounts } from './candidate-credential.ts'
import type { Walk } from './read.ts'

export type Listed = { accounts: RemoteAccount[] } | { failure: AtsFailure | 'over' }

/**
 * The accounts that whoever signed in can reach. Asked of the ATS once (its client gives up after seconds) and kept with the grant;
 * `over` when its hour is.
 */
export async function listAccounts(walk: Walk): Promise<Listed> {
  const { connector, environment, candidate, actor } = walk
  if (candidate?.accounts) return { accounts: candidate.accounts }
  if (!candidate || !connector || !environment) return { failure: 'over' }
  const of = { id: walk.id, workspaceId: actor.workspaceId }
  const central = { subdomain: connector.manifest.hosts.central, partnerClientId: undefined }
  const access = await accessForCandidate({ ...of, ...central, connector, environment })
  if (!access) return { failure: 'over' }
  try {
    const accounts = await connector.listAccounts(access.api)
    await failpoint('accounts_listed')
    await keepAccounts(db(), { ...of, generation: access.generation }, accounts)
    return { accounts }
  } catch (error) {
    if (error instanceof AtsError) return { failure: error.failure }
    throw error
  }
}
