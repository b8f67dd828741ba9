import { eq, sql } from 'drizzle-orm'
import { db, sqlClient } from '#lib/db/client.ts'
import { oauthApps } from '#lib/db/schema/index.ts'
import type { Connection } from './lease.ts'

/** A day of the reader's calendar, YYYY-MM-DD, with how many refreshes were tried and how many of them brought nothing. */
export type RefreshDay = { day: string; refreshed: number; failed: number }

/** How a connection by OAuth is kept fresh: when next, when last, what is in the way, and the last thirty days, the oldest first. */
export type RefreshHistory = {
  /** Undefined where the next moment is nobody's: the grant is dead, or its app is stopped. */
  next: Date | undefined
  last: Date | null
  problem: Connection['refreshProblem'] | 'app_stopped'
  since: Date | null
  days: RefreshDay[]
}

const daysShown = 30

/** Reads how a connection is kept fresh. `timeZone` is the reader's. The caller has read the connection as its member. */
export async function refreshHistory(connection: Connection, timeZone: string): Promise<RefreshHistory> {
  const { refreshDueAt, refreshedAt, refreshProblem, refreshProblemSince, status } = connection
  const [app, days] = await Promise.all([appOf(connection), daysOf(connection.id, timeZone)])
  const stopped = app?.state === 'stopped'
  const kept = status === 'active' || status === 'inactive'
  return {
    next: kept && !stopped ? (refreshDueAt ?? undefined) : undefined,
    last: refreshedAt,
    problem: stopped ? 'app_stopped' : refreshProblem,
    since: stopped ? app.stoppedAt : refreshProblemSince,
    days,
  }
}

async function appOf({ oauthAppId }: Connection) {
  const [app] = await db()
    .select({ state: oauthApps.state, stoppedAt: oauthApps.stoppedAt })
    .from(oauthApps)
    .where(oauthAppId ? eq(oauthApps.id, oauthAppId) : sql`false`)
  return app
}

async function daysOf(connectionId: string, timeZone: string): Promise<RefreshDay[]> {
  return sqlClient()<RefreshDay[]>`
    with days as (
      select ((now() at time zone ${timeZone})::date - back) as day from generate_series(0, ${daysShown - 1}::int) back
    ), tries as (
      select (at at time zone ${timeZone})::date as day,
        count(*) filter (where outcome = 'refreshed') as refreshed,
        count(*) filter (where outcome <> 'refreshed') as failed
      from refreshes
      where connection_id = ${connectionId} and at > now() - make_interval(days => ${daysShown + 1}::int)
      group by 1
    )
    select days.day::text as day, coalesce(refreshed, 0)::int as refreshed, coalesce(failed, 0)::int as failed
    from days left join tries on tries.day = days.day order by days.day`
}
