import { and, countDistinct, eq, gt, inArray, ne, sql } from 'drizzle-orm'
import type { Tx } from '#lib/db/client.ts'
import { connections, refreshes } from '#lib/db/schema/index.ts'
import type { Lease } from './lease.ts'

/** Whose fault a refusal is that names nobody: the grant's, the app's, or not to be told yet. `alone`: the app has no other grant. */
export type Judged = 'grant' | 'alone' | 'app' | 'unsure'

const lately = sql`now() - interval '30 minutes'`

/** So many other connections that fail since the last one that got through are no accident. */
const tooMany = 2

/**
 * Tells a refused grant from a refused app by the app's other connections (`security.md` 5): where some get through it is this
 * grant, where others were tried and none did it is the app.
 */
export async function judgeRefusal(tx: Tx, { of }: Lease, appId: string): Promise<Judged> {
  const others = and(eq(refreshes.appId, appId), ne(refreshes.connectionId, of.connectionId))
  const [good] = await tx
    .select({ at: sql<Date | null>`max(${refreshes.at})`.mapWith(refreshes.at) })
    .from(refreshes)
    .where(and(others, eq(refreshes.outcome, 'refreshed'), gt(refreshes.at, lately)))
  const since = good?.at ?? null
  const failed = await failedSince(tx, others, since)
  if (failed >= (since ? tooMany : 1)) return 'app'
  if (since) return 'grant'
  return (await hasOthers(tx, of.connectionId, appId)) ? 'unsure' : 'alone'
}

async function failedSince(tx: Tx, others: ReturnType<typeof and>, since: Date | null): Promise<number> {
  const refused = inArray(refreshes.outcome, ['refused_oddly', 'app_refused'])
  const [row] = await tx
    .select({ count: countDistinct(refreshes.connectionId) })
    .from(refreshes)
    .where(and(others, refused, gt(refreshes.at, since ?? lately)))
  return row?.count ?? 0
}

/** Distinct connections of an app that got no clear answer within two minutes, while none got through, that make an outage. */
const outage = 5

/** Whether the authorization server as a whole does not answer. */
export async function isOutage(tx: Tx, appId: string): Promise<boolean> {
  const [row] = await tx
    .select({
      silent: sql<number>`count(distinct ${refreshes.connectionId}) filter (where ${refreshes.outcome} = 'unclear')::int`,
      good: sql<number>`count(*) filter (where ${refreshes.outcome} = 'refreshed')::int`,
    })
    .from(refreshes)
    .where(
      and(
        eq(refreshes.appId, appId),
        inArray(refreshes.outcome, ['unclear', 'refreshed']),
        gt(refreshes.at, sql`now() - interval '2 minutes'`),
      ),
    )
  return row !== undefined && row.good === 0 && row.silent >= outage
}

async function hasOthers(tx: Tx, connectionId: string, appId: string): Promise<boolean> {
  const [other] = await tx
    .select({ id: connections.id })
    .from(connections)
    .where(
      and(
        eq(connections.oauthAppId, appId),
        ne(connections.id, connectionId),
        inArray(connections.status, ['active', 'inactive']),
      ),
    )
    .limit(1)
  return other !== undefined
}
