import { beforeEach, describe, expect, test } from 'vitest'
import type { PartnerActor } from '#lib/actors.ts'
import { db, sqlClient } from '#lib/db/client.ts'
import { dataKeys, kekRegistry } from '#lib/db/schema/keys.ts'
import { newId } from '#lib/ids.ts'
import { someEntry, startedWith } from '#lib/keys/testing.ts'

const person = (role: PartnerActor['role']): PartnerActor => ({
  kind: 'partner',
  partnerId: newId(),
  userId: newId(),
  sessionId: newId(),
  name: 'Noor',
  email: 'noor@example.com',
  role,
})

/** The verb as in a process with this keyring. */
async function readIn(entries: string[], role: PartnerActor['role'] = 'owner') {
  const { assertKeyring } = await startedWith(...entries)
  const { readKeyState } = await import('./key-state.ts')
  return { assertKeyring, read: () => readKeyState(person(role)) }
}

/** So many data keys under a key, as rows; `ago` is when they were last wrapped anew, in seconds. */
const wrapped = (kekId: string, count: number, ago?: number) => sqlClient()`
  insert into keys.data_keys (id, workspace_id, owner_kind, owner_id, kek_id, wrapped, rewrapped_at)
  select gen_random_uuid(), gen_random_uuid(), 'connection', gen_random_uuid(), ${kekId}, 'kw1.local',
    now() - make_interval(secs => ${ago ?? null}::float8)
  from generate_series(1, ${count}::int)`

beforeEach(async () => {
  await db().delete(dataKeys)
  await db().delete(kekRegistry)
})

describe('the state of the encryption keys', () => {
  test('is the owner’s to see, and holds no key', async () => {
    const entry = someEntry('k1')
    for (const role of ['admin', 'support'] as const) {
      const { read } = await readIn([entry], role)
      await expect(read()).rejects.toMatchObject({ code: 'forbidden' })
    }
    const { assertKeyring, read } = await readIn([entry])
    await assertKeyring()
    const view = await read()
    expect(view.keys).toEqual([
      { id: 'k1', place: 'primary', check: 'matches', dataKeys: 0, retiredAt: null },
    ])
    expect(view).toMatchObject({ next: { step: 'none' }, rotation: undefined })
    expect(JSON.stringify(view)).not.toContain(entry.slice(3, 20))
  })

  test('leads through a rotation: restart, rotate, how far it is, take out', async () => {
    const [k1, k2] = [someEntry('k1'), someEntry('k2')]
    await (await readIn([k1])).assertKeyring()
    await wrapped('k1', 30)
    const { assertKeyring, read } = await readIn([k2, k1])
    expect((await read()).next).toEqual({ step: 'restart', ids: ['k2'] })
    await assertKeyring()
    expect(await read()).toMatchObject({
      next: { step: 'rotate', primary: 'k2', dataKeys: 30 },
      rotation: undefined,
    })
    await wrapped('k2', 20, 10)
    const { rotation } = await read()
    expect(rotation).toMatchObject({ done: 20, all: 50 })
    expect(rotation?.pace).toBeCloseTo(2, 0)
    expect(rotation?.secondsLeft).toBeCloseTo(15, -1)
    await db().update(dataKeys).set({ kekId: 'k2' })
    await sqlClient()`update keys.kek_registry set retired_at = now() where kek_id = 'k1'`
    expect((await read()).next).toEqual({ step: 'take_out', ids: ['k1'] })
  })

  test('names a key that is needed and lacking, and one that is not the right one', async () => {
    await (await readIn([someEntry('k1')])).assertKeyring()
    await wrapped('k1', 3)
    const lacking = await readIn([someEntry('k2')])
    expect((await lacking.read()).next).toEqual({ step: 'lacking', ids: ['k1'] })
    const wrong = await readIn([someEntry('k1')])
    expect((await wrong.read()).next).toEqual({ step: 'differs', ids: ['k1'] })
  })

  test('is read cheaply where there are 100,000 data keys', async () => {
    const [k1, k2] = [someEntry('k1'), someEntry('k2')]
    await (await readIn([k1])).assertKeyring()
    await wrapped('k1', 100_000)
    const { assertKeyring, read } = await readIn([k2, k1])
    await assertKeyring()
    const times: number[] = []
    for (let n = 0; n < 5; n++) {
      const began = performance.now()
      await read()
      times.push(performance.now() - began)
    }
    expect(Math.min(...times)).toBeLessThan(300)
  })
})
