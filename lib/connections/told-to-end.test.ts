import { afterAll, beforeEach, expect, test } from 'vitest'
import { openSandbox } from '#lib/connectors/workable/testing.ts'
import { markStopping } from '#lib/health/stopping.ts'
import { refreshDue } from './refresh-due.ts'
import { rowOf } from './testing.ts'
import { asked, expire, failureOf, freshStart, partnerWith, use } from './testing-tokens.ts'

const sandbox = await openSandbox()
afterAll(() => sandbox.stop())
beforeEach(() => freshStart(sandbox))

const isDue = async (id: string) => {
  const { version, refreshDueAt, refreshLease } = await rowOf(id)
  return version === 1 && refreshLease === null && refreshDueAt !== null && refreshDueAt < new Date()
}

// Taken out with: `isStopping()` in `refresh-due.ts`.
test('told to end, a process still refreshes what somebody waits for, and leaves what is due to others', async () => {
  const { app, made } = await partnerWith(sandbox, 2)
  for (const one of made) await expire(sandbox, one)
  const [first, second] = made
  markStopping(60_000)
  expect(await use(first?.id ?? '')).toBeDefined()
  await refreshDue()
  expect(await asked(sandbox, app)).toBe(1)
  expect(await isDue(second?.id ?? '')).toBe(true)
})

// Taken out with: `hasTimeFor` within the turn, in `refresh.ts`.
test('about to end, it asks for nothing whose answer it may not live to see', async () => {
  const { app, made, id } = await partnerWith(sandbox)
  for (const one of made) await expire(sandbox, one)
  markStopping(5_000)
  expect(await failureOf(id)).toBe('ats_unavailable')
  expect(await asked(sandbox, app)).toBe(0)
  expect(await isDue(id)).toBe(true)
})
