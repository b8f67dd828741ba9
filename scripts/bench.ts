import { spawn } from 'node:child_process'
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import net from 'node:net'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { relayTo } from './bench/count-queries.ts'
import { type Figure, get, interleaved, printFigures, timeOf } from './bench/measure.ts'
import { bareWeight, weightOf } from './bench/weigh-scripts.ts'
import { startThrowawayCluster } from './postgres/throwaway.ts'
import { buildIfChanged } from './start/build.ts'

// Measured on the production build with a PostgreSQL of its own; nothing of an installation is touched.

const root = path.dirname(import.meta.dirname)
const bounds = {
  positions: 1.3,
  audit: 1.5,
  wizardTime: 2,
  wizardQueries: 4,
  wizardKilobytes: 8,
  sealMicroseconds: 60,
}

process.stdout.write('Building, starting a PostgreSQL and an app of their own …\n')
await buildIfChanged(root)
const cluster = await startThrowawayCluster()
const direct = new URL(cluster.url('postgres'))
const relay = await relayTo(direct.hostname, Number(direct.port))
const port = await freePort()
const appUrl = `http://localhost:${port}`
Object.assign(process.env, {
  NODE_ENV: 'production',
  APP_URL: appUrl,
  PORT: String(port),
  DATABASE_URL: direct.href,
  GANGWAY_KEYS: `bench:${randomBytes(32).toString('base64')}`,
  AUTH_SECRET: randomBytes(32).toString('base64'),
  LOG_LEVEL: 'error',
})
const { migrateDatabase } = await import('../lib/db/migrate.ts')
const { installQueue } = await import('../lib/queue/install.ts')
await migrateDatabase(direct.href, path.join(root, 'drizzle'))
await installQueue(direct.href)
const counted = Object.assign(new URL(direct.href), { hostname: '127.0.0.1', port: String(relay.port) })
const server = spawn(process.execPath, ['server.ts'], {
  cwd: root,
  env: { ...process.env, DATABASE_URL: counted.href },
  stdio: ['ignore', 'ignore', 'inherit'],
})
try {
  await answers()
  const figures = [
    ...(await positionsFigure()),
    ...(await wizardFigures()),
    await auditFigure(),
    await sealFigure(),
  ]
  process.exitCode = printFigures(figures) ? 0 : 1
} finally {
  server.kill('SIGTERM')
  const { closeDatabase } = await import('../lib/db/client.ts')
  const { closeQueue } = await import('../lib/queue/send.ts')
  await closeQueue()
  await closeDatabase()
  await relay.stop()
  await cluster.stop()
}

async function positionsFigure(): Promise<Figure[]> {
  const { seedWorkspace } = await import('./bench/seed.ts')
  const few = await seedWorkspace(50)
  const many = await seedWorkspace(10_000)
  const pages = [few, many].map(each => ({ url: `${appUrl}/w/${each.slug}/positions`, cookie: each.cookie }))
  for (const { url, cookie } of pages) await timeOf(url, cookie, 20)
  const [ceiling = 0, figure = 0] = await interleaved(
    pages.map(
      ({ url, cookie }) =>
        () =>
          timeOf(url, cookie),
    ),
  )
  return [
    compared(
      'positions: 10,000 beside 50, a page of 25',
      [ceiling, figure],
      bounds.positions,
      'a page of 50 positions',
    ),
  ]
}

async function auditFigure(): Promise<Figure> {
  const { seedEvents, seedWorkspace } = await import('./bench/seed.ts')
  const [few, many] = [await seedWorkspace(1), await seedWorkspace(1)]
  await seedEvents(few, 1_000)
  await seedEvents(many, 1_000_000)
  const pages = [few, many].map(each => ({
    url: `${appUrl}/w/${each.slug}/settings/audit`,
    cookie: each.cookie,
  }))
  for (const { url, cookie } of pages) await timeOf(url, cookie, 20)
  const [ceiling = 0, figure = 0] = await interleaved(
    pages.map(
      ({ url, cookie }) =>
        () =>
          timeOf(url, cookie),
    ),
  )
  return compared(
    'audit log: 1,000,000 beside 1,000, first page',
    [ceiling, figure],
    bounds.audit,
    'the first of 1,000 entries',
  )
}

