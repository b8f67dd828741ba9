import { randomBytes } from 'node:crypto'
import path from 'node:path'
import { root } from './checks/check.ts'
import { type Line, printTable } from './faults/table.ts'
import { startThrowawayCluster } from './postgres/throwaway.ts'

/** `npm run faults [F-xx …]`: all faults of `security.md` 6 that are due, or those that are named; the table last. */
const wanted = process.argv.slice(2)

const say = (text: string) => process.stdout.write(`${text}\n`)
say('Starting a PostgreSQL and a sandbox of their own …')
const cluster = await startThrowawayCluster()
const url = cluster.url('postgres')
Object.assign(process.env, {
  APP_URL: 'http://localhost:3000',
  DATABASE_URL: url,
  DATABASE_POOL: '8',
  SANDBOX: 'on',
  GANGWAY_KEYS: `faults:${randomBytes(32).toString('base64')}`,
  AUTH_SECRET: randomBytes(32).toString('base64'),
  LOG_LEVEL: 'silent',
})
const lines: Line[] = []
// Read only now: what they read reads the configuration.
const { startSandboxProcess } = await import('./faults/sandbox.ts')
const { killChildren } = await import('./faults/children.ts')
let stopped: Promise<void> | undefined
const stop = () => {
  stopped ??= (async () => {
    await killChildren()
    const { closeQueue } = await import('../lib/queue/send.ts')
    const { closeDatabase } = await import('../lib/db/client.ts')
    await closeQueue()
    await closeDatabase()
    await cluster.stop()
  })()
  return stopped
}
// Told to end, it says what it has seen so far.
const endEarly = async () => {
  await stop()
  printTable(lines)
  process.exit(130)
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void endEarly())
try {
  const { migrateDatabase } = await import('../lib/db/migrate.ts')
  const { installQueue } = await import('../lib/queue/install.ts')
  await migrateDatabase(url, path.join(root, 'drizzle'))
  await installQueue(url)
  const sandbox = await startSandboxProcess()
  process.env.SANDBOX_ORIGIN = sandbox.origin
  const { log } = await import('../lib/log.ts')
  log.level = 'silent'
  const { faults } = await import('./faults/all.ts')
  for (const fault of faults) {
    if (wanted.length > 0 && !wanted.includes(fault.id)) continue
    const started = performance.now()
    const seen = await fault.run({ sandbox }, 'long')
    lines.push(...seen.map(one => ({ fault: fault.id, ...one })))
    say(`${[fault.id, fault.mode].join(' ').trim()}: ${Math.round((performance.now() - started) / 1000)} s`)
  }
  process.exitCode = printTable(lines) ? 0 : 1
} finally {
  await stop()
}
