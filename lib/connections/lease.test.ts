import { eq, sql } from 'drizzle-orm'
import { afterAll, expect, test } from 'vitest'
import { openSandbox } from '#lib/connectors/workable/testing.ts'
import { db, transaction } from '#lib/db/client.ts'
import { connections, revocations } from '#lib/db/schema/index.ts'
import { newGrant } from '#lib/oauth/testing.ts'
import { readTokens, writeTokens } from './credentials.ts'
import { keepTokens } from './keep-tokens.ts'
import { dropLease, takeLease, type Wish } from './lease.ts'
import { needReauth } from './need-reauth.ts'
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

// Taken out with: `version` in `write` of `keep-tokens.ts`.
test('tokens that come back once the connection has others are not put over them, and are revoked', async () => {
  const { of, id, app } = await partnerWith(sandbox)
  const lease = await leased({ of, version: 1 })
  const [others] = await readTokens(db(), of)
  const late = await newGrant(sandbox, app.clientId)
  if (!lease || !others) throw new Error('no lease')
  await db().update(connections).set({ version: 3 }).where(eq(connections.id, id))
  await transaction(tx => writeTokens(tx, of, 3, others))
  expect(await keepTokens(lease, { pair: late.tokens, milliseconds: 1 })).toBeUndefined()
  const [counts, ...older] = await readTokens(db(), of)
  expect([counts?.generation, counts?.access.is(others.access), older.length]).toEqual([3, true, 0])
  expect(await db().select().from(revocations).where(eq(revocations.connectionId, id))).toMatchObject([
    { reason: 'replaced', state: 'waiting' },
  ])
})

// Taken out with: `version` in `needReauth`.
test('a refusal of tokens that are not those of now needs nobody', async () => {
  const { of, id } = await partnerWith(sandbox)
  await transaction(tx => needReauth(tx, of, 0))
  expect((await rowOf(id)).status).toBe('active')
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
