import { type SQL, sql } from 'drizzle-orm'
import { now } from '#lib/clock.ts'
import { connections } from '#lib/db/schema/index.ts'

/** When tokens are refreshed (`security.md` 5, rules 6 and 7). Moments are made and compared by the database's clock. */

/** Seconds between two refreshes of one connection that nobody asked for: a server that names no sane life makes no storm. */
const leastSeconds = 60

const afterSeconds = (seconds: number): SQL => sql`now() + make_interval(secs => ${seconds})`

/** What a connection's row says after a good refresh: until when the access token lives, and when the next one is due. */
export function planned(accessExpiresAt: Date) {
  const life = Math.max(0, (accessExpiresAt.getTime() - now().getTime()) / 1000)
  // Scattered, so that what was granted together is not due together.
  const due = Math.max(leastSeconds, life * (0.75 + Math.random() * 0.15))
  return {
    accessExpiresAt: afterSeconds(life),
    refreshDueAt: afterSeconds(due),
    refreshedAt: sql`now()`,
    refreshFailures: 0,
    refreshProblem: null,
    refreshProblemSince: null,
    refusals: 0,
    refreshLease: null,
    refreshLeaseUntil: null,
  }
}

/** Seconds until a refresh without a clear answer is tried again, by how many failed before; the first two within the grace of most servers. */
const waits = [1, 1.5, 5, 20, 60, 120, 240, 480, 900]

/** The wait before the next try after `failures` in a row, in seconds; scattered by a tenth, but for the first. */
export function waitAfter(failures: number): number {
  const wait = waits[Math.min(failures, waits.length) - 1] ?? 1
  return wait === 1 ? wait : wait * (0.9 + Math.random() * 0.2)
}

/** Confirmations of a refusal come after so many seconds: of one that names the grant, and of one that does not. */
export const confirmAfter = { grant_refused: 30, refused_oddly: 20 * 60 } as const

/** So many refusals in a row that name the grant make it a dead one: the first, and its confirmation. */
export const deadAfter = 2

/**
 * Whether a connection's access token can still be used: not in its last half minute (or tenth), and one that was over when it came
 * for a minute all the same, so that the ATS may say what it is worth.
 */
export const isUsable = sql<boolean>`coalesce(
  ${connections.accessExpiresAt} > now() + least(interval '30 seconds',
    (${connections.accessExpiresAt} - coalesce(${connections.refreshedAt}, ${connections.createdAt})) / 10)
  or (${connections.accessExpiresAt} <= ${connections.refreshedAt} + interval '1 second'
    and ${connections.refreshedAt} > now() - interval '1 minute'), false)`
