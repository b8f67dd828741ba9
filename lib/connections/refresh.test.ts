import { eq } from 'drizzle-orm'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { AtsError } from '#lib/connectors/api.ts'
import { openSandbox } from '#lib/connectors/workable/testing.ts'
import { db } from '#lib/db/client.ts'
import { connections } from '#lib/db/schema/index.ts'
import { refresh } from './refresh.ts'
import { refreshDue } from './refresh-due.ts'
import { rowOf } from './testing.ts'
import {
  asked,
  expire,
  freshStart,
  generations,
  partnerWith,
  secondsUntil,
  tried,
  use,
} from './testing-tokens.ts'

const sandbox = await openSandbox()
afterAll(() => sandbox.stop())
beforeEach(() => freshStart(sandbox))

test('tokens that have ended are refreshed before the request, which then works', async () => {
  const { app, made, id } = await partnerWith(sandbox)
  for (const one of made) await expire(sandbox, one)
  const { items } = await use(id)
  expect(items.length).toBeGreaterThan(0)
  const row = await rowOf(id)
  expect([row.version, row.status, row.refreshProblem, row.refreshLeaseUntil]).toEqual([
    2,
    'active',
    null,
    null,
  ])
  expect(secondsUntil(row.accessExpiresAt)).toBeGreaterThan(7_100)
  expect(secondsUntil(row.refreshDueAt)).toBeGreaterThan(5_390)
  expect(secondsUntil(row.refreshDueAt)).toBeLessThan(6_490)
  expect([await asked(sandbox, app), await tried(id)]).toEqual([1, ['refreshed']])
  // The first answer that was well has proven the new pair: the one before is gone.
  expect(await generations(id)).toBe(1)
})

// Taken out with: `flights` in `refresh.ts`.
test('fifty uses of one expired connection at once are one token request, and all of them are served', async () => {
  const { app, made, id } = await partnerWith(sandbox)
  for (const one of made) await expire(sandbox, one)
  const done = await Promise.all(Array.from({ length: 50 }, () => use(id).catch((error: unknown) => error)))
  const bad = done.filter(
    one => one instanceof Error && !(one instanceof AtsError && one.failure === 'rate_limited'),
  )
  expect(bad).toEqual([])
  expect(await asked(sandbox, app)).toBe(1)
  expect((await rowOf(id)).version).toBe(2)
})

test.each(['on_use', 'immediate', 'grace', 'none'])(
  'rotation %s: a refreshed connection goes on working, generation after generation',
  async refreshRotation => {
    await sandbox.set({ refreshRotation })
    const { made, id } = await partnerWith(sandbox)
    for (let turn = 0; turn < 3; turn++) {
      for (const one of made) await expire(sandbox, one)
      await use(id)
    }
    expect((await rowOf(id)).version).toBe(4)
  },
)

test.each(['on_use', 'grace', 'none'])(
  'rotation %s: a lost answer is asked for again within two seconds, with the same token',
  async refreshRotation => {
    await sandbox.set({ refreshRotation })
    const { app, made, id } = await partnerWith(sandbox)
    for (const one of made) await expire(sandbox, one)
    await sandbox.fault('/oauth/token', { kind: 'drop', acted: true })
    const started = performance.now()
    await use(id)
    expect(performance.now() - started).toBeLessThan(3_000)
    expect([await asked(sandbox, app), await tried(id)]).toEqual([2, ['unclear', 'refreshed']])
    expect(await rowOf(id)).toMatchObject({ status: 'active', refreshFailures: 0, refreshProblem: null })
  },
)

// Taken out with: `workspaceId` in the key of a flight.
test('whoever names another workspace gets no tokens, also while they are being refreshed for their own', async () => {
  const { made, of } = await partnerWith(sandbox)
  for (const one of made) await expire(sandbox, one)
  const stranger = { ...of, workspaceId: of.connectionId }
  const ends = await Promise.all([refresh({ of, version: 1 }), refresh({ of: stranger, version: 1 })])
  expect(ends).toMatchObject([{ kind: 'fresh' }, { kind: 'dead' }])
})

test('the tokens of a connection that is switched off are kept alive, and no request is made with them', async () => {
  const { app, made, id } = await partnerWith(sandbox)
  await db().update(connections).set({ status: 'inactive' }).where(eq(connections.id, id))
  for (const one of made) await expire(sandbox, one)
  await expect(use(id)).rejects.toMatchObject({ code: 'conflict' })
  expect(await refreshDue()).toBe(1)
  expect([await asked(sandbox, app), (await rowOf(id)).version, (await rowOf(id)).status]).toEqual([
    1,
    2,
    'inactive',
  ])
})
