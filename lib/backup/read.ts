import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import journal from '../../drizzle/meta/_journal.json' with { type: 'json' }
import {
  anyManifest,
  BackupError,
  type FileInBackup,
  formatVersion,
  type Manifest,
  manifest,
  manifestName,
  type PartName,
} from './format.ts'

/** A part that is there: its directory, and what it says of itself. */
export type Part = Manifest & { folder: string }
export type Backup = { database: Part; 'data-keys'?: Part; keyring?: Part }

const lost: Record<Exclude<PartName, 'database'>, string> = {
  'data-keys':
    'Without the data keys nothing that was sealed can ever be opened: everything else comes back, and every connection needs a new key.',
  keyring:
    'Without the keyring the data keys stay shut, unless you have it elsewhere: set GANGWAY_KEYS or GANGWAY_KEYS_FILE to it.',
}

/**
 * Reads a backup from its directory and looks at every file of it before anything is done: complete, undamaged, of one moment, not newer than this
 * program. Parts in `without` are left aside. BackupError, with what is lost, where one is missing and not in `without`.
 */
export async function readBackup(directory: string, without: readonly PartName[]): Promise<Backup> {
  const read = async (name: PartName) => {
    if (without.includes(name)) return undefined
    const part = await readPart(directory, name)
    if (!part && name !== 'database')
      throw new BackupError(
        `The part ${path.join(directory, name)} is missing. ${lost[name]} To go on without it, add --without-${name}.`,
      )
    return part
  }
  const database = await read('database')
  if (!database)
    throw new BackupError(
      `There is no backup in ${directory}: it has no ${path.join('database', manifestName)}. Name the directory that "npm run backup" made.`,
    )
  const [dataKeys, keyring] = [await read('data-keys'), await read('keyring')]
  for (const part of [dataKeys, keyring]) {
    if (part && part.backup !== database.backup)
      throw new BackupError(
        `The parts in ${directory} are of different backups: ${database.madeAt} and, under ${part.part}, ${part.madeAt}. Put those of one backup together.`,
      )
  }
  for (const part of [database, dataKeys, keyring]) if (part) await verifyFiles(part)
  return { database, ...(dataKeys ? { 'data-keys': dataKeys } : {}), ...(keyring ? { keyring } : {}) }
}

async function readPart(directory: string, name: PartName): Promise<Part | undefined> {
  const folder = path.join(directory, name)
  const file = path.join(folder, manifestName)
  const text = await readFile(file, 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  const json = parseJson(text, file)
  const { data } = anyManifest.safeParse(json)
  if (data && data.format > formatVersion)
    throw new BackupError(
      `${file} has format ${data.format}, and this program knows formats up to ${formatVersion}. Restore it with a newer Gangway.`,
    )
  const parsed = manifest.safeParse(json)
  if (!parsed.success || parsed.data.part !== name)
    throw new BackupError(`${file} is damaged: it is not as "npm run backup" writes it.`)
  assertKnownSchema(parsed.data)
  return { ...parsed.data, folder }
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new BackupError(`${file} is damaged: it is not as "npm run backup" writes it.`)
  }
}

function assertKnownSchema({ schema, gangway }: Manifest): void {
  if (journal.entries.some(({ when, tag }) => when === schema.at && tag === schema.name)) return
  throw new BackupError(
    `The backup was made by Gangway ${gangway} with the schema ${schema.name}, which this program does not know. Restore it with that Gangway or a newer one.`,
  )
}

async function verifyFiles({ folder, files }: Part): Promise<void> {
  for (const file of files) {
    const place = path.join(folder, file.name)
    const found = await stat(place).catch(() => undefined)
    if (!found) throw new BackupError(`${place} is missing: the backup is not whole.`)
    if (found.size !== file.bytes || (await hashOf(place)) !== file.sha256)
      throw new BackupError(
        `${place} is damaged: it is not what was written. Take another copy of the backup.`,
      )
  }
}

async function hashOf(place: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(place), hash)
  return hash.digest('hex')
}

/** The tables of a part, with the files that hold them. */
export const tablesOf = (part: Part | undefined): (FileInBackup & { path: string })[] =>
  (part?.files ?? []).map(file => ({ ...file, path: path.join(part?.folder ?? '', file.name) }))

/** The text of a part's file; undefined where it has none of that name. */
export async function textOf(part: Part | undefined, name: string): Promise<string | undefined> {
  if (!part?.files.some(file => file.name === name)) return undefined
  return readFile(path.join(part.folder, name), 'utf8')
}
