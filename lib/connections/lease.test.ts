import { eq, sql } from 'drizzle-orm'
import { afterAll, expect, test } from 'vitest'
import { openSandbox } from '#lib/connectors/workable/testing.ts'
import { db } from '#lib/db/client.ts'
import { connections } from '#lib/db/schema/index.ts'
import { dropLease, takeLease, type Wish } from './lease.ts'
import { rowOf } from './testing.ts'
import { partnerWith, secondsUntil } from './testing-tokens.ts'

const sandbox = await openSandbox()
afterAll(() => sandbox.stop())

const at = (id: string, moment: string) =>
  db()
    .update(connections)
    .set({ refreshLeaseUntil: sql.raw(moment) })
    .where(eq(connections.id, id))

const leased = async (wish: Wish) => (await takeLease(wish)).lease

// Taken out with: `isFree` in `takenBy`.
test('of those who want to refresh a connection at once one may, until 45 seconds are over or it lets go', async () => {
  const { of, id } = await partnerWith(sandbox)
  const many = await Promise.all(Array.from({ length: 8 }, () => leased({ of, version: 1 })))
  const [lease] = many.filter(one => one !== undefined)
  expect(many.filter(one => one !== undefined).length).toBe(1)
  expect(Math.round(secondsUntil((await rowOf(id)).refreshLeaseUntil))).toBe(45)
  expect(await leased({ of, version: 1 })).toBeUndefined()
  await at(id, "now() - interval '1 second'")
  const next = await leased({ of, version: 1 })
  expect(next).toBeDefined()
  // Whose lease has ended lets go of nobody else's.
  if (lease) await dropLease(lease)
  expect(await leased({ of, version: 1 })).toBeUndefined()
  if (next) await dropLease(next)
  expect(await leased({ of, version: 1 })).toBeDefined()
})

// Taken out with: the version in `takenBy`.
test('tokens that were refreshed meanwhile, a deleted connection and another workspace’s give no lease', async () => {
  const { of, id } = await partnerWith(sandbox)
  expect(await leased({ of, version: 2 })).toBeUndefined()
  expect(await leased({ of: { ...of, workspaceId: id }, version: 1 })).toBeUndefined()
  for (const status of ['deleted', 'needs_reauth', 'pending'] as const) {
    await db().update(connections).set({ status }).where(eq(connections.id, id))
    expect(await leased({ of, version: 1 })).toBeUndefined()
  }
})
