import { mkdir, readdir, rename, rm, rmdir } from 'node:fs/promises'
import path from 'node:path'
import postgres from 'postgres'
import { now } from '#lib/clock.ts'
import { newId } from '#lib/ids.ts'
import journal from '../../drizzle/meta/_journal.json' with { type: 'json' }
import {
  BackupError,
  type FileInBackup,
  formatVersion,
  type Manifest,
  manifestName,
  type PartName,
} from './format.ts'
import { type KeysInUse, keysInUse } from './keys-in-use.ts'
import { tablesToKeep } from './tables.ts'
import { writeTable, writeText } from './write-file.ts'

export type Wanted = {
  /** The database's address. */
  url: string
  /** Where the backup is to be; it must not be there yet, or be empty. */
  directory: string
  /** The files of the part `keyring`, by name. */
  secrets: Readonly<Record<string, string>>
  /** This program's version. */
  gangway: string
  /** Is told which keys the data keys in the backup need, and may object by throwing. */
  onKeys?: (keys: KeysInUse) => void
}

/**
 * Writes a backup of one moment while Gangway runs: database, data keys and keyring, a directory each, files for their owner only.
 * It has its name when it is whole; what was cut short is called `.unfinished`. BackupError when there is something already, or when the
 * database is not one of this program's.
 */
export async function makeBackup(wanted: Wanted): Promise<Manifest[]> {
  await mustBeFree(wanted.directory)
  const unfinished = `${wanted.directory}.unfinished`
  await mkdir(path.dirname(unfinished), { recursive: true })
  await mkdir(unfinished, { mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error
    throw new BackupError(
      `${unfinished} is there: a backup is under way, or was cut short. Remove it, then begin again.`,
    )
  })
  try {
    const parts = await writeParts(wanted, unfinished)
    await rmdir(wanted.directory).catch(() => {}) // an empty one
    await rename(unfinished, wanted.directory)
    return parts
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true })
    throw error
  }
}

async function mustBeFree(directory: string): Promise<void> {
  const there = await readdir(directory).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw new BackupError(`${directory} is not a directory. Name one that is not there yet.`)
  })
  if (there.length > 0)
    throw new BackupError(
      `There is something in ${directory} already. Name a directory that is not there yet.`,
    )
}

async function writeParts(wanted: Wanted, directory: string): Promise<Manifest[]> {
  const sql = postgres(wanted.url, {
    max: 1,
    connect_timeout: 10,
    onnotice: () => {},
    connection: { application_name: 'gangway backup' },
  })
  try {
    return await sql.begin('isolation level repeatable read read only', async tx => {
      await tx`select set_config('idle_in_transaction_session_timeout', '0', true), set_config('statement_timeout', '0', true),
        set_config('datestyle', 'ISO', true), set_config('intervalstyle', 'postgres', true), set_config('extra_float_digits', '3', true)`
      const same = {
        format: formatVersion,
        backup: newId(),
        gangway: wanted.gangway,
        madeAt: now().toISOString(),
        schema: await positionOf(tx),
      } as const
      wanted.onKeys?.(await keysInUse(tx))
      const tables = await tablesToKeep(tx)
      const part = (name: PartName, write: (folder: string) => Promise<FileInBackup[]>) =>
        writePart(path.join(directory, name), { ...same, part: name, files: [] }, write)
      const of = (schema: string) => (folder: string) =>
        inTurn(
          tables.filter(table => table.schema === schema),
          table => writeTable(tx, table, folder),
        )
      return [
        await part('database', of('public')),
        await part('data-keys', of('keys')),
        await part('keyring', folder =>
          inTurn(Object.entries(wanted.secrets), ([name, text]) => writeText(text, name, folder)),
        ),
      ]
    })
  } finally {
    await sql.end({ timeout: 5 })
  }
}

async function writePart(
  folder: string,
  empty: Manifest,
  write: (folder: string) => Promise<FileInBackup[]>,
): Promise<Manifest> {
  await mkdir(folder, { mode: 0o700 })
  const made = { ...empty, files: await write(folder) }
  await writeText(`${JSON.stringify(made, null, 2)}\n`, manifestName, folder)
  return made
}

async function inTurn<T, R>(all: readonly T[], work: (one: T) => Promise<R>): Promise<R[]> {
  const done: R[] = []
  for (const one of all) done.push(await work(one))
  return done
}

/** How far the database's schema is: one of this program's own migrations, or it is none of ours. */
async function positionOf(tx: postgres.TransactionSql): Promise<Manifest['schema']> {
  const [table] = await tx`select to_regclass('drizzle.__drizzle_migrations') is not null as there`
  const [row] = table?.there
    ? await tx`select max(created_at)::text as at from drizzle.__drizzle_migrations`
    : []
  const entry = journal.entries.find(({ when }) => when === Number(row?.at))
  if (!entry)
    throw new BackupError(
      'This database was not made by this Gangway, or by a newer one. Back it up with that one.',
    )
  return { at: entry.when, name: entry.tag }
}
