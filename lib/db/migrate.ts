import { drizzle } from 'drizzle-orm/postgres-js'
import { migrate } from 'drizzle-orm/postgres-js/migrator'
import postgres from 'postgres'
import journal from '../../drizzle/meta/_journal.json' with { type: 'json' }

// Any number that nobody else in this database locks by.
const migrationLock = 716_304_112

/**
 * Brings the database at `url` to the newest migration in `folder`. Safe when several processes do it at once: one works, the
 * others wait for it. The lock lives in a transaction of its own, so that it ends with the connection and passes PgBouncer.
 */
export async function migrateDatabase(url: string, folder: string): Promise<void> {
  const sql = postgres(url, { max: 2, connect_timeout: 10, onnotice: () => {} })
  try {
    await sql.begin(async lock => {
      await lock`select set_config('lock_timeout', '60s', true), set_config('idle_in_transaction_session_timeout', '0', true)`
      await lock`select pg_advisory_xact_lock(${migrationLock})`
      await migrate(drizzle(sql), { migrationsFolder: folder })
    })
  } finally {
    await sql.end({ timeout: 5 })
  }
}

/** Whether the database has every migration that this program knows. False as well when it has none yet. */
export async function isMigrated(sql: postgres.Sql): Promise<boolean> {
  const newest = Math.max(...journal.entries.map(entry => entry.when))
  const [table] = await sql`select to_regclass('drizzle.__drizzle_migrations') is not null as there`
  if (!table?.there) return false
  const [row] = await sql`select max(created_at)::text as at from drizzle.__drizzle_migrations`
  return Number(row?.at ?? 0) >= newest
}
