import { and, count, eq, ne } from 'drizzle-orm'
import type { Connector, Environment } from '#lib/connectors/contract.ts'
import { connectors, isConnectorId } from '#lib/connectors/registry.ts'
import { db, type Tx } from '#lib/db/client.ts'
import { connections, oauthApps } from '#lib/db/schema/index.ts'
import { env } from '#lib/env.ts'
import { idOf } from '#lib/ids.ts'

/** An ATS in an environment, where a partner has an app or may have one. */
export type OAuthPlace = { connector: string; environment: Environment }

/** Every place there is: each ATS that people sign in to, and the sandbox where it is on. */
export const oauthPlaces = (): OAuthPlace[] =>
  Object.values(connectors)
    .filter(({ manifest }: Connector) => manifest.oauth)
    .flatMap(({ manifest }) => environments().map(environment => ({ connector: manifest.id, environment })))

const environments = (): Environment[] => (env().SANDBOX === 'on' ? ['live', 'sandbox'] : ['live'])

/** Reads `<connector>/<environment>`; undefined where nobody signs in there. */
export function placeOf(text: string): OAuthPlace | undefined {
  const [connector = ''] = text.split('/', 1)
  if (!isConnectorId(connector)) return undefined
  return oauthPlaces().find(place => textOf(place) === text)
}

/** `<connector>/<environment>`, as it stands in addresses and in `OAUTH_APPS`. */
export const textOf = ({ connector, environment }: OAuthPlace): string => `${connector}/${environment}`

/**
 * The id that the partner's next app for a place will have, so that its redirect URI can be registered before there is a client id.
 * It is the same until there is such an app; one that was removed keeps its own.
 */
export async function nextAppId(tx: Tx, partnerId: string, place: OAuthPlace): Promise<string> {
  const { connector, environment } = place
  const ofPlace = and(
    eq(oauthApps.partnerId, partnerId),
    eq(oauthApps.connector, connector),
    eq(oauthApps.environment, environment),
  )
  const before = await tx.$count(oauthApps, ofPlace)
  return idOf(`oauth app ${before + 1} of ${partnerId} for ${textOf(place)}`)
}

/** How many connections were made with each of these apps and are not deleted, by the app's id. */
export async function connectionsOf(partnerId: string): Promise<ReadonlyMap<string, number>> {
  const rows = await db()
    .select({ id: oauthApps.id, connections: count(connections.id) })
    .from(oauthApps)
    .innerJoin(connections, and(eq(connections.oauthAppId, oauthApps.id), ne(connections.status, 'deleted')))
    .where(eq(oauthApps.partnerId, partnerId))
    .groupBy(oauthApps.id)
  return new Map(rows.map(row => [row.id, row.connections]))
}
