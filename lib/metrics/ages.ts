import { sqlClient } from '#lib/db/client.ts'

/** How long, in seconds, the oldest of what is due has been waiting; 0 when nothing is due. */
export type Ages = { task: number; check: number }

/** Asks the database for the ages of the oldest waiting task and of the oldest due check, of all processes together. */
export async function oldestAges(): Promise<Ages> {
  const [row] = await sqlClient()<[{ task: number; check: number }?]>`
    select
      (select coalesce(extract(epoch from now() - min(start_after)), 0)::float8 from queue.job
        where state in ('created', 'retry') and start_after <= now()) as task,
      (select coalesce(extract(epoch from now() - min(next_check_at)), 0)::float8 from connections
        where status in ('active', 'needs_reauth') and next_check_at <= now()) as check`
  return row ?? { task: 0, check: 0 }
}
