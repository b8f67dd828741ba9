import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { count, eq } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import { Secret } from '#lib/crypto/secret.ts'
import { db, transaction } from '#lib/db/client.ts'
import { dataKeys, kekRegistry } from '#lib/db/schema/keys.ts'
import { someColumn, someEntry, someKeyOwner, startedWith } from './testing.ts'
import { keepForLoad, type Served } from './testing-load.ts'

beforeEach(async () => {
  await db().delete(dataKeys)
  await db().delete(kekRegistry)
})

type Started = Awaited<ReturnType<typeof startedWith>>

async function sealSome(of: Started, howMany: number) {
  const kept = Array.from({ length: howMany }, (_, i) => ({
    owner: someKeyOwner(),
    place: someColumn(),
    text: `key ${i}`,
  }))
  return transaction(async tx => {
    const sealed: ((typeof kept)[number] & { sealed: string })[] = []
    for (const one of kept)
      sealed.push({ ...one, sealed: await of.sealFor(tx, one.owner, one.place, new Secret(one.text)) })
    return sealed
  })
}

async function expectAllOpen(of: Started, kept: Awaited<ReturnType<typeof sealSome>>) {
  for (const { owner, place, sealed, text } of kept)
    expect((await of.openFor(db(), owner, place, sealed)).reveal()).toBe(text)
}

const onKey = async (id: string) => {
  const [row] = await db().select({ n: count() }).from(dataKeys).where(eq(dataKeys.kekId, id))
  return row?.n ?? 0
}

