import { eq } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import { Secret } from '#lib/crypto/secret.ts'
import { db, transaction } from '#lib/db/client.ts'
import { connections } from '#lib/db/schema/connections.ts'
import { dataKeys, kekRegistry } from '#lib/db/schema/keys.ts'
import { makeConnection, someColumn, someEntry, someKeyOwner, startedWith } from './testing.ts'

beforeEach(async () => {
  await db().delete(dataKeys)
  await db().delete(kekRegistry)
})

const refused = (message: RegExp) => ({
  name: 'KeyringError',
  exitCode: 78,
  message: expect.stringMatching(message),
})

const healthOf = async (id: string) => {
  const [row] = await db().select().from(connections).where(eq(connections.id, id))
  return { health: row?.health, reason: row?.healthReason, due: row?.nextCheckAt != null }
}

describe('a start with a keyring', () => {
  it('remembers each new key by its check value, not by the key', async () => {
    const [k2, k1] = [someEntry('k2'), someEntry('k1')]
    const { assertKeyring } = await startedWith(k2, k1)
    expect(await assertKeyring()).toEqual({
      primary: 'k2',
      registered: ['k2', 'k1'],
      missing: [],
      unreadable: 0,
    })
    expect((await assertKeyring()).registered).toEqual([])
    const kept = JSON.stringify(await db().select().from(kekRegistry))
    for (const entry of [k2, k1]) expect(kept).not.toContain(entry.slice(3, 20))
  })

  it('of two processes at once registers a key once', async () => {
    const { assertKeyring } = await startedWith(someEntry('k1'))
    await Promise.all(Array.from({ length: 5 }, () => assertKeyring()))
    expect(await db().select().from(kekRegistry)).toHaveLength(1)
  })

  it('may lack a key that nothing needs', async () => {
    const [k2, k1] = [someEntry('k2'), someEntry('k1')]
    await (await startedWith(k2, k1)).assertKeyring()
    expect((await (await startedWith(k2)).assertKeyring()).missing).toEqual([])
  })

  it('is refused when its primary was retired, and so is a new data key in a process that still runs', async () => {
    const k1 = someEntry('k1')
    const { assertKeyring, createDataKey } = await startedWith(k1)
    await assertKeyring()
    await db().update(kekRegistry).set({ retiredAt: new Date() })
    await expect(assertKeyring()).rejects.toMatchObject(refused(/primary key "k1" is retired/))
    await expect(transaction(tx => createDataKey(tx, someKeyOwner()))).rejects.toMatchObject(
      refused(/"k1" is retired/),
    )
  })
})

// Defence: the comparison of `keyCheckValue` in `assertKnownKeys`, check-at-start.ts.
describe('A-101 a wrong key is found by its check value before anything serves', () => {
  it('as the primary', async () => {
    await (await startedWith(someEntry('k1'))).assertKeyring()
    const { assertKeyring } = await startedWith(someEntry('k1'))
    await expect(assertKeyring()).rejects.toMatchObject(
      refused(/"k1" is not the one that this database knows/),
    )
  })

  it('behind a good primary, even with --degraded, and nothing is registered then', async () => {
    const k2 = someEntry('k2')
    await (await startedWith(k2, someEntry('k1'))).assertKeyring()
    const { assertKeyring } = await startedWith(someEntry('k3'), k2, someEntry('k1'))
    await expect(assertKeyring({ degraded: true })).rejects.toMatchObject(refused(/"k1" is not the one/))
    expect((await db().select().from(kekRegistry)).map(row => row.kekId).sort()).toEqual(['k1', 'k2'])
  })

  // Defence: `keyring` in keyring.ts: there is no way on without a key.
  it.each([
    ['no key at all', [], /There is no key: set GANGWAY_KEYS or GANGWAY_KEYS_FILE/],
    ['only a comma', [','], /GANGWAY_KEYS holds no key/],
    ['16 bytes', [`k1:${Buffer.alloc(16, 'ab').toString('base64')}`], /"k1" has 16 bytes/],
    ['all zero', [`k1:${Buffer.alloc(32).toString('base64')}`], /"k1" is weak/],
  ])('and %s is no start', async (_, entries, message) => {
    const { assertKeyring } = await startedWith(...entries)
    await expect(assertKeyring()).rejects.toMatchObject(refused(message))
  })
})

describe('A-102 a key taken away while data keys need it', () => {
  // Defence: `if (missing.length > 0 && !degraded) throw` in check-at-start.ts.
  it('is no start, and the message counts what needs it', async () => {
    const { assertKeyring, createDataKey } = await startedWith(someEntry('k1'))
    await assertKeyring()
    for (let i = 0; i < 3; i++) await transaction(tx => createDataKey(tx, someKeyOwner()))
    const later = await startedWith(someEntry('k2'))
    await expect(later.assertKeyring()).rejects.toMatchObject(refused(/"k1" \(3 data keys\).*--degraded/))
    expect((await db().select().from(kekRegistry)).map(row => row.kekId)).toEqual(['k1'])
  })

  // Defence: `markUnreadable`; and for the opening itself `if (!kek) throw new SealError()` in data-keys.ts.
  it('is a start with --degraded: those connections are marked, the others serve', async () => {
    const [k1, k2] = [someEntry('k1'), someEntry('k2')]
    const before = await startedWith(k1)
    await before.assertKeyring()
    const [lost, place] = [await makeConnection(), someColumn()]
    const sealed = await transaction(tx => before.sealFor(tx, lost, place, new Secret('a key')))

    const degraded = await startedWith(k2)
    const check = await degraded.assertKeyring({ degraded: true })
    expect(check).toMatchObject({ missing: [{ id: 'k1', dataKeys: 1 }], unreadable: 1 })
    expect(await healthOf(lost.id)).toMatchObject({ health: 'failing', reason: 'credential_unreadable' })
    await expect(degraded.openFor(db(), lost, place, sealed)).rejects.toMatchObject({ name: 'SealError' })

    const fine = await makeConnection()
    const another = await transaction(tx => degraded.sealFor(tx, fine, place, new Secret('another')))
    expect((await degraded.openFor(db(), fine, place, another)).reveal()).toBe('another')
    expect(await healthOf(fine.id)).toMatchObject({ health: 'healthy', reason: null })
    expect((await degraded.assertKeyring({ degraded: true })).unreadable).toBe(0)

    const healed = await startedWith(k2, k1)
    await healed.assertKeyring()
    expect((await healed.openFor(db(), lost, place, sealed)).reveal()).toBe('a key')
    expect(await healthOf(lost.id)).toMatchObject({ due: true })
  })
})
