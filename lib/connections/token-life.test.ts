import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { openSandbox } from '#lib/connectors/workable/testing.ts'
import { db } from '#lib/db/client.ts'
import { connections } from '#lib/db/schema/index.ts'
import { waitAfter } from './plan-refresh.ts'
import { refreshDue } from './refresh-due.ts'
import { rowOf } from './testing.ts'
import { asked, expire, failureOf, freshStart, partnerWith, secondsUntil, use } from './testing-tokens.ts'

const sandbox = await openSandbox()
afterAll(() => sandbox.stop())
beforeEach(() => freshStart(sandbox))

const hour = 3_600

// Taken out with: `lifeOf` in `token-reply.ts`.
test.each([
  ['a text', 'as_text', 7_200],
  ['none', 'absent', hour],
  ['years', 99_999_999, 24 * hour],
  ['nothing', 0, 0],
  ['less than nothing', -600, 0],
])('a life told as %s is made sane, and refreshed before its end', async (_, expiresInTold, life) => {
  const { made, id } = await partnerWith(sandbox)
  for (const one of made) await expire(sandbox, one)
  await sandbox.set({ expiresInTold })
  await use(id)
  const { accessExpiresAt, refreshDueAt } = await rowOf(id)
  expect(Math.abs(secondsUntil(accessExpiresAt) - life)).toBeLessThan(5)
  expect(secondsUntil(refreshDueAt)).toBeGreaterThan(Math.max(55, life * 0.75 - 5))
  expect(secondsUntil(refreshDueAt)).toBeLessThan(Math.max(61, life * 0.9 + 5))
})

// Taken out with: the second line of `isUsable` in `plan-refresh.ts`.
test('F-11 a server that says each token is over at once is asked once a minute, not at each use', async () => {
  const { app, made, id } = await partnerWith(sandbox)
  for (const one of made) await expire(sandbox, one)
  await sandbox.set({ expiresInTold: 0 })
  for (let n = 0; n < 5; n++) await use(id)
  await refreshDue()
  expect(await asked(sandbox, app)).toBe(1)
})

test('F-11 a clock that stood wrong costs one refresh of each connection, and none twice within a minute', async () => {
  const { app, made } = await partnerWith(sandbox, 3)
  // A day went by at once.
  await db()
    .update(connections)
    .set({ accessExpiresAt: sql`now() - interval '1 day'`, refreshDueAt: sql`now() - interval '1 day'` })
    .where(eq(connections.oauthAppId, app.row.id))
  for (let n = 0; n < 3; n++) await refreshDue()
  for (const { id } of made) await failureOf(id)
  expect(await asked(sandbox, app)).toBe(3)
})

test('F-06 an outage of ten minutes costs a connection eight requests at most', () => {
  let at = 0
  let tries = 0
  for (; at <= 600; tries++) at += waitAfter(tries + 1) * 0.9
  expect(tries).toBeLessThanOrEqual(8)
  expect(waitAfter(99)).toBeLessThan(1_000)
})

test('those that were granted together are not due together', async () => {
  const { made } = await partnerWith(sandbox, 20)
  const due = await Promise.all(made.map(async ({ id }) => secondsUntil((await rowOf(id)).refreshDueAt)))
  expect(Math.max(...due) - Math.min(...due)).toBeGreaterThan(300)
})
