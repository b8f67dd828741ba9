import { drizzle } from 'drizzle-orm/postgres-js'
import { migrate } from 'drizzle-orm/postgres-js/migrator'
import postgres from 'postgres'
import journal from '../../drizzle/meta/_journal.json' with { type: 'json' }
import { withMigrationsUpTo } from './migrations-up-to.ts'

// Any number that nobody else in this database locks by.
const migrationLock = 716_304_112

/** The schema that a database has while a restore into it is not finished; empty, it is the mark alone. */
export const unfinishedRestore = 'gangway_restore'

/** `upTo`: the `when` of the last migration that is wanted. `restoring`: the mark of an unfinished restore is our own. */
type MigrateOptions = { upTo?: number; restoring?: boolean }

/**
 * Brings the database at `url` to the newest migration in `folder`. Refuses one into which a restore was cut short. Safe when several processes do it at once: one works, the
 * others wait for it. The lock lives in a transaction of its own, so that it ends with the connection and passes PgBouncer.
 */
export async function migrateDatabase(
  url: string,
  folder: string,
  { upTo, restoring = false }: MigrateOptions = {},
): Promise<void> {
  const sql = postgres(url, { max: 2, connect_timeout: 10, onnotice: () => {} })
  try {
    await sql.begin(async lock => {
      await lock`select set_config('lock_timeout', '60s', true), set_config('idle_in_transaction_session_timeout', '0', true)`
      await lock`select pg_advisory_xact_lock(${migrationLock})`
      if (!restoring && (await isUnfinished(lock)))
        throw new Error(
          'A restore into this database was not finished. Run the same "npm run restore" again: it begins anew.',
        )
      const run = (migrationsFolder: string) => migrate(drizzle(sql), { migrationsFolder })
      if (upTo === undefined) await run(folder)
      else await withMigrationsUpTo(folder, upTo, run)
    })
  } finally {
    await sql.end({ timeout: 5 })
  }
}

async function isUnfinished(sql: postgres.Sql | postgres.TransactionSql): Promise<boolean> {
  const [row] = await sql`select to_regnamespace(${unfinishedRestore}) is not null as there`
  return row?.there === true
}

/** Whether the database has every migration that this program knows. False as well when it has none yet, or half a backup. */
export async function isMigrated(sql: postgres.Sql): Promise<boolean> {
  if (await isUnfinished(sql)) return false
  const newest = Math.max(...journal.entries.map(entry => entry.when))
  const [table] = await sql`select to_regclass('drizzle.__drizzle_migrations') is not null as there`
  if (!table?.there) return false
  const [row] = await sql`select max(created_at)::text as at from drizzle.__drizzle_migrations`
  return Number(row?.at ?? 0) >= newest
}
