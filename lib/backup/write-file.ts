import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import path from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import type postgres from 'postgres'
import type { FileInBackup, TableInBackup } from './format.ts'
import { columnsOf, nameOf } from './tables.ts'

const block = 64 * 1024
const lineEnd = 0x0a

/** Writes a table's rows into a file of the folder, row by row: what is in memory at a time does not grow with the table. */
export async function writeTable(
  tx: postgres.TransactionSql,
  table: Omit<TableInBackup, 'rows'>,
  folder: string,
): Promise<FileInBackup> {
  let rows = 0
  const source = await tx
    .unsafe(`copy (select ${columnsOf(table)} from ${nameOf(table)}${ownRows(table)}) to stdout`)
    .readable()
  // One chunk a row would cost more than the rows do.
  async function* inBlocks() {
    let waiting: Buffer[] = []
    let size = 0
    for await (const chunk of source.iterator({ destroyOnReturn: false })) {
      rows += countLines(chunk)
      waiting.push(chunk)
      size += chunk.length
      if (size < block) continue
      yield Buffer.concat(waiting)
      waiting = []
      size = 0
    }
    yield Buffer.concat(waiting)
  }
  const name = `${table.schema}.${table.name}.gz`
  try {
    const written = await writeStream(Readable.from(inBlocks()), path.join(folder, name), true)
    // The driver lets its socket rest when a buffer is full, and nobody wakes it when those were the last rows.
    source._read(0)
    return { name, ...written, table: { ...table, rows } }
  } catch (error) {
    // The rows that still come have to go somewhere: the driver could not end the transaction behind them.
    source.resume()
    throw error
  }
}

// The keys of what is left out would be keys to nothing.
const ownRows = ({ schema, name }: { schema: string; name: string }): string =>
  `${schema}.${name}` === 'keys.data_keys' ? ` where owner_kind <> 'candidate_credential'` : ''

/** Writes a short text into a file of the folder. */
export async function writeText(text: string, name: string, folder: string): Promise<FileInBackup> {
  return { name, ...(await writeStream(Readable.from([Buffer.from(text)]), path.join(folder, name), false)) }
}

async function writeStream(
  source: Readable,
  file: string,
  compress: boolean,
): Promise<Pick<FileInBackup, 'bytes' | 'sha256'>> {
  const hash = createHash('sha256')
  let bytes = 0
  async function* counted(chunks: AsyncIterable<Buffer>) {
    for await (const chunk of chunks) {
      hash.update(chunk)
      bytes += chunk.length
      yield chunk
    }
  }
  const target = createWriteStream(file, { mode: 0o600, flags: 'wx', flush: true })
  if (compress) await pipeline(source, createGzip({ level: 4 }), counted, target)
  else await pipeline(source, counted, target)
  return { bytes, sha256: hash.digest('hex') }
}

// COPY's text form writes a line end inside a value as two characters: each that is there ends a row.
function countLines(chunk: Buffer): number {
  let count = 0
  for (let at = chunk.indexOf(lineEnd); at !== -1; at = chunk.indexOf(lineEnd, at + 1)) count++
  return count
}
