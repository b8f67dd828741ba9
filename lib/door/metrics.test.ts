import { request as ask, IncomingMessage, type Server } from 'node:http'
import { type AddressInfo, Socket } from 'node:net'
import { afterAll, expect, test, vi } from 'vitest'
import { Secret } from '#lib/crypto/secret.ts'
import { db, sqlClient, transaction } from '#lib/db/client.ts'
import { makeWorkspace } from '#lib/db/testing.ts'
import { closeProbe } from '#lib/health/probe.ts'
import { openFor, sealFor } from '#lib/keys/seal-for.ts'
import { someColumn, someKeyOwner } from '#lib/keys/testing.ts'
import { createLimiter, take } from '#lib/limits/limiter.ts'
import { loggedBy } from '#lib/log-testing.ts'
import { revokeLater } from '#lib/oauth/revocations.ts'
import { insertOAuthApp } from '#lib/partners/oauth-apps.ts'
import { sendTask } from '#lib/queue/send.ts'
import { listenForMetrics, mayScrape } from './metrics.ts'
import { createDoor } from './serve.ts'

const token = 'CNRY-a-token-of-32-characters-or-more'
const here = 'http://localhost:3000'
const servers: Server[] = []
afterAll(async () => {
  for (const server of servers) await new Promise(resolve => server.close(resolve))
  await closeProbe()
})

async function portOf(server: Server): Promise<number> {
  servers.push(server)
  if (!server.listening) await new Promise<void>(resolve => server.listen(0, '127.0.0.1', () => resolve()))
  return (server.address() as AddressInfo).port
}

const doorFor = (appUrl: string, metricsToken?: string) =>
  portOf(
    createDoor({
      appUrl,
      metricsToken,
      trustedProxy: ['10.0.0.0/8'],
      inside: async (_request, response) => void response.writeHead(404).end('inside'),
    }),
  )

type Answer = { status: number; text: string; type: string }

function get(port: number, path: string, headers: Record<string, string> = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = ask(
      { host: '127.0.0.1', port, path, headers: { host: 'localhost:3000', ...headers } },
      response => {
        let text = ''
        response.setEncoding('utf8').on('data', part => {
          text += part
        })
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, text, type: String(response.headers['content-type']) }),
        )
      },
    )
    sent.on('error', reject).end()
  })
}

const figure = (text: string, line: string): number =>
  Number(
    text
      .split('\n')
      .find(each => each.startsWith(`${line} `))
      ?.split(' ')
      .at(-1),
  )

test('on an installation that is this machine alone, this machine may read the figures, and no proxy', async () => {
  const port = await doorFor(here)
  const answer = await get(port, '/metrics')
  expect([answer.status, answer.type]).toEqual([200, 'text/plain; version=0.0.4; charset=utf-8'])
  expect(answer.text).toContain('gangway_http_request_seconds')
  for (const header of ['x-forwarded-for', 'forwarded', 'x-real-ip', 'via'])
    expect((await get(port, '/metrics', { [header]: '127.0.0.1' })).text).toBe('inside')
})

test('a public installation shows them to nobody without the token, not even to a proxy on the same machine', async () => {
  const headers = { host: 'gangway.example.com' }
  const open = await doorFor('https://gangway.example.com')
  expect((await get(open, '/metrics', headers)).text).toBe('inside')
  expect((await get(open, '/metrics', { host: 'localhost:3000' })).status).toBe(421)
  const guarded = await doorFor('https://gangway.example.com', token)
  for (const authorization of ['', token, `Basic ${token}`, `Bearer ${token}x`, 'Bearer '])
    expect((await get(guarded, '/metrics', { ...headers, authorization })).text).toBe('inside')
  const right = await get(guarded, '/metrics', { ...headers, authorization: `Bearer ${token}` })
  expect(right.status).toBe(200)
  expect(right.text).not.toContain('CNRY')
})

test('where there is a token, this machine needs it too', async () => {
  const port = await doorFor(here, token)
  expect((await get(port, '/metrics')).text).toBe('inside')
})

test('an address that is not this machine is refused without a token', () => {
  const request = new IncomingMessage(
    Object.defineProperty(new Socket(), 'remoteAddress', { value: '192.0.2.1' }),
  )
  Object.assign(request, { method: 'GET', url: '/metrics' })
  expect(mayScrape(request, { appUrl: here, token: undefined })).toBe(false)
})

test('requests are counted by kind and status, never by address', async () => {
  const port = await doorFor(here)
  const count = async (kind: string) =>
    figure(
      (await get(port, '/metrics')).text,
      `gangway_http_request_seconds_count{kind="${kind}",status="404"}`,
    ) || 0
  const [pages, walks] = [await count('page'), await count('wizard')]
  await get(port, '/w/acme/positions?q=CNRY')
  await get(port, '/link/7f2c1d3e-8a4b-4c5d-9e6f-0a1b2c3d4e5f/how')
  await vi.waitFor(async () =>
    expect([await count('page'), await count('wizard')]).toEqual([pages + 1, walks + 1]),
  )
  expect((await get(port, '/metrics')).text).not.toMatch(/CNRY|acme|7f2c1d3e/)
})

