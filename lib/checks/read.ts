import { and, desc, eq, inArray, ne, sql } from 'drizzle-orm'
import { mayMend } from '#lib/connections/may-mend.ts'
import type { Finding, HealthReason, Permissions } from '#lib/connectors/contract.ts'
import { db } from '#lib/db/client.ts'
import { checks, connections, positionLinks } from '#lib/db/schema/index.ts'
import type { Walk } from '#lib/link-sessions/read.ts'
import { type Verdict, verdictOf } from './verdict.ts'

export type CheckView = {
  id: string
  state: 'queued' | 'running' | 'waiting' | 'finished' | 'cancelled'
  purpose: 'look' | 'activate'
  findings: Finding[]
  /** Why it waits; of an activation that ended, why the connection stays inactive. */
  waitReason: HealthReason | null
  retryAt: Date | null
  createdAt: Date
  finishedAt: Date | null
  /** Set when it is finished. */
  verdict: Verdict | undefined
}

/** The newest run for a link session, or of a connection the newest that was not cancelled; undefined when there was none. */
export async function readCheck(
  of: { workspaceId: string; permissions: Permissions } & (
    | { linkSessionId: string }
    | { connectionId: string }
  ),
): Promise<CheckView | undefined> {
  const which =
    'linkSessionId' in of
      ? eq(checks.linkSessionId, of.linkSessionId)
      : and(eq(checks.connectionId, of.connectionId), ne(checks.state, 'cancelled'))
  const [row] = await db()
    .select()
    .from(checks)
    .where(and(which, eq(checks.workspaceId, of.workspaceId)))
    .orderBy(desc(checks.createdAt))
    .limit(1)
  if (!row) return undefined
  const { id, state, purpose, findings, waitReason, retryAt, createdAt, finishedAt } = row
  const verdict = state === 'finished' ? verdictOf(findings, of.permissions) : undefined
  return { id, state, purpose, findings, waitReason, retryAt, createdAt, finishedAt, verdict }
}

export type SameAccount = {
  id: string
  name: string
  status: string
  positions: number
  /** Whether the person of the walk may give it a new key. */
  mayMend: boolean
}

/** The living connection of this workspace to the account that a key opens, if there is one: offered instead of a second. */
export async function connectionToAccount(
  walk: Walk,
  remoteAccountId: string,
): Promise<SameAccount | undefined> {
  return (await connectionsToAccounts(walk, [remoteAccountId])).get(remoteAccountId)
}

/** The same for many accounts at once, by the ATS's ids. */
export async function connectionsToAccounts(
  walk: Walk,
  remoteAccountIds: string[],
): Promise<Map<string, SameAccount>> {
  if (!walk.connector || !walk.environment || remoteAccountIds.length === 0) return new Map()
  const rows = await db()
    .select({
      remoteAccountId: connections.remoteAccountId,
      id: connections.id,
      name: connections.name,
      status: connections.status,
      createdBy: connections.createdBy,
      // In a query of one table drizzle writes columns without their table: `id` would be the link's own.
      positions: sql<number>`(select count(*)::int from ${positionLinks} where ${positionLinks}.connection_id = ${connections}.id and ${positionLinks.endedAt} is null)`,
    })
    .from(connections)
    .where(
      and(
        eq(connections.workspaceId, walk.actor.workspaceId),
        eq(connections.connector, walk.connector.manifest.id),
        eq(connections.environment, walk.environment),
        inArray(connections.remoteAccountId, remoteAccountIds),
        ne(connections.status, 'deleted'),
      ),
    )
  return new Map(
    rows.map(({ remoteAccountId, createdBy, ...same }) => [
      remoteAccountId,
      { ...same, mayMend: mayMend(walk.actor, { createdBy }) },
    ]),
  )
}
