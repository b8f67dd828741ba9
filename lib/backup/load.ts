import { createReadStream } from 'node:fs'
import { pipeline, type Writable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import type postgres from 'postgres'
import { BackupError, type FileInBackup, type TableInBackup } from './format.ts'
import { columnsOf, nameOf, tablesToKeep } from './tables.ts'

type TableFile = FileInBackup & { path: string }

/**
 * Loads tables from their files, all in the transaction it is given. Foreign keys are taken away meanwhile and put back at the end, which looks at
 * every row once: so the order of the tables does not matter. BackupError where a file is not of this schema or has other rows than it says.
 */
export async function loadTables(tx: postgres.TransactionSql, files: readonly TableFile[]): Promise<void> {
  await tx`select set_config('statement_timeout', '0', true), set_config('idle_in_transaction_session_timeout', '0', true)`
  const known = await tablesToKeep(tx)
  const back = await takeForeignKeysAway(tx)
  for (const file of files) {
    const { table } = file
    if (!table) continue
    const here = known.find(({ schema, name }) => schema === table.schema && name === table.name)
    if (!here || table.columns.some(column => !here.columns.includes(column)))
      throw new BackupError(`${file.path} is of a table that this schema does not have.`)
    const rows = await load(tx, file, table)
    if (rows !== table.rows)
      throw new BackupError(`${file.path} has ${rows} rows, and its manifest says ${table.rows}.`)
  }
  for (const statement of back) await tx.unsafe(statement)
}

async function load(tx: postgres.TransactionSql, file: TableFile, table: TableInBackup): Promise<number> {
  const statement = `copy ${nameOf(table)} (${columnsOf(table)}) from stdin`
  const rows = pipeline(createReadStream(file.path), createGunzip(), () => {}) // what goes wrong is thrown where it is read
  await send(rows, await tx.unsafe(statement).writable())
  // Refused rows are told by this query: the driver forgets an error that comes after the last row.
  const [row] = await tx.unsafe(`select count(*)::int as n from ${nameOf(table)}`).catch(cause => {
    throw new BackupError(`PostgreSQL does not take the rows of ${file.path}. Its log says why.`, { cause })
  })
  return Number(row?.n)
}

async function send(chunks: AsyncIterable<Buffer>, into: Writable): Promise<void> {
  let refused: Error | undefined
  into.on('error', error => {
    refused = error
  })
  try {
    for await (const chunk of chunks)
      await new Promise<void>((resolve, reject) => {
        into.write(chunk, error => (error ? reject(error) : resolve()))
      })
  } catch (error) {
    into.destroy()
    throw refused ?? error
  }
  into.end()
}

/** Drops the foreign keys and gives the statements that make them anew. */
async function takeForeignKeysAway(tx: postgres.TransactionSql): Promise<string[]> {
  const keys = await tx`
    select format('alter table %s drop constraint %I', k.conrelid::regclass, k.conname) as away,
      format('alter table %s add constraint %I %s', k.conrelid::regclass, k.conname, pg_get_constraintdef(k.oid)) as back
    from pg_constraint k join pg_namespace n on n.oid = k.connamespace
    where k.contype = 'f' and n.nspname in ('public', 'keys') order by k.conname`
  for (const { away } of keys) await tx.unsafe(String(away))
  return keys.map(({ back }) => String(back))
}
