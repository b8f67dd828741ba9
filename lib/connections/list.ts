import { and, eq, ne, sql } from 'drizzle-orm'
import type { MemberActor } from '#lib/actors.ts'
import type { Environment } from '#lib/connectors/contract.ts'
import { db } from '#lib/db/client.ts'
import { newestFirst } from '#lib/db/newest-first.ts'
import { checks, connections, members, positionLinks, users } from '#lib/db/schema/index.ts'
import { mustBeAllowed } from '#lib/members/roles.ts'

/** A workspace has few connections (one for each ATS account); more than these are not shown at once. */
const most = 200

export type ConnectionRow = {
  id: string
  connector: string
  environment: Environment
  name: string
  accountName: string
  subdomain: string
  way: 'api_key' | 'oauth'
  lastFour: string
  status: (typeof connections.$inferSelect)['status']
  health: (typeof connections.$inferSelect)['health']
  healthReason: (typeof connections.$inferSelect)['healthReason']
  healthSince: Date
  keyExpiresOn: string | null
  /** Of a sign-in: why its last refresh brought nothing, and since when none did. */
  refreshProblem: (typeof connections.$inferSelect)['refreshProblem']
  refreshProblemSince: Date | null
  lastCheckedAt: Date | null
  /** The ATS's limit and what was left of it when a reply last told. */
  rateLimit: number | null
  rateRemaining: number | null
  rateSeenAt: Date | null
  createdAt: Date
  /** The member who made it. */
  createdBy: string
  createdByName: string
  positions: number
  /** It is switched off, and checked before it is switched on. */
  activating: boolean
}

const columns = {
  id: connections.id,
  connector: connections.connector,
  environment: connections.environment,
  name: connections.name,
  accountName: connections.accountName,
  subdomain: connections.subdomain,
  way: connections.way,
  lastFour: connections.lastFour,
  status: connections.status,
  health: connections.health,
  healthReason: connections.healthReason,
  healthSince: connections.healthSince,
  keyExpiresOn: connections.keyExpiresOn,
  refreshProblem: connections.refreshProblem,
  refreshProblemSince: connections.refreshProblemSince,
  lastCheckedAt: connections.lastCheckedAt,
  rateLimit: connections.rateLimit,
  rateRemaining: connections.rateRemaining,
  rateSeenAt: connections.rateSeenAt,
  createdAt: connections.createdAt,
  createdBy: connections.createdBy,
  createdByName: users.name,
  positions: sql<number>`(select count(*)::int from ${positionLinks} where ${positionLinks.connectionId} = ${connections.id} and ${positionLinks.endedAt} is null)`,
  activating: sql<boolean>`(${connections.status} = 'inactive' and exists (select 1 from ${checks} where ${checks.connectionId} = ${connections.id}
    and ${checks.purpose} = 'activate' and ${checks.state} in ('queued', 'running', 'waiting')))`,
}

/** The living connections of a workspace, newest first; of one connector or environment where named, usable ones where asked. */
export async function listConnections(
  actor: MemberActor,
  input: { connector?: string; environment?: Environment; usable?: boolean } = {},
): Promise<ConnectionRow[]> {
  mustBeAllowed(actor, 'look')
  return db()
    .select(columns)
    .from(connections)
    .innerJoin(members, eq(members.id, connections.createdBy))
    .innerJoin(users, eq(users.id, members.userId))
    .where(
      and(
        eq(connections.workspaceId, actor.workspaceId),
        input.usable ? eq(connections.status, 'active') : ne(connections.status, 'deleted'),
        input.connector ? eq(connections.connector, input.connector) : undefined,
        input.environment ? eq(connections.environment, input.environment) : undefined,
      ),
    )
    .orderBy(...newestFirst(connections.createdAt, connections.id))
    .limit(most)
}
