import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { root } from '../checks/check.ts'
import { startThrowawayCluster } from '../postgres/throwaway.ts'
import { buildIfChanged } from '../start/build.ts'
import { choosePort } from '../start/ports.ts'
import { startYesServer, type YesServer } from './authorization-server.ts'
import { type Relay, relayTo } from './count-queries.ts'
import { get } from './measure.ts'

/** The production build with a PostgreSQL of its own; `relay` counts what it asks, `yes` is where it signs in. */
export type BenchApp = { appUrl: string; relay: Relay; yes: YesServer; stop: () => Promise<void> }

/**
 * Builds and starts the app for measuring; nothing of an installation is touched. This process gets the same environment, so that
 * it can seed by the program's own verbs, which must not be read before.
 */
export async function startBenchApp(): Promise<BenchApp> {
  await buildIfChanged(root)
  const cluster = await startThrowawayCluster({ durable: true })
  const yes = await startYesServer()
  const direct = new URL(cluster.url('postgres'))
  const relay = await relayTo(direct.hostname, Number(direct.port))
  const port = await choosePort(21_000, { host: '127.0.0.1', mayMove: true, variable: 'PORT' })
  const appUrl = `http://localhost:${port}`
  Object.assign(process.env, {
    NODE_ENV: 'production',
    APP_URL: appUrl,
    PORT: String(port),
    DATABASE_URL: direct.href,
    GANGWAY_KEYS: `bench:${randomBytes(32).toString('base64')}`,
    AUTH_SECRET: randomBytes(32).toString('base64'),
    LOG_LEVEL: 'error',
    SANDBOX_ORIGIN: yes.origin,
  })
  const { migrateDatabase } = await import('../../lib/db/migrate.ts')
  const { installQueue } = await import('../../lib/queue/install.ts')
  await migrateDatabase(direct.href, path.join(root, 'drizzle'))
  await installQueue(direct.href)
  const counted = Object.assign(new URL(direct.href), { hostname: '127.0.0.1', port: String(relay.port) })
  const server = spawn(process.execPath, ['server.ts'], {
    cwd: root,
    env: { ...process.env, DATABASE_URL: counted.href },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const stop = async () => {
    server.kill('SIGINT')
    const { closeDatabase } = await import('../../lib/db/client.ts')
    const { closeQueue } = await import('../../lib/queue/send.ts')
    await closeQueue()
    await closeDatabase()
    await relay.stop()
    await yes.stop()
    await cluster.stop()
  }
  await answers(appUrl).catch(error => stop().then(() => Promise.reject(error)))
  return { appUrl, relay, yes, stop }
}

async function answers(appUrl: string): Promise<void> {
  for (let i = 0; i < 200; i++) {
    const live = await get(`${appUrl}/api/health/live`, '').catch(() => undefined)
    if (live?.status === 200) return
    await sleep(100)
  }
  throw new Error('the app did not start')
}
