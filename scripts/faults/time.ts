import { sqlClient } from '#lib/db/client.ts'

/**
 * Lets so many seconds pass without waiting: every moment that is kept here moves into the past. The sandbox's clock stays: what is
 * measured there is scaled.
 */
export async function passTime(seconds: number): Promise<void> {
  const sql = sqlClient()
  const by = sql`make_interval(secs => ${seconds})`
  await sql`update connections set refresh_due_at = refresh_due_at - ${by}, refreshed_at = refreshed_at - ${by},
    access_expires_at = access_expires_at - ${by}, refresh_lease_until = refresh_lease_until - ${by},
    refresh_problem_since = refresh_problem_since - ${by}, created_at = created_at - ${by} where way = 'oauth'`
  await sql`update credentials set access_expires_at = access_expires_at - ${by} where access_expires_at is not null`
  await sql`update oauth_apps set retry_at = retry_at - ${by}, stopped_at = stopped_at - ${by}
    where retry_at is not null or stopped_at is not null`
  await sql`update refreshes set at = at - ${by}`
  await sql`update revocations set next_try_at = next_try_at - ${by}, ends_at = ends_at - ${by},
    access_expires_at = access_expires_at - ${by} where state = 'waiting'`
}

/** Lets time pass step by step, and has `each` done after every one. */
export async function passSteps(
  seconds: number,
  step: number,
  each: (passed: number) => Promise<void>,
): Promise<void> {
  for (let passed = step; passed <= seconds; passed += step) {
    await passTime(step)
    await each(passed)
  }
}
