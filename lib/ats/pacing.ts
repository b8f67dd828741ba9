import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import { now } from '#lib/clock.ts'
import { AtsError } from '#lib/connectors/api.ts'
import type { Limits } from '#lib/connectors/manifest.ts'
import { db } from '#lib/db/client.ts'

/** A credential's share: how many requests go into a window of that many seconds, aligned to the epoch. */
export type Pace = { key: string; requests: number; windowSeconds: number }

/**
 * The pace for a credential: one request fewer than the ATS names, because the last one of a window is the one that gets refused.
 * `key` names the credential to every process, and says nothing about it.
 */
export const paceFor = (key: string, limits: Limits, partner: boolean): Pace => ({
  key: `pace:${key}`,
  requests: (partner ? limits.partnerRequests : limits.requests) - 1,
  windowSeconds: limits.windowSeconds,
})

// One row a credential: `points` taken in the window that ends at `expire` (milliseconds). Only the database's clock counts.
const dbNow = sql`(extract(epoch from clock_timestamp()) * 1000)::bigint`

type Take = { taken: boolean; until: number }

/** Takes one request of the current window, in one statement, so that all processes share it. `until` is the window's end. */
async function take({ key, requests, windowSeconds }: Pace): Promise<Take> {
  const size = windowSeconds * 1000
  const rows = await db().execute<{ taken: boolean; until: string }>(sql`
    with moment as materialized (select ${dbNow} as at),
    taken as (
      insert into rate_limits as r (key, points, expire)
      select ${key}, 1, (at / ${size}::bigint + 1) * ${size}::bigint from moment
      on conflict (key) do update set
        points = case when r.expire > (select at from moment) then r.points + 1 else 1 end,
        expire = case when r.expire > (select at from moment) then r.expire else excluded.expire end
      where r.expire <= (select at from moment) or r.expire is null or r.points < ${requests}
      returning expire
    )
    select exists (select from taken) as taken, coalesce(
      (select expire from taken), (select expire from rate_limits where key = ${key}),
      (select (at / ${size}::bigint + 1) * ${size}::bigint from moment))::text as until`)
  const [row] = rows
  return { taken: row?.taken ?? false, until: Number(row?.until) }
}

/**
 * Takes a slot or throws `AtsError` (`rate_limited`, with `retryAt`): background work comes back then. A caller that can wait says for
 * how many seconds at most, and sleeps here. Gives the end of the window, in milliseconds since 1970.
 */
export async function takeSlot(pace: Pace, waitSeconds = 0): Promise<number> {
  const deadline = now().getTime() + waitSeconds * 1000
  for (;;) {
    const { taken, until } = await take(pace)
    if (taken) return until
    const retryAt = new Date(until + Math.round(Math.random() * 250))
    if (retryAt.getTime() > deadline) throw new AtsError('rate_limited', 'own pace', { retryAt })
    await sleep(Math.max(10, retryAt.getTime() - now().getTime()))
  }
}

/** The rest of the window that ends then is left alone: somebody else uses this credential too. */
export async function closeWindow(pace: Pace, end: number): Promise<void> {
  await db().execute(
    sql`update rate_limits set points = greatest(points, ${pace.requests}) where key = ${pace.key} and expire = ${end}`,
  )
}

/**
 * Nobody asks with this credential before then: the ATS has said so. Without a moment, until the current window ends.
 * Gives the moment.
 */
export async function closeUntil(pace: Pace, until?: Date): Promise<Date> {
  const size = pace.windowSeconds * 1000
  const rows = await db().execute<{ expire: string }>(sql`
    insert into rate_limits as r (key, points, expire)
    values (${pace.key}, ${pace.requests},
      greatest((${dbNow} / ${size}::bigint + 1) * ${size}::bigint, ${until?.getTime() ?? 0}::bigint))
    on conflict (key) do update set points = excluded.points, expire = greatest(r.expire, excluded.expire)
    returning expire::text as expire`)
  return new Date(Number(rows[0]?.expire))
}