/** A process of its own with this keyring, which runs this program. */
function elsewhere(program: string, entries: readonly string[]) {
  return spawn(process.execPath, ['--input-type=module', '-e', program], {
    env: { ...process.env, GANGWAY_KEYS: entries.join(',') },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
}

const rotation = `
  import { rotate } from './lib/keys/rotate.ts'
  import { closeDatabase } from './lib/db/client.ts'
  await rotate({ pauseMs: 100, onProgress: ({ left }) => console.log('left', left) })
  await closeDatabase()`

/** Two processes with these keyrings that read and seal all the time, one after a roll of the other; gives what both did. */
async function serving(one: readonly string[], other: readonly string[], meanwhile: () => Promise<unknown>) {
  const program = `
    import { serveUntil } from './lib/keys/testing-load.ts'
    const end = new AbortController()
    process.on('SIGTERM', () => end.abort())
    console.log(JSON.stringify(await serveUntil(end.signal, () => console.log('serves'))))`
  const children = [elsewhere(program, one), elsewhere(program, other)]
  const said = children.map(async child => {
    let text = ''
    for await (const chunk of child.stdout) text += String(chunk)
    return JSON.parse(text.slice(text.indexOf('{'))) as Served
  })
  await Promise.all(children.map(child => once(child.stdout, 'data')))
  await meanwhile()
  for (const child of children) child.kill('SIGTERM')
  return Promise.all(said)
}

describe('a rotation', () => {
  it('moves every data key to the primary, opens all as before, retires the old key and lets it be taken away', async () => {
    const [k1, k2] = [someEntry('k1'), someEntry('k2')]
    const before = await startedWith(k1)
    await before.assertKeyring()
    const kept = await sealSome(before, 40)

    const after = await startedWith(k2, k1)
    await after.assertKeyring()
    const told: number[] = []
    const end = await after.rotate({ pauseMs: 0, onProgress: ({ left }) => told.push(left) })
    expect(end).toEqual({ primary: 'k2', rewrapped: 40, damaged: [], retired: ['k1'] })
    expect(told).toEqual([0])
    expect([await onKey('k1'), await onKey('k2')]).toEqual([0, 40])
    await expectAllOpen(after, kept)

    const alone = await startedWith(k2)
    expect((await alone.assertKeyring()).missing).toEqual([])
    await expectAllOpen(alone, kept)
    await expect((await startedWith(k1)).assertKeyring()).rejects.toMatchObject({ exitCode: 78 })
  })

  it('is refused while no Gangway runs with the new primary, which could not open what it wraps', async () => {
    const [k1, k2] = [someEntry('k1'), someEntry('k2')]
    const before = await startedWith(k1)
    await before.assertKeyring()
    await sealSome(before, 2)
    const { rotate } = await startedWith(k2, k1)
    await expect(rotate()).rejects.toMatchObject({
      name: 'KeyringError',
      message: expect.stringMatching(/Restart each/),
    })
    expect(await onKey('k1')).toBe(2)
  })

  it('does not retire a key that waits behind the primary for its own promotion', async () => {
    const [k1, k2] = [someEntry('k1'), someEntry('k2')]
    const before = await startedWith(k1)
    await before.assertKeyring()
    const { assertKeyring, rotate } = await startedWith(k1, k2)
    await assertKeyring()
    expect(await rotate({ pauseMs: 0 })).toMatchObject({ primary: 'k1', rewrapped: 0, retired: [] })
  })

  it('goes around a damaged data key, names it, and keeps its key', async () => {
    const [k1, k2] = [someEntry('k1'), someEntry('k2')]
    const before = await startedWith(k1)
    await before.assertKeyring()
    const [damaged, ...whole] = await sealSome(before, 5)
    if (!damaged) throw new Error('nothing sealed')
    const [row] = await db()
      .update(dataKeys)
      .set({ wrapped: `kw1.local.k1.${'A'.repeat(16)}.${'A'.repeat(64)}` })
      .where(eq(dataKeys.ownerId, damaged.owner.id))
      .returning()
    const after = await startedWith(k2, k1)
    await after.assertKeyring()
    expect(await after.rotate({ pauseMs: 0 })).toMatchObject({
      rewrapped: 4,
      damaged: [row?.id],
      retired: [],
    })
    await expectAllOpen(after, whole)
    expect(await after.verifyDataKeys()).toMatchObject({ opened: 4, broken: [{ id: row?.id, kekId: 'k1' }] })
  })
})

describe('F-21 a rotation under load', () => {
  // Add, promote, rewrap, verify, retire, take out. Two processes serve meanwhile, and at first one of them was not promoted yet.
  it('killed twice in the middle, is finished by the next process, and nothing ever fails to open', {
    timeout: 120_000,
  }, async () => {
    const [k1, k2] = [someEntry('k1'), someEntry('k2')]
    const before = await startedWith(k1)
    await before.assertKeyring()
    const kept = await sealSome(before, 1600)
    await keepForLoad(kept)
    const served: Served[] = []
    const lefts: number[] = []

    served.push(
      ...(await serving([k1, k2], [k2, k1], async () => {
        for (let kills = 0; kills < 2; kills++) {
          const child = elsewhere(rotation, [k2, k1])
          await once(child.stdout, 'data')
          child.kill('SIGKILL')
          await once(child, 'exit')
          lefts.push(await onKey('k1'))
        }
      })),
    )
    served.push(
      ...(await serving([k2, k1], [k2, k1], async () => {
        // Two at once, as two operators might.
        const [one, two] = [elsewhere(rotation, [k2, k1]), elsewhere(rotation, [k2, k1])]
        const codes = await Promise.all([once(one, 'exit'), once(two, 'exit')])
        expect(codes.map(([code]) => code)).toEqual([0, 0])
        const { verifyDataKeys } = await startedWith(k2)
        expect((await verifyDataKeys()).broken).toEqual([])
      })),
    )
    const [retired] = await db().select().from(kekRegistry).where(eq(kekRegistry.kekId, 'k1'))
    expect(retired?.retiredAt).not.toBeNull()
    await expectAllOpen(await startedWith(k2), kept)

    expect(lefts.every(left => left > 0 && left < 1600)).toBe(true)
    expect(served.flatMap(({ failures }) => failures)).toEqual([])
    for (const { opened, sealed } of served) expect([opened, sealed].every(n => n >= 5)).toBe(true)
    expect(await onKey('k1')).toBe(0)
    expect(await onKey('k2')).toBe(1600 + served.reduce((sum, { sealed }) => sum + sealed, 0))
  })

  it('does not retire a key that a data key needs', async () => {
    const [k1, k2, k3] = [someEntry('k1'), someEntry('k2'), someEntry('k3')]
    const before = await startedWith(k1)
    await before.assertKeyring()
    await sealSome(before, 2)
    await (await startedWith(k2, k1)).assertKeyring()
    const without = await startedWith(k3, k2)
    await without.assertKeyring({ degraded: true })
    expect(await without.rotate({ pauseMs: 0 })).toMatchObject({ retired: ['k2'] })
    expect(await onKey('k1')).toBe(2)
  })
})

describe('the status of the keys', () => {
  it('names each key, where it stands, whether it is the right one, and how much it wraps', async () => {
    const [k1, k2, k3] = [someEntry('k1'), someEntry('k2'), someEntry('k3')]
    const first = await startedWith(k1, someEntry('k9'))
    await first.assertKeyring()
    await sealSome(first, 3)
    await (await startedWith(k2, k1)).assertKeyring()
    const { keyStates, verifyDataKeys } = await startedWith(k3, k2, someEntry('k1'))
    expect(await keyStates()).toEqual([
      { id: 'k3', place: 'primary', check: 'not seen yet', dataKeys: 0, retiredAt: null },
      { id: 'k2', place: 'older', check: 'matches', dataKeys: 0, retiredAt: null },
      { id: 'k1', place: 'older', check: 'differs', dataKeys: 3, retiredAt: null },
      { id: 'k9', place: 'absent', check: 'cannot be told', dataKeys: 0, retiredAt: null },
    ])
    expect((await verifyDataKeys()).broken).toHaveLength(3)
  })
})
