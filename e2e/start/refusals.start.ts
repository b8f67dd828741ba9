import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Cluster } from '../../scripts/postgres/cluster.ts'
import { startThrowawayCluster } from '../../scripts/postgres/throwaway.ts'
import { freshCopy, npmRun, npmStart, removeCopy, root, runScript } from './real-start.ts'

let cluster: Cluster
let whole: Record<string, string> = {}
const key = (id: string) => `${id}:${randomBytes(32).toString('base64')}`
const known = key('k1')

beforeAll(async () => {
  cluster = await startThrowawayCluster()
  const DATABASE_URL = cluster.url('postgres')
  const upgraded = npmRun(root, 'upgrade', [], { DATABASE_URL })
  expect(await upgraded.ended, upgraded.output()).toBe(0)
  const AUTH_SECRET = randomBytes(32).toString('base64')
  whole = { NODE_ENV: 'production', DATABASE_URL, AUTH_SECRET, GANGWAY_KEYS: known, PORT: '0' }
  // A worker that runs, on a database that was made ready by one command, makes it know this key.
  const worker = runScript('worker.ts', { ...whole, PORT: '3000' })
  await worker.says(/worker started/)
  worker.signal('SIGTERM')
  expect(await worker.ended).toBe(0)
})
afterAll(() => cluster.stop())

const entries = ['server.ts', 'worker.ts']

test.each(entries)('%s names every mistake of its configuration and does not start', async entry => {
  const mistakes = {
    PORT: 'eighty',
    APP_URL: 'http://gangway.example.com',
    DATABASE_URL: 'mysql://CNRY',
    WORKER: 'yes',
  }
  const refused = runScript(entry, { ...whole, ...mistakes })
  expect(await refused.ended).toBe(78)
  for (const name of Object.keys(mistakes)) expect(refused.output()).toContain(`${name}`)
  expect(refused.output()).toContain('Right is, for example, APP_URL=https://gangway.example.com')
  expect(refused.output()).not.toContain('CNRY')
})

test('npm start names mistakes the same way, before it makes anything ready', async () => {
  const copy = freshCopy()
  const refused = npmStart(copy, { SANDBOX: 'maybe', TRUSTED_PROXY: 'everybody' })
  expect(await refused.ended).toBe(78)
  expect(refused.output()).toContain('SANDBOX (maybe): it is neither on nor off')
  expect(refused.output()).toContain('TRUSTED_PROXY (everybody)')
  expect(refused.output()).not.toContain('PostgreSQL')
  removeCopy(copy)
})

const rings: [string, string | undefined, RegExp][] = [
  ['no key', undefined, /There is no key/],
  ['another key by a known id', key('k1'), /"k1" is not the one that this database knows/],
  ['a key of 16 bytes', `k1:${randomBytes(16).toString('base64')}`, /16 bytes/],
  ['a key of 31 bytes', `k1:${randomBytes(31).toString('base64')}`, /31 bytes/],
  ['a key of 33 bytes', `k1:${randomBytes(33).toString('base64')}`, /33 bytes/],
  ['a key that is no base64', 'k1:this-is-no-key', /not base64/],
  ['a key of zeros', `k1:${Buffer.alloc(32).toString('base64')}`, /weak/],
  ['an id twice', `${known},${key('k1')}`, /twice/],
]

test.each(entries.flatMap(entry => rings.map(ring => [entry, ...ring] as const)))(
  '%s does not start with %s (A-101)',
  async (entry, _what, ring, why) => {
    const { GANGWAY_KEYS: _, ...rest } = whole
    const refused = runScript(entry, { ...rest, PORT: '3000', ...(ring ? { GANGWAY_KEYS: ring } : {}) })
    expect(await refused.ended).toBe(78)
    expect(refused.output()).toMatch(why)
    if (ring) expect(refused.output()).not.toContain(ring.slice(3))
    expect(refused.output()).not.toMatch(/started/)
  },
)
