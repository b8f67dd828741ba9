import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { closeDatabase } from '../lib/db/client.ts'
import { generateKey } from '../lib/keys/generate.ts'
import { idsOf, type Keyring, parseKeyring } from '../lib/keys/keyring.ts'
import { KeyringError } from '../lib/keys/keyring-error.ts'
import { rotate } from '../lib/keys/rotate.ts'
import { keyStates } from '../lib/keys/status.ts'
import { verifyDataKeys } from '../lib/keys/verify.ts'
import { statusLines } from './keys-status.ts'
import { readOwnSettings } from './start/own-settings.ts'

const usage = `npm run keys -- <command>

  generate            print a new key; --write puts it into the keyring's file, in front of the others
  status              the keys, where each stands, and how many data keys it wraps
  rotate              wrap every data key anew by the primary (the first key), while Gangway runs; --fast does not pause
  verify              try to unwrap every data key; no secret is opened
`
const root = path.dirname(import.meta.dirname)
const say = (text: string) => process.stdout.write(`${text}\n`)
const note = (text: string) => process.stderr.write(`${text}\n`)
const some = (n: number, what: string) => `${n} ${what}${n === 1 ? '' : 's'}`

function presentKeyring(): { ring: Keyring | undefined; file: string | undefined } {
  const { GANGWAY_KEYS: text, GANGWAY_KEYS_FILE: file } = process.env
  if (text) return { ring: parseKeyring(text, 'GANGWAY_KEYS'), file: undefined }
  if (!file || !existsSync(file)) return { ring: undefined, file }
  return { ring: parseKeyring(readFileSync(file, 'utf8'), file), file }
}

function generate(write: boolean): number {
  const { ring, file } = presentKeyring()
  const entry = generateKey(ring ? idsOf(ring) : [])
  const id = entry.slice(0, entry.indexOf(':'))
  const next = ring
    ? `Restart Gangway, then "npm run keys -- rotate"; "${ring.primary.id}" stays behind it until that is done.`
    : 'Keep a copy of it apart from the database: without it nothing that is sealed can be opened.'
  if (!write) {
    say(entry)
    note(`Put it first into GANGWAY_KEYS or its file: the first key wraps what is new. ${next}`)
    return 0
  }
  if (!file)
    throw new KeyringError(
      '--write needs a keyring in a file: set GANGWAY_KEYS_FILE, or write GANGWAY_KEYS yourself.',
    )
  const before = existsSync(file) ? readFileSync(file, 'utf8').trim() : ''
  // A rename is whole or not at all: a keyring half written would lose every secret.
  writeFileSync(`${file}.new`, before === '' ? `${entry}\n` : `${entry},${before}\n`, {
    mode: 0o600,
    flag: 'wx',
  })
  renameSync(`${file}.new`, file)
  say(`"${id}" stands first in ${file} now. ${next}`)
  return 0
}

async function status(): Promise<number> {
  for (const line of statusLines(await keyStates())) say(line)
  return 0
}

async function rotateAll(fast: boolean): Promise<number> {
  const onProgress = (done: { rewrapped: number; left: number }) =>
    note(`${done.rewrapped} wrapped anew, ${done.left} left`)
  const end = await rotate({ ...(fast ? { pauseMs: 0 } : {}), onProgress })
  say(`${some(end.rewrapped, 'data key')} wrapped anew by ${end.primary}.`)
  if (end.retired.length > 0)
    say(
      `Retired: ${end.retired.join(', ')}. Take it out of the keyring and restart; keep it with old back-ups.`,
    )
  if (end.damaged.length > 0)
    say(`Not to be opened by their own key, left as they are: ${end.damaged.join(', ')}.`)
  return end.damaged.length > 0 ? 1 : 0
}

async function verify(): Promise<number> {
  const { opened, broken } = await verifyDataKeys()
  say(`${some(opened, 'data key')} can be unwrapped, ${broken.length} cannot.`)
  for (const { id, ownerKind, ownerId, kekId } of broken)
    say(`${id} of ${ownerKind} ${ownerId}, wrapped by ${kekId}`)
  return broken.length > 0 ? 1 : 0
}

const commands: Record<string, (options: { write: boolean; fast: boolean }) => number | Promise<number>> = {
  generate: ({ write }) => generate(write),
  status,
  rotate: ({ fast }) => rotateAll(fast),
  verify,
}

async function run(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { write: { type: 'boolean', default: false }, fast: { type: 'boolean', default: false } },
  })
  const [name = ''] = positionals
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (!command) {
    note(usage)
    return 64
  }
  await readOwnSettings(root)
  if (process.env.DATABASE_URL || name === 'generate') return command(values)
  note('Gangway does not run here, so its database cannot be asked. Run "npm start", or set DATABASE_URL.')
  return 1
}

try {
  process.exitCode = await run()
} catch (error) {
  // A failed query names its parameters in its message; its cause says what happened.
  const { cause = error } = error instanceof Error ? error : {}
  note(cause instanceof Error ? cause.message || cause.name : 'It failed.')
  process.exitCode = error instanceof KeyringError ? error.exitCode : 1
} finally {
  await closeDatabase()
}
