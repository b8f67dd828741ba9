import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, expect, test, vi } from 'vitest'
import { db, sqlClient, transaction } from '#lib/db/client.ts'
import { env } from '#lib/env.ts'
import { log } from '#lib/log.ts'
import { loggedBy } from '#lib/log-testing.ts'
import { metrics } from '#lib/metrics/registry.ts'
import { sendTask } from './send.ts'
import { startWorking, type Verbs } from './work.ts'

const nothing = async () => {}
const idle: Verbs = {
  'check-credential': nothing,
  'fetch-jobs': nothing,
  'send-mail': nothing,
  'revoke-grant': nothing,
  'refresh-connection': nothing,
  'refresh-due': nothing,
  sweep: nothing,
  'forget-old': nothing,
  'daily-checks': nothing,
  tell: nothing,
  'remind-expiry': nothing,
}

let worker: Awaited<ReturnType<typeof startWorking>> | undefined
afterEach(async () => {
  await worker?.stop(1_000)
  worker = undefined
})

const waiting = async (checkId: string) => {
  const rows =
    await sqlClient()`select 1 from queue.job where data->>'checkId' = ${checkId} and state = 'created'`
  return rows.length
}

test('a task exists when its transaction commits, and only then', async () => {
  const [lost, kept] = [randomUUID(), randomUUID()]
  const failing = transaction(async tx => {
    await sendTask(tx, 'check-credential', { checkId: lost })
    throw new Error('rolled back')
  })
  await expect(failing).rejects.toThrow('rolled back')
  await transaction(tx => sendTask(tx, 'check-credential', { checkId: kept }))
  expect(await waiting(lost)).toBe(0)
  expect(await waiting(kept)).toBe(1)
})

test('the same task waits once, however often it is asked for', async () => {
  const checkId = randomUUID()
  await Promise.all([1, 2, 3].map(() => sendTask(db(), 'check-credential', { checkId })))
  expect(await waiting(checkId)).toBe(1)
})

test('a payload that is not what the task takes is refused before it is queued', async () => {
  await expect(sendTask(db(), 'check-credential', { checkId: 'no id' })).rejects.toThrow()
})

test('a task is done soon after it was sent, and again when it failed', async () => {
  const checkId = randomUUID()
  let tries = 0
  const verb = vi.fn(async (payload: { checkId: string }) => {
    if (payload.checkId !== checkId) return
    tries += 1
    if (tries === 1) throw new Error('once')
  })
  await sqlClient()`update queue.queue set retry_delay = 0, retry_backoff = false where name = 'check-credential'`
  worker = await startWorking(env().DATABASE_URL, { ...idle, 'check-credential': verb })
  const sent = performance.now()
  await sendTask(db(), 'check-credential', { checkId })
  await vi.waitFor(() => expect(verb).toHaveBeenCalledWith({ checkId }), { timeout: 3_000, interval: 5 })
  expect(performance.now() - sent).toBeLessThan(1_500)
  await vi.waitFor(() => expect(tries).toBe(2), { timeout: 8_000 })
  await sleep(100)
  const [row] = await sqlClient()`select state from queue.job where data->>'checkId' = ${checkId}`
  expect(row?.state).toBe('completed')
})

test('every line of a task carries its name and its id, and it is counted as done', async () => {
  const checkId = randomUUID()
  const counted = async () => {
    const { values } = await metrics().tasks.get()
    const found = values.find(
      ({ metricName, labels }) =>
        metricName === 'gangway_task_seconds_count' &&
        labels.task === 'check-credential' &&
        labels.outcome === 'done',
    )
    return found?.value ?? 0
  }
  const before = await counted()
  const verb = async (payload: { checkId: string }) => {
    await sqlClient()`select pg_sleep(0.01)`
    if (payload.checkId === checkId) log.info('from a verb')
  }
  const lines = await loggedBy(async () => {
    worker = await startWorking(env().DATABASE_URL, { ...idle, 'check-credential': verb })
    await sendTask(db(), 'check-credential', { checkId })
    await vi.waitFor(async () => expect(await counted()).toBeGreaterThan(before), { timeout: 5_000 })
  })
  const [row] = await sqlClient()`select id from queue.job where data->>'checkId' = ${checkId}`
  const own = lines.filter(line => line.id === row?.id)
  expect(own.map(({ task, msg }) => [task, msg])).toEqual([
    ['check-credential', 'from a verb'],
    ['check-credential', 'task done'],
  ])
})
