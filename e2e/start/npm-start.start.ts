import { execFileSync } from 'node:child_process'
import { readFileSync, statSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import path from 'node:path'
import postgres from 'postgres'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { isAlive } from '../../scripts/postgres/processes.ts'
import { ask, freshCopy, gone, npmStart, type RealProcess, removeCopy } from './real-start.ts'

// One story, told in order: each test goes on where the one before it stopped.

let copy = ''
let running: RealProcess | undefined
let address = ''
let blocker: Server | undefined

const inHome = (name: string) => path.join(copy, '.gangway', name)
const readHome = (name: string) => readFileSync(inHome(name), 'utf8').trim()
const database = () => JSON.parse(readHome('database.json')) as { directory: string; password: string }
const postgresPid = () =>
  Number(readFileSync(path.join(database().directory, 'data/postmaster.pid'), 'utf8').split('\n')[0])
const noted = () =>
  JSON.parse(readHome('running.json')) as { starter: number; parts: { name: string; pid: number }[] }

function partPid(name: string): number {
  const part = noted().parts.find(each => each.name === name)
  if (!part) throw new Error(`the ${name} does not run`)
  return part.pid
}

const everyPid = () => [noted().starter, ...noted().parts.map(({ pid }) => pid), postgresPid()]

beforeAll(() => {
  copy = freshCopy()
})
afterAll(async () => {
  running?.signal('SIGINT')
  await running?.ended
  blocker?.close()
  removeCopy(copy)
})

test('in an empty directory, with its port taken, it starts on the next one and says where to go', async () => {
  blocker = await listenOn(3000)
  running = npmStart(copy)
  const [, link] = await running.says(/(http:\/\/localhost:\d+\/set-up\/\S+)/)
  address = new URL(String(link)).origin
  expect(new URL(address).port).not.toBe('3000')
  expect(running.output()).toContain('port 3000 is taken')
  expect(running.output()).toMatch(/✓ Pages built +\d+\.\d s/)
  expect((await ask(String(link))).status).toBe(200)
  const health = await ask(`${address}/api/health/ready`)
  expect(health.status).toBe(200)
  expect(JSON.parse(health.body).parts.map(({ part }: { part: string }) => part)).toEqual([
    'process',
    'database',
    'migrations',
    'worker',
    'sandbox',
  ])
})

test('what it made is for its owner only, is named for the backup, and is never printed', () => {
  expect(statSync(path.join(copy, '.gangway')).mode & 0o777).toBe(0o700)
  const made = [
    'keys',
    'auth-secret',
    'sandbox-app',
    'oauth-apps',
    'database.json',
    'database-url',
    'running.json',
  ]
  for (const name of [...made, 'server.log']) {
    expect(statSync(inHome(name)).mode & 0o777, name).toBe(0o600)
  }
  const output = String(running?.output())
  expect(output).toContain(`Back up ${path.join(copy, '.gangway')}`)
  if (!database().directory.startsWith(copy)) expect(output).toContain(database().directory)
  for (const secret of [
    readHome('keys'),
    readHome('auth-secret'),
    readHome('sandbox-app'),
    database().password,
  ]) {
    expect(output).not.toContain(secret)
    for (const log of ['server.log', 'worker.log', 'sandbox.log']) expect(readHome(log)).not.toContain(secret)
  }
})

test('a second start in the same directory says that the first one runs', async () => {
  const second = npmStart(copy)
  expect(await second.ended).toBe(1)
  expect(second.output()).toContain(`Gangway already runs here, at ${address}`)
  expect((await ask(`${address}/api/health/ready`)).status).toBe(200)
})

test('a server or a worker that is killed comes back by itself', async () => {
  const killed = ['server', 'worker'].map(partPid)
  for (const pid of killed) process.kill(pid, 'SIGKILL')
  await vi.waitFor(
    async () => {
      expect(killed).not.toContain(partPid('server'))
      expect(killed).not.toContain(partPid('worker'))
      expect((await ask(`${address}/api/health/ready`)).status).toBe(200)
    },
    { timeout: 40_000, interval: 250 },
  )
})

test('without its database, a page says so, tries again by itself, and comes back; health names it', async () => {
  // Alive and silent is worse than gone: connections stay open, and nothing comes back.
  const silenced = withChildren(postgresPid())
  for (const pid of silenced) process.kill(pid, 'SIGSTOP')
  try {
    const page = await vi.waitUntil(() => pageIn(503), { timeout: 25_000, interval: 200 })
    expect(page.headers['retry-after']).toBe('3')
    expect(page.headers['content-security-policy']).toContain("default-src 'none'")
    expect(page.body).toContain('<meta http-equiv="refresh" content="3">')
    expect(page.body).toContain('Nothing that was confirmed is lost')
    const health = await ask(`${address}/api/health/ready`)
    expect(health.status).toBe(503)
    const silent = JSON.parse(health.body).parts.filter(({ ok }: { ok: boolean }) => !ok)
    expect(silent.map(({ part }: { part: string }) => part)).toContain('database')
    expect(new Date(silent[0].since).getTime()).toBeLessThanOrEqual(Date.now())
    expect((await ask(`${address}/api/health/live`)).status).toBe(200)
  } finally {
    for (const pid of silenced) process.kill(pid, 'SIGCONT')
  }
  await vi.waitUntil(() => pageIn(200), { timeout: 20_000, interval: 200 })
})

test('a database that is killed is started again, and nobody else has to be', async () => {
  const before = ['server', 'worker', 'sandbox'].map(partPid)
  const pid = postgresPid()
  process.kill(pid, 'SIGKILL')
  await vi.waitFor(
    async () => {
      expect(postgresPid()).not.toBe(pid)
      expect((await ask(`${address}/api/health/ready`)).status).toBe(200)
    },
    { timeout: 40_000, interval: 250 },
  )
  expect(['server', 'worker', 'sandbox'].map(partPid)).toEqual(before)
  expect(before.every(isAlive)).toBe(true)
})

test('Ctrl-C ends the app, the sandbox, the worker and PostgreSQL within five seconds', async () => {
  await keepRow('before Ctrl-C')
  const pids = everyPid()
  const pressed = performance.now()
  running?.signal('SIGINT')
  await running?.ended
  expect(await gone(pids, 5_000)).toBe(true)
  expect(performance.now() - pressed).toBeLessThan(5_000)
})

test('the next start has everything still, and builds nothing', async () => {
  running = npmStart(copy)
  await running.says(/Ready after/)
  expect(running.output()).toContain('Pages unchanged')
  address = String(/(http:\/\/localhost:\d+)\/set-up/.exec(running.output())?.[1])
  expect(await rowsKept()).toEqual(['before Ctrl-C'])
})

test('after kill -9 of everything that a terminal reaches, the next start recovers by itself', async () => {
  await keepRow('before kill -9')
  const left = everyPid()
  running?.signal('SIGKILL')
  await running?.ended
  running = npmStart(copy)
  await running.says(/Ready after/)
  expect((await ask(`${address}/api/health/ready`)).status).toBe(200)
  expect((await rowsKept()).sort()).toEqual(['before Ctrl-C', 'before kill -9'])
  const now = everyPid()
  // PostgreSQL may be taken over; of the others nobody of before is left.
  expect(left.filter(pid => isAlive(pid) && !now.includes(pid))).toEqual([])
})

test('after kill -9 of the starter alone, nobody is left without it', async () => {
  const { starter, parts } = noted()
  process.kill(starter, 'SIGKILL')
  await running?.ended
  expect(
    await gone(
      parts.map(({ pid }) => pid),
      10_000,
    ),
  ).toBe(true)
  running = npmStart(copy)
  await running.says(/Ready after/)
  expect(running.output()).toContain('PostgreSQL still ran, taken over')
})

test('the port that somebody asked for is not exchanged for another', async () => {
  const { port } = new URL(address)
  const other = freshCopy()
  for (const env of [{ PORT: port }, { APP_URL: `http://localhost:${port}` }]) {
    const refused = npmStart(other, env)
    expect(await refused.ended).toBe(1)
    expect(refused.output()).toContain(`Port ${port} is taken`)
    expect(refused.output()).toContain('PORT')
  }
  removeCopy(other)
})

function withChildren(pid: number): number[] {
  const lines = execFileSync('ps', ['-A', '-o', 'pid=', '-o', 'ppid='], { encoding: 'utf8' })
    .trim()
    .split('\n')
  const pairs = lines.map(line => line.trim().split(/\s+/).map(Number))
  return [pid, ...pairs.filter(([, parent]) => parent === pid).map(([child]) => Number(child))]
}

function listenOn(port: number): Promise<Server> {
  return new Promise(resolve => {
    const server = createServer()
    // Taken by somebody else already is as good.
    server.once('error', () => resolve(server))
    server.listen(port, '127.0.0.1', () => resolve(server))
  })
}

async function pageIn(status: number) {
  const page = await ask(`${address}/sign-in`)
  return page.status === status ? page : undefined
}

async function withDatabase<T>(work: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(readHome('database-url'), { max: 1, onnotice: () => {} })
  return work(sql).finally(() => sql.end())
}

const keepRow = (name: string) =>
  withDatabase(async sql => {
    await sql`insert into partners (id, name) values (gen_random_uuid(), ${name})`
  })

const rowsKept = () =>
  withDatabase(async sql => {
    const rows = await sql`select name from partners`
    return rows.map(row => String(row.name))
  })
