import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { eq, sql } from 'drizzle-orm'
import { afterAll, afterEach, beforeEach, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { openSandbox } from '#lib/connectors/workable/testing.ts'
import { db, sqlClient } from '#lib/db/client.ts'
import { connections } from '#lib/db/schema/index.ts'
import type { Owned } from './credentials.ts'
import { refresh } from './refresh.ts'
import { refreshConnection } from './refresh-due.ts'
import { rowOf } from './testing.ts'
import { asked, comesDue, expire, failureOf, freshStart, partnerWith, tried, use } from './testing-tokens.ts'

const sandbox = await openSandbox()
afterAll(() => sandbox.stop())
beforeEach(() => freshStart(sandbox))
// Processes take seconds to start where two cores are busy.
vi.setConfig({ testTimeout: 60_000 })

let children: ChildProcess[] = []
afterEach(() => {
  for (const child of children) child.kill('SIGKILL')
  children = []
})

/** A process of its own in which so many want fresh tokens of a connection as soon as they are told; its line when all have them. */
async function wanting(of: Owned, count: number) {
  const program = `
    import { once } from 'node:events'
    import { refresh } from './lib/connections/refresh.ts'
    import { closeDatabase, sqlClient } from './lib/db/client.ts'
    import { closeQueue } from './lib/queue/send.ts'
    await sqlClient()\`select 1\`
    console.log('ready')
    await once(process.stdin, 'data')
    const wishes = Array.from({ length: ${count} }, () => refresh({ of: ${JSON.stringify(of)}, version: 1 }))
    const kinds = (await Promise.all(wishes)).map(({ kind }) => kind)
    console.log(JSON.stringify({ kinds, at: Date.now() }))
    await closeQueue()
    await closeDatabase()
    process.exit(0)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  children.push(child)
  const said = (async () => {
    let text = ''
    for await (const part of child.stdout) text += String(part)
    return text
  })()
  await once(child.stdout, 'readable')
  return { child, said, go: () => child.stdin.write('go\n') }
}

const outcome = z.object({ kinds: z.array(z.string()), at: z.number() })

// Taken out with: `isFree` in `look.ts`, where looking and taking have it from.
test('F-01 a connection that has ended is refreshed once by all processes, and all who wait have it at once', async () => {
  const { app, made, id, of } = await partnerWith(sandbox)
  for (const one of made) await expire(sandbox, one)
  await sandbox.fault('/oauth/token', { kind: 'delay', ms: 300 }, null)
  const processes = await Promise.all([wanting(of, 25), wanting(of, 25)])
  for (const { go } of processes) go()
  const ends = await Promise.all(
    processes.map(async ({ said }) => outcome.parse(JSON.parse((await said).replace('ready', '')))),
  )
  expect(new Set(ends.flatMap(({ kinds }) => kinds))).toEqual(new Set(['fresh']))
  expect([await asked(sandbox, app), await tried(id)]).toEqual([1, ['refreshed']])
  const committed = (await rowOf(id)).refreshedAt?.getTime() ?? 0
  for (const { at } of ends) expect(at - committed).toBeLessThan(1_000)
})

/** A process that dies by kill -9 when the answer is there and nothing is written yet. */
async function dieBeforeCommit(of: Owned, answered: () => Promise<boolean>): Promise<void> {
  await sandbox.fault('/oauth/token', { kind: 'delay', ms: 400 })
  const { child, go } = await wanting(of, 1)
  go()
  await vi.waitFor(async () => expect((await rowOf(of.connectionId)).refreshLease).not.toBeNull(), {
    timeout: 5_000,
    interval: 20,
  })
  // The row is held, so that the write waits.
  await sqlClient().begin(async held => {
    await held`select 1 from connections where id = ${of.connectionId} for update`
    await vi.waitFor(async () => expect(await answered()).toBe(true), { timeout: 5_000 })
    await sleep(200)
    child.kill('SIGKILL')
    await once(child, 'exit')
    // What it had sent would still be done once the row is free.
    const waiting = await sqlClient()`select pid from pg_stat_activity where wait_event_type = 'Lock'`
    for (const { pid } of waiting) await sqlClient()`select pg_terminate_backend(${pid})`
  })
  await db()
    .update(connections)
    .set({ refreshLeaseUntil: sql`now()` })
    .where(eq(connections.id, of.connectionId))
}

test.each(['on_use', 'grace', 'none'])(
  'F-04 rotation %s: killed between answer and write, the next process recovers the connection',
  async refreshRotation => {
    await sandbox.set({ refreshRotation, refreshGraceSeconds: 30 })
    const { app, made, id, of } = await partnerWith(sandbox)
    for (const one of made) await expire(sandbox, one)
    await dieBeforeCommit(of, async () => (await asked(sandbox, app)) === 1)
    expect((await rowOf(id)).version).toBe(1)
    expect((await use(id)).items.length).toBeGreaterThan(0)
    expect(await rowOf(id)).toMatchObject({ version: 2, status: 'active', refreshProblem: null })
  },
)

test('F-04 of a server that forgives nothing the loss is said, and is no more than what was in flight', async () => {
  await sandbox.set({ refreshRotation: 'immediate' })
  const { app, made, id, of } = await partnerWith(sandbox, 2)
  for (const one of made) await expire(sandbox, one)
  await dieBeforeCommit(of, async () => (await asked(sandbox, app)) === 1)
  expect(await failureOf(id)).toBe('ats_unavailable')
  await comesDue(id)
  await refreshConnection(id)
  expect((await rowOf(id)).status).toBe('needs_reauth')
  const [, other] = made
  expect((await use(other?.id ?? '')).items.length).toBeGreaterThan(0)
})

// Taken out with: the loop of `keepTokens`.
test('F-05 a pair that cannot be written is held until it can, and used by nobody before', async () => {
  await sandbox.set({ refreshRotation: 'immediate' })
  const { app, made, id, of } = await partnerWith(sandbox)
  for (const one of made) await expire(sandbox, one)
  await sandbox.fault('/oauth/token', { kind: 'delay', ms: 400 })
  const refreshing = refresh({ of, version: 1 })
  await vi.waitFor(async () => expect((await rowOf(id)).refreshLease).not.toBeNull())
  await sqlClient()`alter table refreshes rename to refreshes_away`
  try {
    await vi.waitFor(async () => expect(await asked(sandbox, app)).toBe(1), { timeout: 5_000 })
    await sleep(700)
    expect((await rowOf(id)).version).toBe(1)
  } finally {
    await sqlClient()`alter table refreshes_away rename to refreshes`
  }
  expect(await refreshing).toMatchObject({ kind: 'fresh' })
  expect((await use(id)).items.length).toBeGreaterThan(0)
  expect(await asked(sandbox, app)).toBe(1)
})
