import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { migrateDatabase } from '../lib/db/migrate.ts'
import { installQueue } from '../lib/queue/install.ts'
import { buildIfChanged } from './start/build.ts'
import type { Part } from './start/children.ts'
import { type Embedded, embeddedDatabase } from './start/database.ts'
import { openHome } from './start/home.ts'
import { waitUntilReady } from './start/ready.ts'
import { endLeftOvers, forgetRunning, noteRunning } from './start/recover.ts'
import { bringSandboxApp, type SandboxApp } from './start/sandbox-app.ts'
import { CannotStart, say, step } from './start/say.ts'
import { type Settings, settle } from './start/settings.ts'
import { superviseParts } from './start/supervise.ts'
import { endWithTerminal } from './start/terminal.ts'

const root = path.dirname(import.meta.dirname)
const args = process.argv.slice(2)
const started = performance.now() - Number(process.env.GANGWAY_INSTALL_MS ?? 0)

const home = await openHome(root)
const supervisor = superviseParts(root, { onChange: note, onGiveUp: fail })
let address = ''
let ending: Promise<void> | undefined
endWithTerminal(() => void end(0))

try {
  await start()
} catch (error) {
  await fail(error)
}

async function start(): Promise<void> {
  say('Gangway')
  const left = await endLeftOvers(home)
  if (left.length > 0) say(`  ! the last start was killed; ended what it left behind: ${left.join(', ')}`)
  const settings = await settle(root, home, args)
  const { env } = settings
  address = env.APP_URL
  const sandboxApp = settings.ownSandbox ? await bringSandboxApp(home, env) : undefined
  Object.assign(settings.childEnv, sandboxApp?.product)
  await note()
  const built = step(
    'Pages built',
    () => buildIfChanged(root),
    made => (made ? 'Pages built' : 'Pages unchanged'),
  )
  built.catch(() => {}) // awaited below; a failure must not count as unhandled until then
  const embedded = settings.ownDatabase ? await startDatabase(settings) : undefined
  const url = String(settings.childEnv.DATABASE_URL)
  await step('Database migrated', async () => {
    await migrateDatabase(url, path.join(root, 'drizzle'))
    await installQueue(url)
  })
  for (const part of partsBehind(settings, sandboxApp)) await supervisor.start(part)
  await built
  await step('Everything answers', async () => {
    await supervisor.start(partOf('server', 'server.ts', settings))
    const missing = await waitUntilReady(env, 30_000)
    if (missing.length > 0) say(`  ! does not answer yet: ${missing.join(', ')}; logs: ${home.directory}`)
  })
  if (settings.movedFrom) say(`  ! port ${settings.movedFrom} is taken, so this one is ${env.PORT}`)
  if (args.includes('--demo')) makeDemo(settings)
  await sayWhere(settings, embedded)
}

async function startDatabase(settings: Settings): Promise<Embedded> {
  const database = await embeddedDatabase(home)
  const cluster = await step(
    'PostgreSQL started',
    () => database.start(),
    ({ port, reused }) => `PostgreSQL ${reused ? 'still ran, taken over' : 'started'} (127.0.0.1:${port})`,
  )
  settings.childEnv.DATABASE_URL = cluster.url('postgres')
  // For `npm run keys`, and for whoever wants to look inside.
  await writeFile(home.file('database-url'), cluster.url('postgres'), { mode: 0o600 })
  supervisor.keep(database, cluster)
  return database
}

function partsBehind(settings: Settings, app: SandboxApp | undefined): Part[] {
  const parts: Part[] = []
  if (settings.ownSandbox && existsSync(path.join(root, 'lib/sandbox/main.ts'))) {
    const sandbox = partOf('sandbox', 'lib/sandbox/main.ts', settings)
    parts.push({
      ...sandbox,
      env: {
        ...plainEnv(),
        ...app?.sandbox,
        SANDBOX_PORT: String(settings.env.SANDBOX_PORT),
        SANDBOX_DIR: home.file('sandbox'),
      },
    })
  }
  if (settings.env.WORKER === 'on') parts.push(partOf('worker', 'worker.ts', settings))
  return parts
}

function partOf(name: Part['name'], script: string, { childEnv }: Settings): Part {
  return { name, script, env: childEnv, logFile: home.file(`${name}.log`) }
}

// The sandbox plays another company: it gets none of our secrets, but the one that it gave us.
function plainEnv(): NodeJS.ProcessEnv {
  return { NODE_ENV: 'production', PATH: process.env.PATH, SANDBOX_SEED: process.env.SANDBOX_SEED }
}

function makeDemo(settings: Settings): void {
  const script = path.join(root, 'scripts/demo.ts')
  const { stdout, status } = spawnSync(process.execPath, [script], {
    env: settings.childEnv,
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  if (status !== 0) throw new CannotStart('The sample data could not be made.')
  say(stdout.trimEnd())
}

async function sayWhere({ env, childEnv }: Settings, embedded: Embedded | undefined): Promise<void> {
  const apart = embedded && !embedded.directory.startsWith(home.directory)
  say(
    `  Back up ${home.directory} (keys, secrets)${apart ? ` and ${embedded.directory} (the database), together` : ''}.`,
  )
  say('  Without its file keys, stored credentials cannot be read any more.')
  const setUp = await setUpLink(childEnv)
  const took = ((performance.now() - started) / 1000).toFixed(1)
  say(
    `\n  Ready after ${took} s. ${setUp ? `Set Gangway up here, once:\n\n    ${setUp}` : `Open ${env.APP_URL}`}\n`,
  )
}

async function setUpLink(childEnv: NodeJS.ProcessEnv): Promise<string | undefined> {
  Object.assign(process.env, childEnv)
  const { createSetUpLink } = await import('../lib/members/create-set-up-link.ts')
  const { closeDatabase } = await import('../lib/db/client.ts')
  return createSetUpLink().finally(closeDatabase)
}

function note(): Promise<void> {
  return noteRunning(home, { starter: process.pid, address, parts: supervisor.pids() })
}

async function end(code: number): Promise<void> {
  ending ??= supervisor.stop().then(() => forgetRunning(home))
  await ending
  process.exit(code)
}

async function fail(error: unknown): Promise<void> {
  if (ending) return ending // what is interrupted fails, and that is no news
  const known = error instanceof CannotStart
  process.stderr.write(`\n${known ? error.message : error instanceof Error ? error.stack : String(error)}\n`)
  await end(known ? error.exitCode : 1)
}
