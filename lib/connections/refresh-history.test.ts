import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { openSandbox } from '#lib/connectors/workable/testing.ts'
import { db } from '#lib/db/client.ts'
import { oauthApps, type RefreshOutcome, refreshes } from '#lib/db/schema/index.ts'
import { newId } from '#lib/ids.ts'
import { forgetOld } from '#lib/sweep/forget-old.ts'
import { refreshHistory } from './refresh-history.ts'
import { rowOf } from './testing.ts'
import { expire, freshStart, partnerWith, tried, use } from './testing-tokens.ts'

const sandbox = await openSandbox()
afterAll(() => sandbox.stop())
beforeEach(() => freshStart(sandbox))

test('the last thirty days are told a day each, by the reader’s calendar, with what was tried on them', async () => {
  const { app, id, of, made } = await partnerWith(sandbox)
  for (const one of made) await expire(sandbox, one)
  await use(id)
  const note = (outcome: RefreshOutcome, days: number) =>
    db()
      .insert(refreshes)
      .values({
        id: newId(),
        ...of,
        appId: app.row.id,
        outcome,
        milliseconds: 9,
        at: sql`now() - make_interval(days => ${days})`,
      })
  await note('unclear', 3)
  await note('refreshed', 3)
  await note('refreshed', 29)
  for (const zone of ['UTC', 'Pacific/Auckland']) {
    const { days, last, next, problem } = await refreshHistory(await rowOf(id), zone)
    expect(days.length).toBe(30)
    expect(days.map(({ refreshed }) => refreshed).filter(count => count > 0)).toEqual([1, 1, 1])
    expect(days.at(-1)).toMatchObject({ refreshed: 1, failed: 0 })
    expect(days.at(-4)).toMatchObject({ refreshed: 1, failed: 1 })
    expect(days[0]).toMatchObject({ refreshed: 1 })
    expect([last, next]).toEqual([expect.any(Date), expect.any(Date)])
    expect(problem).toBeNull()
  }
})

test('while its app is stopped no moment is promised, and it is the app that is named', async () => {
  const { app, id } = await partnerWith(sandbox)
  await db()
    .update(oauthApps)
    .set({ state: 'stopped', stoppedAt: sql`now()` })
    .where(eq(oauthApps.id, app.row.id))
  expect(await refreshHistory(await rowOf(id), 'UTC')).toMatchObject({
    next: undefined,
    problem: 'app_stopped',
    since: expect.any(Date),
  })
})

test('what was tried more than thirty days ago is forgotten', async () => {
  const { id, made } = await partnerWith(sandbox)
  for (const one of made) await expire(sandbox, one)
  await use(id)
  await db()
    .update(refreshes)
    .set({ at: sql`now() - interval '31 days'` })
    .where(eq(refreshes.connectionId, id))
  await forgetOld()
  expect(await tried(id)).toEqual([])
})
