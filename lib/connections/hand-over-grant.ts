import { SealError } from '#lib/crypto/seal.ts'
import type { Tx } from '#lib/db/client.ts'
import { revokeLater } from '#lib/oauth/revocations.ts'
import { readTokens } from './credentials.ts'
import type { Connection } from './lease.ts'

/**
 * Hands a connection's grant over to be revoked, before its tokens are shredded in the same transaction. Gives the revocation's id;
 * undefined where there is no grant, or nobody can open it any more.
 */
export async function handOverGrant(tx: Tx, connection: Connection): Promise<string | undefined> {
  const { id: connectionId, workspaceId, way, oauthAppId: appId, connector, environment } = connection
  if (way !== 'oauth' || !appId) return undefined
  const [pair] = await readTokens(tx, { workspaceId, connectionId }).catch(error => {
    if (error instanceof SealError) return []
    throw error
  })
  if (!pair) return undefined
  const of = { workspaceId, connectionId, appId, connector, environment }
  return revokeLater(tx, { ...of, reason: 'deleted' }, pair)
}
