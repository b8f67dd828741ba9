import { eq, sql } from 'drizzle-orm'
import { createApi } from '#lib/ats/api.ts'
import type { Api } from '#lib/connectors/api.ts'
import type { Connector, Environment } from '#lib/connectors/contract.ts'
import { connectorById } from '#lib/connectors/registry.ts'
import type { Secret } from '#lib/crypto/secret.ts'
import { db } from '#lib/db/client.ts'
import { connections } from '#lib/db/schema/index.ts'
import { GangwayError } from '#lib/errors.ts'
import { openCandidate } from '#lib/link-sessions/candidate-credential.ts'
import { readCredential, readTokens } from './credentials.ts'
import { keptAlive } from './lease.ts'
import { tokenApi } from './token-api.ts'

/** A connector together with an `Api` that has the credential in it: what a verb needs to talk to an ATS. */
export type Access = { connector: Connector; api: Api }

type Connection = typeof connections.$inferSelect

/**
 * Access for a connection. Refuses one that is switched off, deleted or dead: only an active one may make requests.
 * `evenIf` lists further statuses in which a check is allowed to ask. By OAuth its `Api` keeps itself fresh. Throws `SealError` when
 * the credential is unreadable.
 */
export async function accessForConnection(
  connection: Connection,
  evenIf: readonly Connection['status'][] = [],
): Promise<Access> {
  if (connection.status !== 'active' && !evenIf.includes(connection.status)) {
    throw new GangwayError('conflict', `connection is ${connection.status}`, {
      said: { key: `connections.not_usable.${connection.status}` },
    })
  }
  const connector = connectorById(connection.connector)
  const make = (secret: Secret): Api =>
    createApi({
      manifest: connector.manifest,
      environment: connection.environment,
      subdomain: connection.subdomain,
      secret,
      extra: connection.partnerClientId ? { partner_client_id: connection.partnerClientId } : {},
      paceKey: paceKey(connection),
    })
  const of = { workspaceId: connection.workspaceId, connectionId: connection.id }
  if (connection.way === 'api_key') return { connector, api: make(await readCredential(db(), of)) }
  const [tokens] = await readTokens(db(), of)
  if (!tokens) throw new GangwayError('not_found', 'connection has no tokens')
  return { connector, api: tokenApi({ of, tokens, connector, make, statuses: [...keptAlive, ...evenIf] }) }
}

/** Access for what was typed in a link session and is not accepted yet. Undefined when its hour is over. */
export async function accessForCandidate(walk: {
  id: string
  workspaceId: string
  connector: Connector
  environment: Environment
  subdomain: string
  partnerClientId: string | undefined
}): Promise<(Access & { generation: number }) | undefined> {
  const candidate = await openCandidate(db(), walk)
  if (!candidate) return undefined
  const api = createApi({
    manifest: walk.connector.manifest,
    environment: walk.environment,
    subdomain: walk.subdomain,
    secret: candidate.key,
    extra: walk.partnerClientId ? { partner_client_id: walk.partnerClientId } : {},
    paceKey: paceKey({ ...walk, connector: walk.connector.manifest.id }),
  })
  return { connector: walk.connector, api, generation: candidate.generation }
}

/** One budget for an account in a workspace: a candidate credential and the connection it becomes share it. */
const paceKey = (of: {
  workspaceId: string
  connector: string
  environment: Environment
  subdomain: string
}) => [of.workspaceId, of.connector, of.environment, of.subdomain].join(':')

/** Keeps what the last reply said of the rate limit, for the meter on the connection's page. */
export async function keepRate(connectionId: string, api: Api): Promise<void> {
  const rate = api.rate()
  if (!rate) return
  await db()
    .update(connections)
    .set({ rateLimit: rate.limit, rateRemaining: rate.remaining, rateSeenAt: sql`now()` })
    .where(eq(connections.id, connectionId))
}
