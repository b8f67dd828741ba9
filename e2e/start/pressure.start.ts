import { spawn } from 'node:child_process'
import { closeSync, existsSync, openSync } from 'node:fs'
import path from 'node:path'
import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startRealApp, until } from './real-app.ts'
import { type RealProcess, root } from './real-start.ts'

let app: Awaited<ReturnType<typeof startRealApp>>
let server: RealProcess
let positions = ''

const isWell = async () => (await app.ask(positions)).status === 200
const account = { name: 'Olga Brandt', language: 'en', zone: 'Europe/Amsterdam' }

beforeAll(async () => {
  app = await startRealApp()
  positions = `/w/${app.team.slug}/positions`
  server = app.start()
  await until(isWell, 30_000)
})
afterAll(async () => {
  server.signal('SIGINT')
  await server.ended
  await app.stop()
})

/** Holds what every page reads, as a migration that hangs would. */
async function holdPositions(): Promise<() => Promise<void>> {
  const sql = postgres(app.url, { max: 1, onnotice: () => {} })
  const held = await sql.reserve()
  await held`begin`
  await held`lock table positions in access exclusive mode`
  return async () => {
    await held`rollback`
    held.release()
    await sql.end({ timeout: 1 })
  }
}

/** Takes every connection that PostgreSQL has left. */
async function takeAllConnections(): Promise<() => Promise<void>> {
  const taken: postgres.Sql[] = []
  const takeOne = async () => {
    const sql = postgres(app.url, {
      max: 1,
      connect_timeout: 5,
      onnotice: () => {},
      connection: { application_name: 'taker' },
    })
    taken.push(sql)
    return sql`select 1`.then(
      () => true,
      () => false,
    )
  }
  for (let some = await takeOne(); some; )
    some = (await Promise.all(Array.from({ length: 10 }, takeOne))).every(Boolean)
  return async () => void (await Promise.all(taken.map(sql => sql.end({ timeout: 1 }))))
}

describe('F-31 the database has no connection left', () => {
  test('a pool of five for two hundred requests that hang: each is told within five seconds, and all is well ten later', async () => {
    const release = await holdPositions()
    const answers = await Promise.all(Array.from({ length: 200 }, () => app.ask(positions)))
    const again = await app.ask(positions)
    await release()
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([503]))
    expect(answers.every(({ retryAfter }) => retryAfter === '3')).toBe(true)
    expect(Math.max(...answers.map(({ ms }) => ms))).toBeLessThan(6_000) // five, and a second for two busy cores
    expect(again.status).toBe(503)
    expect(again.ms).toBeLessThan(1_500)
    expect(await until(isWell, 30_000)).toBeLessThan(10_000)
  })

  test('max_connections taken by somebody else: 503 in time, for reading and for writing, and well ten seconds later', async () => {
    const admin = await app.sql.reserve()
    const releases = [await takeAllConnections()]
    // The server loses its own, and somebody else is faster.
    await admin`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'gangway'`
    releases.push(await takeAllConnections())
    const [read, write] = [await app.ask(positions), await app.ask('/account/save', account)]
    const later = await app.ask(positions)
    for (const release of releases) await release()
    admin.release()
    for (const { status, retryAfter, ms } of [write, later]) {
      expect(status).toBe(503)
      expect(Number(retryAfter)).toBeGreaterThan(0)
      expect(ms).toBeLessThan(6_000)
    }
    expect(read.ms).toBeLessThan(6_000)
    expect(read.status).not.toBe(200)
    expect(await until(isWell, 30_000)).toBeLessThan(10_000)
    expect((await app.ask('/account/save', account)).status).toBe(303)
  })
})

describe('F-24 no place left, or nothing may be written', () => {
  test('a full disk of the database: writing is 503, reading goes on, and writing too when there is space', async () => {
    await app.sql`create function full_disk() returns trigger language plpgsql as $$
      begin raise exception 'could not extend file: No space left on device' using errcode = 'disk_full'; end $$`
    await app.sql`create trigger full_disk before update or insert on users for each row execute function full_disk()`
    const write = await app.ask('/account/save', { ...account, name: 'Olga Full' })
    const read = await app.ask('/account')
    await app.sql`drop function full_disk cascade`
    expect(write.status).toBe(503)
    expect(Number(write.retryAfter)).toBeGreaterThan(0)
    expect(write.body).not.toContain('No space left')
    expect(read.status).toBe(200)
    expect((await app.ask('/account/save', { ...account, name: 'Olga Space' })).status).toBe(303)
    const [row] = await app.sql`select name from users where id = ${app.team.people.owner.userId}`
    expect(row?.name).toBe('Olga Space')
  })

  test('a database that may be read only: the same, although a page notes that she was here', async () => {
    await app.sql`update sessions set last_used_at = now() - interval '1 hour'`
    await setReadOnly('on')
    const [write, read] = [await app.ask('/account/save', account), await app.ask(positions)]
    await setReadOnly('off')
    expect([write.status, read.status]).toEqual([503, 200])
    expect(await until(isWell, 30_000)).toBeLessThan(10_000)
    expect((await app.ask('/account/save', account)).status).toBe(303)
  })

  test.runIf(existsSync('/dev/full'))('a log that cannot be written does not stop anything', async () => {
    server.signal('SIGINT')
    expect(await server.ended).toBe(0)
    const full = openSync('/dev/full', 'w')
    const child = spawn(process.execPath, [path.join(root, 'server.ts')], {
      cwd: root,
      env: { ...process.env, ...app.env, NODE_ENV: 'production', LOG_LEVEL: 'debug' },
      stdio: ['ignore', full, full],
    })
    closeSync(full)
    await until(isWell, 30_000)
    for (let n = 0; n < 20; n++) expect((await app.ask(positions)).status).toBe(200)
    expect(child.exitCode).toBeNull()
    child.kill('SIGINT')
    await new Promise(resolve => child.once('exit', resolve))
    server = app.start()
    await until(isWell, 30_000)
  })
})

async function setReadOnly(value: 'on' | 'off'): Promise<void> {
  const sql = postgres(app.url, { max: 1, onnotice: () => {} })
  await sql.unsafe(
    `begin read write; alter database postgres set default_transaction_read_only = ${value}; commit`,
  )
  await sql`select pg_terminate_backend(pid) from pg_stat_activity
    where application_name in ('gangway', 'gangway probe')`
  await sql.end()
}
