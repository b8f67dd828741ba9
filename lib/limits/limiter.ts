import {
  type IRateLimiterRes,
  type RateLimiterAbstract,
  RateLimiterMemory,
  RateLimiterPostgres,
} from 'rate-limiter-flexible'
import { besideSql } from '#lib/db/client.ts'
import { GangwayError } from '#lib/errors.ts'
import { metrics } from '#lib/metrics/registry.ts'

export type Limit = {
  /** Names the counter; part of its key. */
  name: string
  points: number
  seconds: number
  /** How many a process lets through on its own while the database does not count; then it refuses. */
  withoutDatabase: number
}

/** The driver in the shape that rate-limiter-flexible asks of a PostgreSQL client. */
const store = {
  query: async (query: { text: string; values?: (string | number | null)[] }) => {
    const rows = await besideSql().unsafe(query.text, query.values ?? [])
    return { rows: [...rows], rowCount: rows.count }
  },
}

/** A counter in PostgreSQL, shared by all processes; a small one in memory stands in when the database does not answer. */
export function createLimiter(limit: Limit): RateLimiterAbstract {
  return new RateLimiterPostgres({
    storeClient: store,
    storeType: 'client',
    tableName: 'rate_limits',
    tableCreated: true,
    clearExpiredByTimeout: false,
    keyPrefix: limit.name,
    points: limit.points,
    duration: limit.seconds,
    insuranceLimiter: new RateLimiterMemory({
      keyPrefix: limit.name,
      points: limit.withoutDatabase,
      duration: limit.seconds,
    }),
  })
}

/**
 * Takes one point. Throws `too_many`, with the seconds to wait, when there is none left.
 *
 * @returns how many were taken in this window, this one included
 */
export async function take(limiter: RateLimiterAbstract, key: string): Promise<number> {
  try {
    return (await limiter.consume(key)).consumedPoints
  } catch (refusal) {
    if (refusal instanceof Error) throw refusal
    metrics().refusals.inc({ limit: limiter.keyPrefix })
    throw tooMany(refusal as IRateLimiterRes)
  }
}

/** `too_many` until the counter's window ends. */
export function tooMany(result: Pick<IRateLimiterRes, 'msBeforeNext'>): GangwayError {
  const retryAfterSeconds = Math.max(1, Math.ceil((result.msBeforeNext ?? 1000) / 1000))
  return new GangwayError('too_many', 'too many tries', { retryAfterSeconds })
}
