import { randomBytes } from 'node:crypto'
import { request } from 'node:http'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import postgres from 'postgres'
import { migrateDatabase } from '../../lib/db/migrate.ts'
import { installQueue } from '../../lib/queue/install.ts'
import { startThrowawayCluster } from '../../scripts/postgres/throwaway.ts'
import { choosePort } from '../../scripts/start/ports.ts'
import { newTeam } from '../team.ts'
import { root, runScript } from './real-start.ts'

export type Answer = { status: number; retryAfter: string; body: string; ms: number }

/** The production build (`npm test` has made it) as one server process on a PostgreSQL of its own, with a workspace in it. */
export async function startRealApp() {
  const cluster = await startThrowawayCluster()
  const url = cluster.url('postgres')
  await migrateDatabase(url, path.join(root, 'drizzle'))
  await installQueue(url)
  const port = await choosePort(23_000, { host: '127.0.0.1', mayMove: true, variable: 'PORT' })
  const appUrl = `http://localhost:${port}`
  const env = {
    NODE_ENV: 'production',
    APP_URL: appUrl,
    PORT: String(port),
    DATABASE_URL: url,
    DATABASE_POOL: '5',
    GANGWAY_KEYS: `k1:${randomBytes(32).toString('base64')}`,
    AUTH_SECRET: randomBytes(32).toString('base64'),
    SANDBOX: 'off',
  }
  Object.assign(process.env, env)
  const team = await newTeam()
  const sql = postgres(url, { max: 2, onnotice: () => {} })
  const start = () => runScript('server.ts', env)
  const { name, value } = team.people.owner.cookie
  const ask = (where: string, form?: Record<string, string>) =>
    askFor(`${appUrl}${where}`, `${name}=${value}`, form)
  const stop = async () => {
    await sql.end({ timeout: 1 })
    const { closeDatabase } = await import('#lib/db/client.ts')
    const { closeQueue } = await import('#lib/queue/send.ts')
    await closeQueue()
    await closeDatabase()
    await cluster.stop()
  }
  return { cluster, url, env, team, sql, start, ask, stop }
}

/** A request as her browser sends it, a form's fields by POST; status 0 where nobody answers. */
function askFor(address: string, cookie: string, form?: Record<string, string>): Promise<Answer> {
  const began = performance.now()
  const body = form ? new URLSearchParams(form).toString() : ''
  const type = 'application/x-www-form-urlencoded'
  const sent = { origin: new URL(address).origin, 'content-type': type, 'content-length': body.length }
  return new Promise(resolve => {
    const end = (status: number, retryAfter = '', text = '') =>
      resolve({ status, retryAfter, body: text, ms: performance.now() - began })
    const asked = request(
      address,
      { method: form ? 'POST' : 'GET', agent: false, headers: { cookie, ...(form ? sent : {}) } },
      response => {
        let text = ''
        response.on('data', chunk => {
          text += String(chunk)
        })
        response.on('end', () => end(response.statusCode ?? 0, response.headers['retry-after'] ?? '', text))
        response.on('error', () => end(0))
      },
    )
    asked.on('error', () => end(0))
    asked.end(body)
  })
}

/** Asks until it is so; gives the milliseconds that it took. */
export async function until(isSo: () => Promise<boolean>, patienceMs: number): Promise<number> {
  const began = performance.now()
  while (!(await isSo())) {
    if (performance.now() - began > patienceMs) throw new Error(`not within ${patienceMs} ms`)
    await sleep(100)
  }
  return performance.now() - began
}
