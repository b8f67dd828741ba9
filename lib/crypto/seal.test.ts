import { randomBytes, randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { open, SealError, seal } from './seal.ts'
import { Secret } from './secret.ts'
import { bitFlips, disguises, someDataKey, somePlace } from './testing.ts'

const wellFormed = fc.string({ unit: 'binary', maxLength: 300 })

describe('a sealed secret', () => {
  it('comes back as it was, at its place and under its key', () => {
    fc.assert(
      fc.property(wellFormed, text => {
        const [dataKey, place] = [someDataKey(), somePlace()]
        expect(open(place, dataKey, seal(place, dataKey, new Secret(text))).reveal()).toBe(text)
      }),
      { numRuns: 500 },
    )
  })

  it('has the form that the column checks, and does not show what it holds', () => {
    const dataKey = someDataKey()
    const sealed = seal(somePlace(), dataKey, new Secret('CNRY-visible'))
    expect(sealed).toMatch(
      new RegExp(`^cv1\\.aes256gcm\\.${dataKey.id}\\.[A-Za-z0-9_-]{16}\\.[A-Za-z0-9_-]{38}$`),
    )
    expect(Buffer.from(sealed.split('.').at(-1) ?? '', 'base64url').toString('latin1')).not.toContain('CNRY')
  })

  it('looks different each time, so that equal keys cannot be seen', () => {
    const [dataKey, place] = [someDataKey(), somePlace()]
    expect(seal(place, dataKey, new Secret('same'))).not.toBe(seal(place, dataKey, new Secret('same')))
  })

  it('is not made of half a character, which would come back as another', () => {
    expect(() => seal(somePlace(), someDataKey(), new Secret('\ud800'))).toThrow(SealError)
  })

  it('does not open under another data key, with the same id or with its own', () => {
    const [dataKey, place] = [someDataKey(), somePlace()]
    const sealed = seal(place, dataKey, new Secret('key'))
    expect(() => open(place, someDataKey(), sealed)).toThrow(SealError)
    expect(() => open(place, { ...someDataKey(), id: dataKey.id }, sealed)).toThrow(SealError)
  })
})

// Defence: `cipher.setAAD(place)` and `decipher.setAAD(place)` in aead.ts, over each part that `placeOf` in seal.ts lists. The
// data key is the same on purpose, so that nothing else can refuse.
describe('A-096 a ciphertext copied to another place stays shut', () => {
  const swaps = {
    'another row of the workspace': () => ({ rowId: randomUUID() }),
    'another workspace': () => ({ workspaceId: randomUUID() }),
    'another column': () => ({ column: 'refresh_token' }),
    'another table': () => ({ table: 'candidate_credentials' }),
    'an older generation of the row': () => ({ generation: 1 }),
  }
  it.each(Object.entries(swaps))('%s, 200 times', (_, moved) => {
    for (let i = 0; i < 200; i++) {
      const [dataKey, place] = [someDataKey(), somePlace()]
      const sealed = seal(place, dataKey, new Secret(`key ${i}`))
      expect(() => open({ ...place, ...moved() }, dataKey, sealed)).toThrow(SealError)
    }
  })

  // Defence: the 4 bytes of length before each part, `lengthPrefixed` in aead.ts.
  it('and parts that join to the same text are not the same place', () => {
    const [dataKey, place] = [someDataKey(), somePlace()]
    const sealed = seal({ ...place, table: 'a.b', column: 'c' }, dataKey, new Secret('key'))
    expect(() => open({ ...place, table: 'a', column: 'b.c' }, dataKey, sealed)).toThrow(SealError)
    const joined = seal({ ...place, table: 'ab', column: 'c' }, dataKey, new Secret('key'))
    expect(() => open({ ...place, table: 'a', column: 'bc' }, dataKey, joined)).toThrow(SealError)
  })
})

// Defence: the comparison in `canonicalBytes`, aead.ts (spare bits, padding), `sealedText` in seal.ts (the parts), and the tag.
describe('A-097 a changed ciphertext stays shut, with one error and one message', () => {
  const [dataKey, place] = [someDataKey(), somePlace()]
  // 36 + 16 bytes leave spare bits in the last character of base64url: a lenient decoder takes those flips.
  const sealed = seal(place, dataKey, new Secret(`CNRY${randomUUID().slice(0, 32)}`))

  it.each([
    ['every single bit', bitFlips(sealed)],
    ['blanks, padding and other signs', disguises(sealed)],
    ['every shorter text', [...sealed].map((_, length) => sealed.slice(0, length))],
    ['letter case', [sealed.toUpperCase(), sealed.replace('cv1', 'CV1'), sealed.replace('aes', 'AES')]],
  ])('%s', (_, changed) => {
    const answers = changed
      .filter(text => text !== sealed)
      .map(text => {
        try {
          return `opened: ${text} ${open(place, dataKey, text).reveal()}`
        } catch (error) {
          return String(error)
        }
      })
    expect(answers.length).toBeGreaterThan(2)
    expect([...new Set(answers)]).toEqual(['SealError: sealed value cannot be opened'])
  })
})

// Defence: `authTagLength` at `createDecipheriv` and `body.length < tagBytes`, aead.ts. Either is enough; with both taken out, an
// empty secret with 4 bytes of its tag opens.
describe('A-099 a shortened tag stays shut', () => {
  it.each([0, 4, 8, 12, 13, 14, 15])('%i bytes of 16', length => {
    const [dataKey, place] = [someDataKey(), somePlace()]
    for (const text of ['', 'a key']) {
      const parts = seal(place, dataKey, new Secret(text)).split('.')
      const whole = Buffer.from(parts[4] ?? '', 'base64url')
      parts[4] = whole.subarray(0, whole.length - 16 + length).toString('base64url')
      expect(() => open(place, dataKey, parts.join('.'))).toThrow(SealError)
    }
  })
})

// Defence: `sealedText` in seal.ts: there is one version and one suite, and nothing is read that does not begin with them.
describe('A-100 a ciphertext replaced by something weaker is refused', () => {
  const [dataKey, place] = [someDataKey(), somePlace()]
  const sealed = seal(place, dataKey, new Secret('key'))
  it.each([
    ['the plain key', 'wk_live_0123456789'],
    ['plain JSON', '{"api_key":"wk_live_0123456789"}'],
    ['an empty text', ''],
    ['an older version', sealed.replace('cv1', 'cv0')],
    ['a newer version', sealed.replace('cv1', 'cv2')],
    ['an unknown suite', sealed.replace('aes256gcm', 'xchacha20poly1305')],
    ['a suite that does nothing', sealed.replace('aes256gcm', 'none')],
    ['an unknown data key', sealed.replace(dataKey.id, randomUUID())],
    ['a plain text in the form', `cv1.none.${dataKey.id}..${Buffer.from('key').toString('base64url')}`],
    ['nothing encrypted', `cv1.aes256gcm.${dataKey.id}.${randomBytes(12).toString('base64url')}.`],
  ])('%s', (_, text) => {
    expect(() => open(place, dataKey, text)).toThrow(SealError)
  })
})
