import { randomBytes, scryptSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { GangwayError } from '#lib/errors.ts'
import { hashPassword, needsRehash, verifyPassword } from './password.ts'
import { turns } from './turns.ts'

const b64 = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '')

/** A hash as another program, or an older cost, would have left it. */
function hashAt(password: string, ln: number, r: number, p: number): string {
  const salt = randomBytes(16)
  return `$scrypt$ln=${ln},r=${r},p=${p}$${b64(salt)}$${b64(scryptSync(password, salt, 32, { N: 2 ** ln, r, p }))}`
}

describe('a password', () => {
  it('is known again, and no other is', async () => {
    const stored = await hashPassword('four words that differ')
    expect(await verifyPassword('four words that differ', stored)).toBe(true)
    expect(await verifyPassword('four words that differ ', stored)).toBe(false)
    expect(await verifyPassword('Four words that differ', stored)).toBe(false)
  })

  it('is known again however the keyboard composes its accents', async () => {
    const stored = await hashPassword('caf\u00e9 au lait demain')
    expect(await verifyPassword('cafe\u0301 au lait demain', stored)).toBe(true)
  })

  it('longer than 1024 bytes is never anybody’s', async () => {
    expect(await verifyPassword('x'.repeat(1_000_000), await hashPassword('x'.repeat(1_000_000)))).toBe(false)
  })

  it('of an old or damaged hash is refused without an error', async () => {
    const stored = hashAt('four words that differ', 4, 8, 1)
    expect(await verifyPassword('four words that differ', stored)).toBe(true)
    const damaged = [
      '',
      'four words that differ',
      '$2b$10$x',
      `${stored}\n`,
      stored.replace('ln=4', 'ln=31'),
      stored.slice(0, -1),
    ]
    for (const text of damaged) expect(await verifyPassword('four words that differ', text)).toBe(false)
  })

  it('can be checked by another program: the hash is scrypt as the string says', async () => {
    const [, , , salt = '', hash = ''] = (await hashPassword('four words that differ')).split('$')
    const again = scryptSync('four words that differ', Buffer.from(salt, 'base64'), 32, {
      N: 2 ** 15,
      r: 8,
      p: 3,
      maxmem: 2 ** 26,
    })
    expect(b64(again)).toBe(hash)
  })
})

// Defence: `nobody` in password.ts: the work is done for people who do not exist as well.
describe('A-114 somebody who has no account', () => {
  it('costs what somebody with an account costs', async () => {
    const stored = await hashPassword('four words that differ')
    const timeOf = async (hash: string | null) => {
      const start = process.cpuUsage()
      expect(await verifyPassword('another wrong password', hash)).toBe(false)
      const { user, system } = process.cpuUsage(start)
      return user + system
    }
    const [known, unknown] = [await timeOf(stored), await timeOf(null)]
    expect(unknown).toBeGreaterThan(known * 0.5)
    expect(known).toBeGreaterThan(unknown * 0.5)
  })
})

describe('A-115 what the database holds of a password', () => {
  // Defence: `cost` in password.ts.
  it('is a scrypt hash of the configured cost with a salt of its own', async () => {
    const [one, two] = await Promise.all([
      hashPassword('four words that differ'),
      hashPassword('four words that differ'),
    ])
    expect(one).toMatch(/^\$scrypt\$ln=15,r=8,p=3\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/)
    expect(one).not.toBe(two)
    expect(needsRehash(one ?? '')).toBe(false)
  })

  // Defence: `needsRehash`.
  it('is made anew when it was made at another cost or cannot be read', () => {
    for (const [ln, r, p] of [
      [14, 8, 3],
      [10, 8, 1],
      [15, 8, 1],
    ] as const)
      expect(needsRehash(`$scrypt$ln=${ln},r=${r},p=${p}$${'a'.repeat(22)}$${'a'.repeat(43)}`)).toBe(true)
    expect(needsRehash('$2b$10$x')).toBe(true)
  })

  // Defence: `inTurn` in password.ts: without it scrypt takes every thread that timers' neighbours (files, DNS) need.
  it('is computed a few at a time, so that a rush does not stop the rest', async () => {
    let [running, most] = [0, 0]
    const inTurn = turns(3, 10)
    const work = async () => {
      most = Math.max(most, ++running)
      await new Promise(resolve => setTimeout(resolve, 2))
      running--
    }
    const asked = Array.from({ length: 20 }, () => inTurn(work))
    expect(asked.filter(turn => turn === undefined)).toHaveLength(20 - 13)
    await Promise.all(asked)
    expect(most).toBe(3)
    await inTurn(() => Promise.reject(new Error('fails')))?.catch(() => {})
    await inTurn(work)
    expect(running).toBe(0)
  })

  // Defence: `inTurn` in password.ts, and the most that may wait there.
  it('is refused, not queued without end, when hundreds ask at once', async () => {
    const cheap = hashAt('four words that differ', 4, 8, 1)
    const asked = await Promise.allSettled(Array.from({ length: 400 }, () => verifyPassword('wrong', cheap)))
    const refused = asked.filter(one => one.status === 'rejected')
    expect(refused.length).toBeGreaterThan(100)
    for (const { reason } of refused)
      expect(reason).toMatchObject({ code: 'unavailable', retryAfterSeconds: 10 })
    expect(refused[0]?.reason).toBeInstanceOf(GangwayError)
  })
})
