import { randomBytes } from 'node:crypto'
import postgres from 'postgres'
import { afterAll, afterEach, beforeEach, inject } from 'vitest'
import { log } from '#lib/log.ts'

const cluster = inject('cluster')
const database = `t_${randomBytes(8).toString('hex')}`
const maintenance = postgres(cluster.url, { max: 1, onnotice: () => {} })
await maintenance`create database ${maintenance(database)} template ${maintenance(cluster.template)}`

const address = new URL(cluster.url)
address.pathname = database
Object.assign(process.env, {
  DATABASE_URL: address.href,
  DATABASE_POOL: '5',
  APP_URL: 'http://localhost:3000',
  SANDBOX_ORIGIN: 'http://workable.localhost:4010',
  SANDBOX: 'on',
  GANGWAY_KEYS: `t1:${randomBytes(32).toString('base64')}`,
  AUTH_SECRET: randomBytes(32).toString('base64'),
})

log.level = 'silent'

afterAll(async () => {
  // Loaded only where the file has used them: most need neither, and loading them costs more than their tests.
  if ('gangwaySender' in globalThis) await (await import('#lib/queue/send.ts')).closeQueue()
  if ('gangwayDatabase' in globalThis) await (await import('#lib/db/client.ts')).closeDatabase()
  await maintenance`drop database ${maintenance(database)} with (force)`
  await maintenance.end()
})

// A test that expects one spies on console.error itself; then this collects nothing.
let complaints: unknown[][] = []
beforeEach(() => {
  complaints = []
  console.error = (...words: unknown[]) => complaints.push(words)
})
afterEach(() => {
  if (complaints.length > 0) throw new Error(`unexpected console.error: ${complaints.map(String).join('\n')}`)
})
