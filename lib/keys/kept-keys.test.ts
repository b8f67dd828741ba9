import { inspect } from 'node:util'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { someDataKey } from '#lib/crypto/testing.ts'
import { forgetKey, keepKey, keptKey } from './kept-keys.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] })
})
afterEach(() => {
  vi.useRealTimers()
})

describe('an unwrapped data key', () => {
  it('is kept for five minutes and not longer', () => {
    const key = someDataKey()
    keepKey('proof', key)
    vi.setSystemTime(Date.now() + 299_000)
    expect(keptKey(key.id, 'proof')).toBe(key)
    vi.setSystemTime(Date.now() + 2_000)
    expect(keptKey(key.id, 'proof')).toBeUndefined()
  })

  it('is dropped at once when its row is not what it was, and stays dropped', () => {
    const key = someDataKey()
    keepKey('proof', key)
    expect(keptKey(key.id, 'another')).toBeUndefined()
    expect(keptKey(key.id, 'proof')).toBeUndefined()
  })

  it('is forgotten when told', () => {
    const key = someDataKey()
    keepKey('proof', key)
    forgetKey(key.id)
    expect(keptKey(key.id, 'proof')).toBeUndefined()
  })

  it('gives way when a thousand newer ones came, unless it was used', () => {
    const [idle, used] = [someDataKey(), someDataKey()]
    keepKey('proof', idle)
    keepKey('proof', used)
    for (let i = 0; i < 999; i++) {
      keepKey('proof', someDataKey())
      expect(keptKey(used.id, 'proof')).toBe(used)
    }
    expect(keptKey(idle.id, 'proof')).toBeUndefined()
  })

  it('shows nothing of itself when it is printed or serialised', () => {
    const key = someDataKey()
    const bytes = key.key.export()
    for (const text of [JSON.stringify(key), String(key.key), inspect(key, { showHidden: true })]) {
      expect(text).not.toContain(bytes.toString('hex').slice(0, 16))
      expect(text).not.toContain(bytes.toString('base64').slice(0, 16))
      expect(text).not.toContain([...bytes.subarray(0, 6)].join(','))
    }
  })
})