async function wizardFigures(): Promise<Figure[]> {
  const { seedWorkspace } = await import('./bench/seed.ts')
  const { startLinkSession } = await import('../lib/link-sessions/start.ts')
  const { owner, cookie } = await seedWorkspace(1)
  const { id } = await startLinkSession(owner, { connector: 'workable', environment: 'live' })
  const step = `${appUrl}/link/${id}/how`
  const empty = `${appUrl}/account`
  for (const url of [step, empty]) await timeOf(url, cookie, 20)
  const [ceiling = 0, figure = 0] = await interleaved([empty, step].map(url => () => timeOf(url, cookie)))
  const queries = await queriesOf(step, cookie)
  const bare = bareWeight(root)
  const weight = weightOf((await get(step, cookie)).body, path.join(root, '.next'))
  const more = (weight - bare) / 1024
  return [
    compared(
      'wizard step beside an empty page',
      [ceiling, figure],
      bounds.wizardTime,
      'signed in, nothing on it',
    ),
    {
      what: 'wizard step: queries',
      ceiling: '-',
      figure: String(queries),
      ratio: '-',
      bound: `${bounds.wizardQueries}`,
      holds: queries > 0 && queries <= bounds.wizardQueries,
    },
    {
      what: 'wizard step: scripts, gzip, beside a bare Next build',
      ceiling: `${(bare / 1024).toFixed(1)} KB`,
      figure: `${(weight / 1024).toFixed(1)} KB`,
      ratio: `+${more.toFixed(1)} KB`,
      bound: `+${bounds.wizardKilobytes} KB`,
      holds: more <= bounds.wizardKilobytes,
    },
  ]
}

/** The fewest that any of ten requests needed: what else the process asks the database meanwhile is not the page's. */
async function queriesOf(url: string, cookie: string): Promise<number> {
  const seen: number[] = []
  for (let i = 0; i < 10; i++) {
    relay.take()
    await get(url, cookie)
    seen.push(relay.take())
    await sleep(150)
  }
  return Math.min(...seen)
}

async function sealFigure(): Promise<Figure> {
  const { sealPlusOpenMicroseconds } = await import('../lib/crypto/seal.bench.ts')
  const text = randomBytes(48)
  const key = randomBytes(32)
  const raw = () => {
    const started = performance.now()
    for (let i = 0; i < 2000; i++) {
      const nonce = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', key, nonce)
      const sealed = Buffer.concat([cipher.update(text), cipher.final()])
      const decipher = createDecipheriv('aes-256-gcm', key, nonce).setAuthTag(cipher.getAuthTag())
      Buffer.concat([decipher.update(sealed), decipher.final()])
    }
    return ((performance.now() - started) * 1000) / 2000
  }
  const [ceiling = 0, figure = 0] = await interleaved([raw, () => sealPlusOpenMicroseconds(4000)])
  return {
    what: 'seal and open a key',
    ceiling: `${ceiling.toFixed(1)} µs (the cipher alone)`,
    figure: `${figure.toFixed(1)} µs`,
    ratio: (figure / ceiling).toFixed(2),
    bound: `${bounds.sealMicroseconds} µs`,
    holds: figure < bounds.sealMicroseconds,
  }
}

function compared(what: string, [ceiling, figure]: [number, number], bound: number, of: string): Figure {
  const ratio = figure / ceiling
  return {
    what,
    ceiling: `${ceiling.toFixed(1)} ms (${of})`,
    figure: `${figure.toFixed(1)} ms`,
    ratio: ratio.toFixed(2),
    bound: `${bound}`,
    holds: ratio <= bound,
  }
}

async function answers(): Promise<void> {
  for (let i = 0; i < 200; i++) {
    const live = await get(`${appUrl}/api/health/live`, '').catch(() => undefined)
    if (live?.status === 200) return
    await sleep(100)
  }
  throw new Error('the app did not start')
}

async function freePort(): Promise<number> {
  const probe = net.createServer()
  await new Promise<void>(resolve => probe.listen(0, '127.0.0.1', resolve))
  const address = probe.address()
  await new Promise(resolve => probe.close(resolve))
  return typeof address === 'object' && address ? address.port : 0
}
