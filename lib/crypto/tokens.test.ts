import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { deriveKey, fingerprint, hashToken, looksLikeToken, newSecret, newToken, sameText } from './tokens.ts'

describe('a token', () => {
  it('has 256 random bits, what it is for in front and a checksum at its end', () => {
    const token = newToken('gws')
    expect(token).toMatch(/^gws_[A-Za-z0-9_-]{43}_[0-9a-f]{6}$/)
    expect(looksLikeToken('gws', token)).toBe(true)
    expect(looksLikeToken('gwi', token)).toBe(false)
  })

  it('that was mistyped anywhere is known as such without asking the database', () => {
    const token = newToken('gwr')
    for (let at = 0; at < token.length; at++) {
      const mistyped = token.slice(0, at) + (token[at] === 'a' ? 'b' : 'a') + token.slice(at + 1)
      expect(looksLikeToken('gwr', mistyped)).toBe(false)
    }
    for (const text of ['', 'gwr', `${token}\n`, ` ${token}`, token.slice(1), token.slice(0, -1)])
      expect(looksLikeToken('gwr', text)).toBe(false)
  })

  it('is stored as its SHA-256', () => {
    const token = newToken('gwi')
    expect(hashToken(token)).toBe(createHash('sha256').update(token).digest('base64url'))
  })

  it('equals itself and nothing else, whatever the lengths', () => {
    expect(sameText('abc', 'abc')).toBe(true)
    for (const other of ['abd', 'ab', 'abcd', '', 'ABC']) expect(sameText('abc', other)).toBe(false)
  })
})

// Defence: `randomBytes(secretBytes)` in tokens.ts.
describe('A-002 ten thousand secrets', () => {
  it('are 256 bits each, all different, and every bit is as often set as not', () => {
    const secrets = Array.from({ length: 10_000 }, newSecret)
    expect(new Set(secrets).size).toBe(10_000)
    const bytes = secrets.map(secret => Buffer.from(secret, 'base64url'))
    expect(new Set(bytes.map(one => one.length))).toEqual(new Set([32]))
    for (let bit = 0; bit < 256; bit++) {
      const set = bytes.filter(one => ((one[bit >> 3] ?? 0) >> (bit & 7)) & 1).length
      // Eight standard deviations: a fair bit is outside once in 10^15.
      expect(Math.abs(set - 5000)).toBeLessThan(400)
    }
  })
})

describe('a derived key', () => {
  it('is of one purpose: another purpose or master gives another', () => {
    const master = Buffer.alloc(32, 7)
    const key = deriveKey(master, 'gangway/fingerprint/v1')
    expect(key).toHaveLength(32)
    expect(key.equals(deriveKey(master, 'gangway/fingerprint/v1'))).toBe(true)
    expect(key.equals(deriveKey(master, 'gangway/form-token/v1'))).toBe(false)
    expect(key.equals(deriveKey(Buffer.alloc(32, 8), 'gangway/fingerprint/v1'))).toBe(false)
  })

  it('makes fingerprints that are equal for equal secrets only', () => {
    const key = deriveKey(Buffer.alloc(32, 7), 'gangway/fingerprint/v1')
    expect(fingerprint(key, 'one')).toBe(fingerprint(key, 'one'))
    expect(fingerprint(key, 'one')).not.toBe(fingerprint(key, 'two'))
  })
})
