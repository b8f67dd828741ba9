import { createSecretKey } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { KeyringKey } from '#lib/crypto/wrap.ts'
import { env } from '#lib/env.ts'
import { KeyringError } from './keyring-error.ts'
import { weakness } from './weak-key.ts'

/** The keys that wrap data keys. New data keys are wrapped by `primary`; the others only open what is there. */
export type Keyring = { primary: KeyringKey; keys: ReadonlyMap<string, KeyringKey> }

/** The ids of a keyring's keys, the primary first. */
export const idsOf = (ring: Keyring): string[] => [...ring.keys.keys()]

const keyBytes = 32
const idForm = /^[a-z0-9][a-z0-9_-]{0,31}$/
const order = 'The first key is the primary: it wraps what is new, the others only open what is older.'
const form = `Write it as k2:<base64 of 32 bytes>,k1:<base64 of 32 bytes>. ${order}`
const remedy = '"npm run keys -- generate" makes a key.'

function bytesOf(id: string, base64: string, from: string): Buffer {
  const bytes = Buffer.from(base64, 'base64')
  if (bytes.toString('base64') !== base64)
    throw new KeyringError(`${from}: key "${id}" is not base64. ${form} ${remedy}`)
  if (bytes.length !== keyBytes)
    throw new KeyringError(
      `${from}: key "${id}" has ${bytes.length} bytes and must have ${keyBytes}. ${remedy}`,
    )
  const weak = weakness(bytes)
  if (weak) throw new KeyringError(`${from}: key "${id}" is weak: ${weak}. ${remedy}`)
  return bytes
}

function parseEntry(entry: string, position: number, from: string): { id: string; bytes: Buffer } {
  const colon = entry.indexOf(':')
  const id = entry.slice(0, Math.max(colon, 0)).trim()
  // The entry itself is never repeated: what stands where an id should be may be a key.
  if (!idForm.test(id))
    throw new KeyringError(`${from}: entry ${position} has no id such as "k1:" before its key. ${form}`)
  return { id, bytes: bytesOf(id, entry.slice(colon + 1).trim(), from) }
}

/**
 * Reads a keyring: entries `<id>:<base64 of 32 bytes>`, separated by commas or line ends, first = primary. `from` names the
 * variable or file in messages. KeyringError, which names what to do and never a key, when there is no key, an id or a key is
 * there twice, or a key is not base64, not 32 bytes, or weak.
 */
export function parseKeyring(text: string, from: string): Keyring {
  const entries = text.split(/[,\r\n]+/).filter(entry => entry.trim() !== '')
  const keys = new Map<string, KeyringKey>()
  for (const [index, entry] of entries.entries()) {
    const { id, bytes } = parseEntry(entry, index + 1, from)
    const key = createSecretKey(bytes)
    bytes.fill(0)
    if (keys.has(id))
      throw new KeyringError(`${from}: the id "${id}" stands there twice. Give each key an id of its own.`)
    const same = [...keys.values()].find(other => other.key.equals(key))
    if (same)
      throw new KeyringError(`${from}: "${same.id}" and "${id}" are the same key. Take one away. ${order}`)
    keys.set(id, { id, key })
  }
  const [primary] = keys.values()
  if (!primary) throw new KeyringError(`${from} holds no key. ${form} ${remedy}`)
  return { primary, keys }
}

function keyringText(): { text: string; from: string } {
  const { GANGWAY_KEYS, GANGWAY_KEYS_FILE } = env()
  if (GANGWAY_KEYS !== undefined) return { text: GANGWAY_KEYS, from: 'GANGWAY_KEYS' }
  if (GANGWAY_KEYS_FILE === undefined)
    throw new KeyringError(`There is no key: set GANGWAY_KEYS or GANGWAY_KEYS_FILE. ${form} ${remedy}`)
  const from = `GANGWAY_KEYS_FILE (${GANGWAY_KEYS_FILE})`
  try {
    return { text: readFileSync(GANGWAY_KEYS_FILE, 'utf8'), from }
  } catch {
    throw new KeyringError(`${from} cannot be read. Name a file that Gangway may read. ${form} ${remedy}`)
  }
}

let kept: Keyring | undefined

/** The process's keyring, from GANGWAY_KEYS or GANGWAY_KEYS_FILE, read once. KeyringError as `parseKeyring`. */
export function keyring(): Keyring {
  if (!kept) {
    const { text, from } = keyringText()
    kept = parseKeyring(text, from)
  }
  return kept
}
