import { sqlClient } from '#lib/db/client.ts'

/**
 * How long, in seconds, the oldest of what is due has been waiting, 0 when nothing is due; how many refreshes are due, and how many
 * of them come too late for an access token that has ended; how many OAuth apps are `stopped`, and how long the oldest
 * `revocation` has not been proven.
 */
export type Ages = Record<'task' | 'check' | 'refresh' | 'due' | 'overdue' | 'stopped' | 'revocation', number>

const none: Ages = { task: 0, check: 0, refresh: 0, due: 0, overdue: 0, stopped: 0, revocation: 0 }

/** Asks the database for what is due and how old the oldest of it is, of all processes together. */
export async function oldestAges(): Promise<Ages> {
  const [row] = await sqlClient()<[Ages?]>`
    with refreshes as (
      select refresh_due_at, access_expires_at from connections
      where way = 'oauth' and status in ('active', 'inactive') and refresh_due_at <= now()
    )
    select
      (select coalesce(extract(epoch from now() - min(start_after)), 0)::float8 from queue.job
        where state in ('created', 'retry') and start_after <= now()) as task,
      (select coalesce(extract(epoch from now() - min(next_check_at)), 0)::float8 from connections
        where status in ('active', 'needs_reauth') and next_check_at <= now()) as check,
      (select coalesce(extract(epoch from now() - min(refresh_due_at)), 0)::float8 from refreshes) as refresh,
      (select count(*)::int from refreshes) as due,
      (select count(*)::int from refreshes where access_expires_at <= now()) as overdue,
      (select count(*)::int from oauth_apps where state = 'stopped') as stopped,
      (select coalesce(extract(epoch from now() - min(created_at)), 0)::float8 from revocations
        where state = 'waiting') as revocation`
  return row ?? none
}
