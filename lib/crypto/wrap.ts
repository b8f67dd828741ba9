import { createHmac, createSecretKey, type KeyObject, randomBytes } from 'node:crypto'
import { decrypt, encrypt, lengthPrefixed, SealError } from './aead.ts'
import type { DataKey } from './seal.ts'

const version = 'kw1'
const provider = 'local'
const keyBytes = 32
const wrappedText = /^kw1\.local\.([a-z0-9][a-z0-9_-]{0,31})\.([\w-]{16})\.([\w-]{64})$/

/** A key of the keyring: it wraps data keys and nothing else. */
export type KeyringKey = { id: string; key: KeyObject }

/** Whose a data key is. It is authenticated with the wrapped key, which therefore opens for no other owner. */
export type WrapContext = { dataKeyId: string; workspaceId: string; ownerKind: string; ownerId: string }

const placeOf = (kekId: string, of: WrapContext): Buffer =>
  lengthPrefixed([version, kekId, of.dataKeyId, of.workspaceId, of.ownerKind, of.ownerId, 'purpose=dek'])

function wrap(kek: KeyringKey, of: WrapContext, bytes: Uint8Array): string {
  const { nonce, body } = encrypt(kek.key, placeOf(kek.id, of), bytes)
  return `${version}.${provider}.${kek.id}.${nonce}.${body}`
}

function unwrapBytes(kek: KeyringKey, of: WrapContext, wrapped: string): Buffer {
  const [, kekId, nonce, body] = wrappedText.exec(wrapped) ?? []
  if (kekId !== kek.id || nonce === undefined || body === undefined) throw new SealError()
  const bytes = decrypt(kek.key, placeOf(kek.id, of), { nonce, body })
  if (bytes.length !== keyBytes) throw new SealError()
  return bytes
}

/** A new random data key of 256 bits, wrapped as `kw1.local.<keyring key's id>.<nonce>.<ciphertext and tag>`. */
export function newWrappedKey(kek: KeyringKey, of: WrapContext): { dataKey: DataKey; wrapped: string } {
  const bytes = randomBytes(keyBytes)
  const wrapped = wrap(kek, of, bytes)
  const key = createSecretKey(bytes)
  bytes.fill(0)
  return { dataKey: { id: of.dataKeyId, key }, wrapped }
}

/** The data key inside a wrapped text; SealError when key, owner or text are not the ones it was wrapped with. */
export function unwrap(kek: KeyringKey, of: WrapContext, wrapped: string): DataKey {
  const bytes = unwrapBytes(kek, of, wrapped)
  const key = createSecretKey(bytes)
  bytes.fill(0)
  return { id: of.dataKeyId, key }
}

/** The same data key wrapped by another key of the keyring: what it sealed stays as it is. SealError as `unwrap`. */
export function rewrap(from: KeyringKey, to: KeyringKey, of: WrapContext, wrapped: string): string {
  const bytes = unwrapBytes(from, of, wrapped)
  try {
    return wrap(to, of, bytes)
  } finally {
    bytes.fill(0)
  }
}

/** What is kept of a keyring key to know it again, base64url: the HMAC-SHA-256 of a constant under it. It gives nothing away. */
export const keyCheckValue = (kek: KeyringKey): string =>
  createHmac('sha256', kek.key).update('gangway key-check value 1').digest('base64url')
