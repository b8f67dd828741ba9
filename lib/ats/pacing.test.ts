import { sql } from 'drizzle-orm'
import { expect, test, vi } from 'vitest'
import { AtsError } from '#lib/connectors/api.ts'
import { db } from '#lib/db/client.ts'
import { newId } from '#lib/ids.ts'
import { closeUntil, closeWindow, paceFor, takeSlot } from './pacing.ts'

const limits = { requests: 10, partnerRequests: 50, windowSeconds: 10 }
/** A window so long that no test crosses its end. */
const long = { ...limits, windowSeconds: 86_400 }

const refusedOf = (results: PromiseSettledResult<unknown>[]) =>
  results.flatMap(result => (result.status === 'rejected' ? [result.reason] : []))

test('nine requests of ten go into a window, however many processes ask at once', async () => {
  const pace = paceFor(newId(), long, false)
  const results = await Promise.allSettled(Array.from({ length: 40 }, () => takeSlot(pace)))
  const refused = refusedOf(results)
  expect(refused).toHaveLength(31)
  for (const error of refused) {
    expect(error).toBeInstanceOf(AtsError)
    expect(error).toMatchObject({ failure: 'rate_limited', retryAt: expect.any(Date) })
  }
})

test('with a partner client id forty-nine do', async () => {
  const pace = paceFor(newId(), long, true)
  const results = await Promise.allSettled(Array.from({ length: 60 }, () => takeSlot(pace)))
  expect(refusedOf(results)).toHaveLength(11)
})

test('one credential does not take the turn of another', async () => {
  const [one, other] = [paceFor(newId(), long, false), paceFor(newId(), long, false)]
  await closeUntil(one)
  await expect(takeSlot(one)).rejects.toMatchObject({ failure: 'rate_limited' })
  await expect(takeSlot(other)).resolves.toBeTypeOf('number')
})

test('windows are aligned to the epoch by the database’s clock, and a refusal says when the next one begins', async () => {
  const pace = paceFor(newId(), limits, false)
  const end = await takeSlot(pace)
  expect(end % 10_000).toBe(0)
  await closeUntil(pace)
  const [row] = await db().execute<{ now: number }>(
    sql`select extract(epoch from clock_timestamp()) * 1000 as now`,
  )
  const error = await takeSlot(pace).catch((reason: unknown) => reason)
  const retryAt = error instanceof AtsError ? (error.retryAt?.getTime() ?? 0) : 0
  expect(retryAt - Number(row?.now)).toBeGreaterThan(0)
  expect(retryAt - Number(row?.now)).toBeLessThan(20_500)
})

test('a new window begins empty', async () => {
  const pace = paceFor(newId(), { ...limits, windowSeconds: 1 }, false)
  await closeUntil(pace)
  await vi.waitFor(() => takeSlot(pace), { timeout: 3000, interval: 50 })
})

test('a caller that can wait gets its turn by itself', async () => {
  const pace = paceFor(newId(), { ...limits, windowSeconds: 1 }, false)
  await closeUntil(pace)
  await expect(takeSlot(pace, 3)).resolves.toBeTypeOf('number')
})

test('what the ATS tells to wait is longer than a window, and is kept', async () => {
  const pace = paceFor(newId(), limits, false)
  const until = new Date(Date.now() + 60_000)
  expect((await closeUntil(pace, until)).getTime()).toBe(until.getTime())
  await closeUntil(pace)
  const error = await takeSlot(pace).catch((reason: unknown) => reason)
  expect(error).toMatchObject({ failure: 'rate_limited' })
  expect(error instanceof AtsError ? error.retryAt?.getTime() : 0).toBeGreaterThanOrEqual(until.getTime())
})

test('closing a window that is over closes nothing', async () => {
  const pace = paceFor(newId(), long, false)
  const end = await takeSlot(pace)
  await closeWindow(pace, end - 10_000)
  await expect(takeSlot(pace)).resolves.toBe(end)
  await closeWindow(pace, end)
  await expect(takeSlot(pace)).rejects.toMatchObject({ failure: 'rate_limited' })
})
