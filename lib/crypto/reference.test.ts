import { createHmac, createSecretKey, hkdfSync, randomBytes, randomInt, randomUUID } from 'node:crypto'
import { gcm } from '@noble/ciphers/aes.js'
import { describe, expect, it } from 'vitest'
import { open, type SealContext, seal } from './seal.ts'
import { Secret } from './secret.ts'
import { somePlace } from './testing.ts'
import { deriveKey } from './tokens.ts'

// The format once more, written from its description alone, over an independent library (for tests only).
type Case = { bytes: Buffer; id: string; place: SealContext; nonce: Uint8Array; boxed: Uint8Array }

function placeBytes({ id, place }: Pick<Case, 'id' | 'place'>): Uint8Array {
  const { workspaceId, table, column, rowId, generation } = place
  const parts = ['gangway', 'cv1', 'aes256gcm', id, workspaceId, table, column, rowId, `${generation}`]
  const encoded = parts.map(part => new TextEncoder().encode(part))
  const whole = new Uint8Array(encoded.reduce((sum, part) => sum + 4 + part.length, 0))
  let at = 0
  for (const part of encoded) {
    new DataView(whole.buffer).setUint32(at, part.length)
    whole.set(part, at + 4)
    at += 4 + part.length
  }
  return whole
}

const textOf = (one: Case): string =>
  `cv1.aes256gcm.${one.id}.${Buffer.from(one.nonce).toString('base64url')}.${Buffer.from(one.boxed).toString('base64url')}`

function openByReference(one: Case): string | null {
  try {
    return new TextDecoder().decode(gcm(one.bytes, one.nonce, placeBytes(one)).decrypt(one.boxed))
  } catch {
    return null
  }
}

function openByOurs(one: Case): string | null {
  try {
    return open(one.place, { id: one.id, key: createSecretKey(one.bytes) }, textOf(one)).reveal()
  } catch {
    return null
  }
}

function sealedByReference(text: string): Case {
  const made = { bytes: randomBytes(32), id: randomUUID(), place: somePlace(), nonce: randomBytes(12) }
  return {
    ...made,
    boxed: gcm(made.bytes, made.nonce, placeBytes(made)).encrypt(new TextEncoder().encode(text)),
  }
}

function sealedByOurs(text: string): Case {
  const made = { bytes: randomBytes(32), id: randomUUID(), place: somePlace() }
  const sealed = seal(made.place, { id: made.id, key: createSecretKey(made.bytes) }, new Secret(text))
  const [nonce = '', boxed = ''] = sealed.split('.').slice(3)
  return { ...made, nonce: Buffer.from(nonce, 'base64url'), boxed: Buffer.from(boxed, 'base64url') }
}

function flipped(bytes: Uint8Array): Uint8Array {
  const changed = Uint8Array.from(bytes)
  const at = randomInt(bytes.length)
  changed[at] = (changed[at] ?? 0) ^ (1 << randomInt(8))
  return changed
}

const damages: ((one: Case) => Case)[] = [
  one => ({ ...one, boxed: flipped(one.boxed) }),
  one => ({ ...one, nonce: flipped(one.nonce) }),
  one => ({ ...one, bytes: Buffer.from(flipped(one.bytes)) }),
  one => ({ ...one, boxed: one.boxed.subarray(0, randomInt(one.boxed.length)) }),
  one => ({ ...one, boxed: Buffer.concat([one.boxed, randomBytes(1)]) }),
  one => ({ ...one, nonce: one.nonce.subarray(0, 8) }),
  one => ({ ...one, id: randomUUID() }),
  one => ({ ...one, place: { ...one.place, generation: one.place.generation + 1 } }),
  one => ({ ...one, place: { ...one.place, table: `${one.place.table}s` } }),
]

// Defence: `encrypt` and `decrypt` in aead.ts are AES-256-GCM and nothing of our own.
describe('A-104 the format, against an independent library', () => {
  it('agrees on 10,000 random and damaged cases', () => {
    let [opened, refused] = [0, 0]
    for (let i = 0; i < 10_000; i++) {
      const text = randomBytes(randomInt(120)).toString('base64')
      const sealed = i % 2 === 0 ? sealedByOurs(text) : sealedByReference(text)
      const one = i % 4 < 2 ? sealed : (damages[(i >> 2) % damages.length] ?? (same => same))(sealed)
      const [theirs, ours] = [openByReference(one), openByOurs(one)]
      expect(ours).toBe(theirs)
      if (one === sealed) expect(ours).toBe(text)
      if (ours === null) refused++
      else opened++
    }
    expect([opened, refused]).toEqual([5000, 5000])
  })

  // Defence: `randomBytes(nonceBytes)` in aead.ts.
  it('never uses a nonce twice in a quarter of a million', { timeout: 60_000 }, () => {
    const dataKey = { id: randomUUID(), key: createSecretKey(randomBytes(32)) }
    const [place, secret] = [somePlace(), new Secret('')]
    const from = 'cv1.aes256gcm.'.length + 36 + 1
    // 64 of the 96 bits: 32 random ones would show here in 999 runs of 1,000, and chance alone in one of 600 million.
    const seen = new BigUint64Array(250_000)
    for (let i = 0; i < seen.length; i++)
      seen[i] = Buffer.from(
        seal(place, dataKey, secret).slice(from, from + 11),
        'base64url',
      ).readBigUInt64BE()
    seen.sort()
    expect(seen.findIndex((one, i) => i > 0 && one === seen[i - 1])).toBe(-1)
  })
})

// RFC 5869, section 2, by HMAC alone.
function hkdf(master: Uint8Array, salt: Uint8Array, info: Uint8Array, length: number): Buffer {
  const prk = createHmac('sha256', salt.length > 0 ? salt : Buffer.alloc(32))
    .update(master)
    .digest()
  let [block, out] = [Buffer.alloc(0), Buffer.alloc(0)]
  for (let n = 1; out.length < length; n++) {
    block = createHmac('sha256', prk).update(block).update(info).update(Uint8Array.of(n)).digest()
    out = Buffer.concat([out, block])
  }
  return out.subarray(0, length)
}

const counting = (from: number, to: number) => Uint8Array.from({ length: to - from }, (_, i) => from + i)

describe('A-104 keys derived by HKDF', () => {
  // RFC 5869, appendix A, test cases 1 to 3.
  it.each([
    [
      new Uint8Array(22).fill(0x0b),
      counting(0x00, 0x0d),
      counting(0xf0, 0xfa),
      '3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865',
    ],
    [
      counting(0x00, 0x50),
      counting(0x60, 0xb0),
      counting(0xb0, 0x100),
      'b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c59045a99cac7827271cb41c65e590e09da3275600c2f09b8367793a9aca3db71cc30c58179ec3e87c14c01d5c1f3434f1d87',
    ],
    [
      new Uint8Array(22).fill(0x0b),
      new Uint8Array(),
      new Uint8Array(),
      '8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8',
    ],
  ])('are those of RFC 5869 (%#)', (master, salt, info, okm) => {
    expect(hkdf(master, salt, info, okm.length / 2).toString('hex')).toBe(okm)
    expect(Buffer.from(hkdfSync('sha256', master, salt, info, okm.length / 2)).toString('hex')).toBe(okm)
  })

  it('are the reference’s for our purposes', () => {
    for (let i = 0; i < 100; i++) {
      const master = randomBytes(32)
      const info = Buffer.from('gangway/fingerprint/v1')
      expect(deriveKey(master, 'gangway/fingerprint/v1')).toEqual(hkdf(master, Buffer.alloc(0), info, 32))
    }
  })
})
