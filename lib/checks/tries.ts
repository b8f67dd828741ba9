import { GangwayError } from '#lib/errors.ts'
import { createLimiter, take } from '#lib/limits/limiter.ts'

const tries = createLimiter({ name: 'check-tries', points: 10, seconds: 3600, withoutDatabase: 2 })

/** Takes one of the ten tries an hour of this key (a workspace and subdomain). Says in how many minutes there are more. */
export async function takeTry(key: string): Promise<{ refused: false } | { refused: true; minutes: number }> {
  try {
    await take(tries, key)
    return { refused: false }
  } catch (error) {
    if (!(error instanceof GangwayError) || error.code !== 'too_many') throw error
    return { refused: true, minutes: Math.max(1, Math.ceil((error.retryAfterSeconds ?? 60) / 60)) }
  }
}
