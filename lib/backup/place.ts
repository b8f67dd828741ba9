import type postgres from 'postgres'
import { unfinishedRestore } from '#lib/db/migrate.ts'
import { BackupError } from './format.ts'

// Any number that nobody else in this database locks by.
const restoreLock = 716_304_113

type Sql = postgres.Sql | postgres.ReservedSql

/** Makes sure that nobody else restores here; held until the connection ends. BackupError where somebody does. */
export async function lockPlace(sql: postgres.ReservedSql): Promise<void> {
  const [row] = await sql`select pg_try_advisory_lock(${restoreLock}) as ours`
  if (!row?.ours) throw new BackupError('Another restore into this database is under way.')
}

/**
 * Makes the database ready to be restored into: it has to be empty, or hold what a restore that was cut short left there, which
 * is removed. From now on it says of itself that it is unfinished. BackupError where there is anything else.
 */
export async function claimPlace(sql: Sql): Promise<void> {
  const found = await whatIsThere(sql)
  if (await isUnfinished(sql)) await clear(sql)
  else if (found.length > 0)
    throw new BackupError(
      `There is something in this database already: ${found.slice(0, 3).join(', ')}${found.length > 3 ? ` and ${found.length - 3} more` : ''}. A backup is restored into an empty one only, so that nothing is mixed or lost.`,
    )
  await sql.unsafe(`create schema ${unfinishedRestore}`)
}

/** Takes the mark away: everything is there. */
export async function releasePlace(sql: Sql): Promise<void> {
  await sql.unsafe(`drop schema ${unfinishedRestore}`)
}

async function isUnfinished(sql: Sql): Promise<boolean> {
  const [row] = await sql`select to_regnamespace(${unfinishedRestore}) is not null as there`
  return row?.there === true
}

/** Everything that is nobody's extension and not PostgreSQL's own. */
async function whatIsThere(sql: Sql): Promise<string[]> {
  const rows = await sql`
    select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p', 'v', 'm', 'S', 'f') and n.nspname !~ '^(pg_|information_schema$)'
      and not exists (select 1 from pg_depend d
        where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
    order by 1`
  return rows.map(({ name }) => String(name))
}

// The place was empty when it was marked, and no Gangway starts on it since: what is in it is half a restore.
async function clear(sql: Sql): Promise<void> {
  const tables = await sql`select tablename as name from pg_tables where schemaname = 'public'`
  for (const { name } of tables) await sql`drop table public.${sql(String(name))} cascade`
  await sql`drop function if exists public.refuse_event_change()`
  for (const schema of ['keys', 'queue', 'drizzle', unfinishedRestore])
    await sql`drop schema if exists ${sql(schema)} cascade`
}
