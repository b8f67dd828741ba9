import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { SealError } from './seal.ts'
import { bitFlips, disguises, someKeyringKey, someOwner } from './testing.ts'
import { newWrappedKey, rewrap, unwrap } from './wrap.ts'

describe('a wrapped data key', () => {
  it('comes back for its owner under its keyring key', () => {
    const [kek, owner] = [someKeyringKey(), someOwner()]
    const { dataKey, wrapped } = newWrappedKey(kek, owner)
    const back = unwrap(kek, owner, wrapped)
    expect(back.id).toBe(owner.dataKeyId)
    expect(back.key.equals(dataKey.key)).toBe(true)
    expect(wrapped).toMatch(/^kw1\.local\.k1\.[\w-]{16}\.[\w-]{64}$/)
  })

  it('is the same key after it was wrapped anew, and no longer opens by the old keyring key', () => {
    const [old, next, owner] = [someKeyringKey('k1'), someKeyringKey('k2'), someOwner()]
    const { dataKey, wrapped } = newWrappedKey(old, owner)
    const again = rewrap(old, next, owner, wrapped)
    expect(unwrap(next, owner, again).key.equals(dataKey.key)).toBe(true)
    expect(() => unwrap(old, owner, again)).toThrow(SealError)
  })
})

// Defence: `placeOf` in wrap.ts: the owner is authenticated with the wrapped key.
describe('A-096 a wrapped key copied to another owner stays shut', () => {
  const swaps = {
    'another connection': () => ({ ownerId: randomUUID() }),
    'another workspace': () => ({ workspaceId: randomUUID() }),
    'another kind of owner': () => ({ ownerKind: 'candidate_credential' }),
    'another data key': () => ({ dataKeyId: randomUUID() }),
  }
  it.each(Object.entries(swaps))('%s, 200 times', (_, moved) => {
    for (let i = 0; i < 200; i++) {
      const [kek, owner] = [someKeyringKey(), someOwner()]
      const { wrapped } = newWrappedKey(kek, owner)
      expect(() => unwrap(kek, { ...owner, ...moved() }, wrapped)).toThrow(SealError)
    }
  })
})

// Defence: `wrappedText` in wrap.ts, `canonicalBytes` in aead.ts, and the tag.
describe('A-097 a changed wrapped key stays shut', () => {
  const [kek, owner] = [someKeyringKey(), someOwner()]
  const { wrapped } = newWrappedKey(kek, owner)
  it.each([
    ['every single bit', bitFlips(wrapped)],
    ['blanks, padding and other signs', disguises(wrapped)],
    ['every shorter text', [...wrapped].map((_, length) => wrapped.slice(0, length))],
  ])('%s', (_, changed) => {
    expect(changed.length).toBeGreaterThan(50)
    for (const text of changed) expect(() => unwrap(kek, owner, text)).toThrow(SealError)
  })
})

// Defence: `wrappedText` in wrap.ts takes the whole length only: 32 bytes and a tag of 16.
describe('A-099 a wrapped key with a shortened tag stays shut', () => {
  it.each([4, 8, 12, 13, 14, 15])('%i bytes of 16', length => {
    const [kek, owner] = [someKeyringKey(), someOwner()]
    const parts = newWrappedKey(kek, owner).wrapped.split('.')
    parts[4] = Buffer.from(parts[4] ?? '', 'base64url')
      .subarray(0, 32 + length)
      .toString('base64url')
    expect(() => unwrap(kek, owner, parts.join('.'))).toThrow(SealError)
  })
})