test('what is sealed, opened and refused is counted', async () => {
  const port = await doorFor(here)
  const read = async (line: string) => figure((await get(port, '/metrics')).text, line) || 0
  const lines = [
    'gangway_secrets_total{act="seal",outcome="done"}',
    'gangway_secrets_total{act="open",outcome="done"}',
    'gangway_secrets_total{act="open",outcome="failed"}',
    'gangway_rate_limit_refusals_total{limit="tested"}',
  ]
  const before = await Promise.all(lines.map(read))
  const [owner, place] = [someKeyOwner(), someColumn()]
  const sealed = await transaction(tx => sealFor(tx, owner, place, new Secret('CNRY-key')))
  await openFor(db(), owner, place, sealed)
  await expect(openFor(db(), owner, someColumn(), sealed)).rejects.toThrow()
  const limiter = createLimiter({ name: 'tested', points: 1, seconds: 60, withoutDatabase: 1 })
  await take(limiter, 'CNRY-person')
  await expect(take(limiter, 'CNRY-person')).rejects.toMatchObject({ code: 'too_many' })
  expect(await Promise.all(lines.map(read))).toEqual(before.map(count => count + 1))
  expect((await get(port, '/metrics')).text).not.toContain('CNRY')
})

test('the ages of the oldest task and the oldest check are those of the database at this moment', async () => {
  const port = await doorFor(here)
  const read = async (line: string) => figure((await get(port, '/metrics')).text, line)
  expect(await read('gangway_oldest_waiting_task_seconds')).toBe(0)
  await sendTask(db(), 'fetch-jobs', { connectionId: '7f2c1d3e-8a4b-4c5d-9e6f-0a1b2c3d4e5f' })
  await sqlClient()`update queue.job set start_after = now() - interval '90 seconds' where name = 'fetch-jobs'`
  const age = await read('gangway_oldest_waiting_task_seconds')
  expect(age).toBeGreaterThanOrEqual(90)
  expect(age).toBeLessThan(120)
  expect(await read('gangway_oldest_due_check_seconds')).toBe(0)
  expect(await read('gangway_database_up')).toBe(1)
})

test('an OAuth app that has stopped, and a revocation that is not proven, are seen from outside', async () => {
  const port = await doorFor(here)
  const read = async (line: string) => figure((await get(port, '/metrics')).text, line)
  const { partnerId, workspaceId } = await makeWorkspace()
  const place = { connector: 'workable', environment: 'live' } as const
  await transaction(async tx => {
    const client = { clientId: 'a-client', secret: new Secret('CNRY-client'), lastFour: '' }
    const appId = await insertOAuthApp(tx, { partnerId, ...place, source: 'console', ...client })
    const pair = { access: new Secret('CNRY-a'), refresh: new Secret('CNRY-r'), accessExpiresAt: new Date() }
    await revokeLater(tx, { workspaceId, appId, ...place, reason: 'unconfirmed' }, pair)
  })
  expect([await read('gangway_oauth_apps_stopped')]).toEqual([0])
  await sqlClient()`update oauth_apps set state = 'stopped' where partner_id = ${partnerId}`
  await sqlClient()`update revocations set created_at = now() - interval '2 hours' where workspace_id = ${workspaceId}`
  expect(await read('gangway_oauth_apps_stopped')).toBe(1)
  expect(await read('gangway_oldest_unproven_revocation_seconds')).toBeGreaterThanOrEqual(7200)
})

test('a worker’s listener tells its figures and nothing else', async () => {
  const server = listenForMetrics({ appUrl: here, token }, { host: '127.0.0.1', port: 0 })
  await new Promise<void>(resolve => server.once('listening', () => resolve()))
  const port = await portOf(server)
  expect((await get(port, '/metrics')).status).toBe(404)
  expect((await get(port, '/', { authorization: `Bearer ${token}` })).status).toBe(404)
  expect((await get(port, '/metrics', { authorization: `Bearer ${token}` })).text).toContain(
    'gangway_task_seconds',
  )
})

test('the token is in no line of the log', async () => {
  const port = await doorFor(here, token)
  const lines = await loggedBy(async () => {
    await get(port, '/metrics', { authorization: `Bearer ${token}` })
    await get(port, '/metrics', { authorization: `Bearer x${token}` })
    await new Promise(resolve => setTimeout(resolve, 50))
  })
  expect(lines.map(line => line.path)).toEqual(['/metrics', '/metrics'])
  expect(JSON.stringify(lines)).not.toContain('CNRY')
})
