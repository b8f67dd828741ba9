import { GangwayError, isDatabaseAway } from '#lib/errors.ts'
import { log } from '#lib/log.ts'

/**
 * What is answered where something else than a `GangwayError` was thrown: a mistake of ours, or a neighbour that is away. What it says
 * goes to the log, as `failed`, and not to the screen; Next would write it out with the values of the query in it.
 */
export function unexpected(thrown: unknown, failed: string): GangwayError {
  if (thrown instanceof GangwayError) return thrown
  log.error({ err: thrown }, failed)
  return isDatabaseAway(thrown)
    ? new GangwayError('unavailable', 'database away', { cause: thrown, retryAfterSeconds: 5 })
    : new GangwayError('internal', 'unexpected', { cause: thrown })
}
