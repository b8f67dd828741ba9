import { createCipheriv, createDecipheriv, type KeyObject, randomBytes } from 'node:crypto'

const algorithm = 'aes-256-gcm'
const nonceBytes = 12
const tagBytes = 16

/** What an encryption leaves: both parts in canonical base64url, `body` being ciphertext then tag. */
export type Boxed = { nonce: string; body: string }

/**
 * A sealed text or a wrapped key could not be made or opened. One class and one constant message whatever the reason, so that
 * nobody learns from the difference (`security.md` 7.4).
 */
export class SealError extends Error {
  constructor() {
    super('sealed value cannot be opened')
    this.name = 'SealError'
  }
}

/** Length-prefixed concatenation (4 bytes, big endian, before each part): joining by a delimiter would collide. */
export function lengthPrefixed(parts: readonly string[]): Buffer {
  const pieces = parts.flatMap(part => {
    const bytes = Buffer.from(part, 'utf8')
    const length = Buffer.alloc(4)
    length.writeUInt32BE(bytes.length)
    return [length, bytes]
  })
  return Buffer.concat(pieces)
}

/**
 * The bytes of a base64url text in its one canonical spelling; SealError otherwise. Node's decoder skips foreign characters
 * and ignores spare bits, so what it gives is encoded again and compared.
 */
export function canonicalBytes(text: string): Buffer {
  const bytes = Buffer.from(text, 'base64url')
  if (bytes.toString('base64url') !== text) throw new SealError()
  return bytes
}

/** AES-256-GCM under a fresh random nonce of 96 bits. `place` is authenticated, not stored. */
export function encrypt(key: KeyObject, place: Buffer, plain: Uint8Array): Boxed {
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv(algorithm, key, nonce, { authTagLength: tagBytes })
  cipher.setAAD(place)
  const body = Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()])
  return { nonce: nonce.toString('base64url'), body: body.toString('base64url') }
}

/** The plaintext, if key, place, nonce, ciphertext and tag are those of one encryption; SealError for any other reason. */
export function decrypt(key: KeyObject, place: Buffer, boxed: Boxed): Buffer {
  const nonce = canonicalBytes(boxed.nonce)
  const body = canonicalBytes(boxed.body)
  if (nonce.length !== nonceBytes || body.length < tagBytes) throw new SealError()
  const end = body.length - tagBytes
  try {
    // Without authTagLength Node takes a tag of 4 bytes, which can be guessed.
    const decipher = createDecipheriv(algorithm, key, nonce, { authTagLength: tagBytes })
    decipher.setAAD(place)
    decipher.setAuthTag(body.subarray(end))
    return Buffer.concat([decipher.update(body.subarray(0, end)), decipher.final()])
  } catch {
    throw new SealError()
  }
}
