import { type SQL, sql } from 'drizzle-orm'
import { db } from '#lib/db/client.ts'
import { log } from '#lib/log.ts'
import { type Kept, keptDays } from './kept-days.ts'

/** So many rows a statement: nobody waits behind it. */
const aRun = 5_000

/** When a row has ended; null while it has not. `t` is its table. The record of changes, consents and receipts never end. */
const endedAt: Record<Kept, SQL> = {
  sessions: sql`coalesce(t.ended_at, t.expires_at)`,
  one_time_links: sql`coalesce(t.used_at, t.expires_at)`,
  // One that is over is still there to be sent again, or withdrawn.
  invitations: sql`coalesce(t.accepted_at, t.withdrawn_at)`,
  mails: sql`case when t.state <> 'queued' then coalesce(t.sent_at, t.tried_at, t.created_at) end`,
  notices: sql`coalesce(t.settled_at, t.seen_at)`,
  // The newest one of a connection is how it is.
  checks: sql`case when t.connection_id is null or exists (select 1 from checks n
    where n.connection_id = t.connection_id and n.created_at > t.created_at) then t.finished_at end`,
  refreshes: sql`t.at`,
  revocations: sql`case when not exists (select 1 from deletion_receipts r
    where r.revocation_id = t.id) then t.settled_at end`,
}

const kinds = Object.keys(keptDays) as Kept[]

/** Once a day: forgets what has ended so long ago that nobody needs it, in the order of `keptDays`. Gives how many of each. */
export async function forgetOld(): Promise<Record<Kept, number>> {
  const forgotten = Object.fromEntries(kinds.map(kind => [kind, 0])) as Record<Kept, number>
  for (const kind of kinds) forgotten[kind] = await forget(kind)
  log.info({ forgotten }, 'old rows forgotten')
  return forgotten
}

async function forget(kind: Kept): Promise<number> {
  const table = sql.identifier(kind)
  for (let all = 0; ; ) {
    const gone = await db().execute(sql`delete from ${table} where id in (select t.id from ${table} t
      where ${endedAt[kind]} < now() - make_interval(days => ${keptDays[kind]}) limit ${aRun})`)
    all += gone.count
    if (gone.count < aRun) return all
  }
}
