import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { migrateDatabase } from '../lib/db/migrate.ts'
import { installQueue } from '../lib/queue/install.ts'
import { root } from './checks/check.ts'
import { isAlive } from './postgres/processes.ts'
import { startThrowawayCluster } from './postgres/throwaway.ts'
import { buildIfChanged } from './start/build.ts'
import type { Part } from './start/children.ts'
import { newKeyring, newSecret } from './start/home.ts'
import { choosePort } from './start/ports.ts'
import { say } from './start/say.ts'
import { superviseParts } from './start/supervise.ts'
import { endWithTerminal } from './start/terminal.ts'

// The production build with its worker and sandbox on a database of its own, for Playwright; what tests need to know of it is
// written to `test-results/stack.json`. Ports come from the environment, so that the configuration knows them too.

const results = path.join(root, 'test-results')
const logs = path.join(results, 'logs')
rmSync(logs, { recursive: true, force: true })
mkdirSync(logs, { recursive: true })
rmSync(path.join(results, 'secrets.txt'), { force: true })

const port = Number(process.env.PORT)
const anyPort = { host: '127.0.0.1', mayMove: true, variable: 'SANDBOX_PORT' }
const sandboxPort = await choosePort(port + 1, anyPort)
const appUrl = `http://localhost:${port}`
const sandboxOrigin = `http://workable.localhost:${sandboxPort}`

await buildIfChanged(root)
const cluster = await startThrowawayCluster()
const supervisor = superviseParts(root, { onChange: () => {}, onGiveUp: error => void stop(error.message) })
let stopping = false
endWithTerminal(() => void stop())
// Whoever wanted it may be killed, and then there is nobody to say that it is over.
const wantedBy = Number(process.env.GANGWAY_WANTED_BY ?? process.ppid)
setInterval(() => void (isAlive(wantedBy) || stop()), 1_000).unref()

const databaseUrl = cluster.url('postgres')
await migrateDatabase(databaseUrl, path.join(root, 'drizzle'))
await installQueue(databaseUrl)

const env = {
  ...process.env,
  NODE_ENV: 'production' as const,
  HOST: '127.0.0.1',
  PORT: String(port),
  APP_URL: appUrl,
  DATABASE_URL: databaseUrl,
  GANGWAY_KEYS: newKeyring(),
  AUTH_SECRET: newSecret(),
  SANDBOX: 'on',
  SANDBOX_PORT: String(sandboxPort),
  SANDBOX_ORIGIN: sandboxOrigin,
  SUPPORT_CONTACT:
    'https://help.example.com/chat; help@example.com; +31 20 555 0100; Monday to Friday, 9 to 17',
  LOG_LEVEL: 'debug',
}
const stack = { appUrl, sandboxOrigin, databaseUrl, logs, setUpUrl: await makeSetUpLink() }
writeFileSync(path.join(results, 'stack.json'), JSON.stringify({ ...stack, env }), { mode: 0o600 })

const sandboxEnv = {
  NODE_ENV: 'production' as const,
  PATH: process.env.PATH,
  SANDBOX_PORT: String(sandboxPort),
}
if (existsSync(path.join(root, 'lib/sandbox/main.ts')))
  await supervisor.start(part('sandbox', 'lib/sandbox/main.ts', sandboxEnv))
await supervisor.start(part('worker', 'worker.ts', env))
await supervisor.start(part('server', 'server.ts', env))

function part(name: Part['name'], script: string, partEnv: NodeJS.ProcessEnv): Part {
  return { name, script, env: partEnv, logFile: path.join(logs, `${name}.log`) }
}

async function makeSetUpLink(): Promise<string | undefined> {
  Object.assign(process.env, env)
  const { createSetUpLink } = await import('../lib/members/create-set-up-link.ts')
  const { closeDatabase } = await import('../lib/db/client.ts')
  return createSetUpLink().finally(closeDatabase)
}

async function stop(reason?: string): Promise<void> {
  if (stopping) return
  stopping = true
  if (reason) say(reason)
  await supervisor.stop()
  await cluster.stop()
  process.exit(reason ? 1 : 0)
}
