import { and, eq, isNull } from 'drizzle-orm'
import type { Environment } from '#lib/connectors/contract.ts'
import { connectors } from '#lib/connectors/registry.ts'
import { db } from '#lib/db/client.ts'
import { oauthApps } from '#lib/db/schema/index.ts'
import { oauthPlaces, textOf } from '#lib/partners/oauth-places.ts'

/**
 * The ATS, and its environment, that a new customer is led to first: one at which the partner has an OAuth app, the ATS itself
 * before its sandbox; without any app the first ATS there is.
 */
export async function firstPlaceOf(
  partnerId: string,
): Promise<{ connector: string; environment: Environment }> {
  const rows = await db()
    .select({ connector: oauthApps.connector, environment: oauthApps.environment })
    .from(oauthApps)
    .where(and(eq(oauthApps.partnerId, partnerId), isNull(oauthApps.removedAt)))
  const apps = rows.map(textOf)
  const [first] = Object.keys(connectors)
  const place = oauthPlaces().find(each => apps.includes(textOf(each)))
  return place ?? { connector: first ?? '', environment: 'live' }
}
