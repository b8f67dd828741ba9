import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { parseKeyring } from './keyring.ts'
import { KeyringError } from './keyring-error.ts'

const random = (bytes = 32) => randomBytes(bytes).toString('base64')

/** The message with which a keyring is refused; the exit code is checked on the way. */
function refusal(text: string): string {
  try {
    parseKeyring(text, 'GANGWAY_KEYS')
  } catch (error) {
    if (error instanceof KeyringError && error.exitCode === 78) return error.message
    throw error
  }
  throw new Error('the keyring was taken')
}

describe('a keyring', () => {
  it('has its first key as the primary and keeps the others', () => {
    const ring = parseKeyring(`k2:${random()},k1:${random()}`, 'GANGWAY_KEYS')
    expect(ring.primary.id).toBe('k2')
    expect([...ring.keys.keys()]).toEqual(['k2', 'k1'])
  })

  it('may stand in a file, a key a line, with blanks and an empty line at the end', () => {
    expect(parseKeyring(` k2: ${random()} \r\nk1:${random()},\n\n`, 'file').keys.size).toBe(2)
  })
})

// Defence: `parseEntry`, `bytesOf` and `parseKeyring` in keyring.ts; for the weak ones `weakness` in weak-key.ts.
describe('A-101 a keyring that cannot be meant is refused before anything starts', () => {
  const [key, other] = [random(), random()]
  const textual = Buffer.from('correct horse battery staple 123').toString('base64')
  it.each([
    ['no key', '', /holds no key/],
    ['only separators', ' , \n', /holds no key/],
    ['a key without an id', key, /entry 1 has no id/],
    ['an empty id', `:${key}`, /entry 1 has no id/],
    ['an id with a dot, which parts a wrapped key', `k.1:${key}`, /entry 1 has no id/],
    ['a second entry without an id', `k1:${key},${other}`, /entry 2 has no id/],
    ['16 bytes', `k1:${random(16)}`, /key "k1" has 16 bytes and must have 32/],
    ['31 bytes', `k1:${random(31)}`, /key "k1" has 31 bytes and must have 32/],
    ['33 bytes', `k1:${random(33)}`, /key "k1" has 33 bytes and must have 32/],
    ['no bytes', 'k1:', /key "k1" has 0 bytes/],
    ['not base64', `k1:${'!'.repeat(44)}`, /key "k1" is not base64/],
    ['base64 without its padding', `k1:${key.slice(0, -1)}`, /key "k1" is not base64/],
    ['hexadecimal', `k1:${randomBytes(32).toString('hex')}`, /key "k1" (is not base64|has 48 bytes)/],
    ['all zero', `k1:${Buffer.alloc(32).toString('base64')}`, /"k1" is weak: it repeats/],
    ['all the same', `k1:${Buffer.alloc(32, 0xa7).toString('base64')}`, /"k1" is weak: it repeats/],
    ['a repeated half', `k1:${Buffer.alloc(32, randomBytes(16)).toString('base64')}`, /weak: it repeats/],
    ['a repeated word', `k1:${Buffer.alloc(32, 'changeme').toString('base64')}`, /weak: it repeats/],
    [
      'counting up',
      `k1:${Buffer.from(Array.from({ length: 32 }, (_, i) => 240 + i)).toString('base64')}`,
      /it counts/,
    ],
    [
      'counting down',
      `k1:${Buffer.from(Array.from({ length: 32 }, (_, i) => 255 - 7 * i)).toString('base64')}`,
      /it counts/,
    ],
    ['a written text', `k1:${textual}`, /weak: it is written text/],
    ['a weak key behind a good one', `k2:${key},k1:${Buffer.alloc(32).toString('base64')}`, /"k1" is weak/],
    ['an id twice', `k1:${key},k1:${other}`, /"k1" stands there twice/],
    ['a key twice', `k2:${key},k1:${key}`, /"k2" and "k1" are the same key/],
  ])('%s', (_, text, message) => {
    const said = refusal(text)
    expect(said).toMatch(message)
    for (const secret of [key, other, textual]) expect(said).not.toContain(secret.slice(0, 12))
  })

  it('takes every random key', () => {
    for (let i = 0; i < 2000; i++) expect(parseKeyring(`k1:${random()}`, 'GANGWAY_KEYS').keys.size).toBe(1)
  })
})
