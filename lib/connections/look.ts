import { and, eq, sql } from 'drizzle-orm'
import { prepared } from '#lib/db/prepared.ts'
import { connections, oauthApps } from '#lib/db/schema/index.ts'
import type { Owned } from './credentials.ts'
import { isUsable } from './plan-refresh.ts'

/** Nobody refreshes it: by the database's clock, so that a lease of a process that died ends by itself. */
export const isFree = sql`(${connections.refreshLeaseUntil} is null or ${connections.refreshLeaseUntil} <= now())`

/** After a failure nobody tries before the moment that was planned then. */
export const hasWaited = sql`(${connections.refreshFailures} = 0 or ${connections.refreshDueAt} is null
  or ${connections.refreshDueAt} <= now())`

/** How a connection stands for whoever wants a token of it, in a query over connections and their apps. */
export const standing = {
  version: connections.version,
  status: connections.status,
  usable: isUsable,
  /** Refreshed within the last minute. */
  young: sql<boolean>`coalesce(${connections.refreshedAt} > now() - interval '1 minute', false)`,
  leased: sql<boolean>`not ${isFree}`,
  waits: sql<boolean>`not ${hasWaited}`,
  dueAt: connections.refreshDueAt,
  /** Seconds. */
  dueIn: sql<number>`coalesce(extract(epoch from ${connections.refreshDueAt} - now()), 0)::float8`,
  problem: connections.refreshProblem,
  refusals: connections.refusals,
  appId: oauthApps.id,
  appState: oauthApps.state,
  appRetryAt: oauthApps.retryAt,
  appWaits: sql<boolean>`coalesce(${oauthApps.retryAt} > now(), false)`,
}

/** The connection that the placeholders `connectionId` and `workspaceId` name, when it is one by OAuth. */
export const isIts = and(
  eq(connections.id, sql.placeholder('connectionId')),
  eq(connections.workspaceId, sql.placeholder('workspaceId')),
  eq(connections.way, 'oauth'),
)

/** How a connection stands now. Undefined for one that is none by OAuth, or is gone. */
export async function lookAt(of: Owned): Promise<Look | undefined> {
  const [row] = await looking().execute(of)
  return row
}

const looking = prepared(database =>
  database
    .select(standing)
    .from(connections)
    .innerJoin(oauthApps, eq(oauthApps.id, connections.oauthAppId))
    .where(isIts)
    .prepare('look_at'),
)

export type Look = Awaited<ReturnType<ReturnType<typeof looking>['execute']>>[number]
