import { request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createDoor } from './serve.ts'

const appUrl = 'http://localhost:3000'
const probe = vi.hoisted(() => ({ databaseAnswers: vi.fn(async () => true) }))
vi.mock('#lib/health/probe.ts', () => probe)
const pool = vi.hoisted(() => ({ poolIsStuck: vi.fn(() => false) }))
vi.mock('#lib/health/pool.ts', () => pool)

const inside = vi.fn(async () => {}) // takes the request and never answers it
let port = 0
let server: ReturnType<typeof createDoor>

beforeEach(async () => {
  inside.mockClear()
  server = createDoor({ appUrl, trustedProxy: [], inside })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  port = (server.address() as AddressInfo).port
})
afterEach(async () => {
  server.closeAllConnections()
  await new Promise(resolve => server.close(resolve))
})

function ask(method: 'GET' | 'POST', headers: Record<string, string> = {}) {
  type Answer = { status: number; headers: Record<string, unknown>; body: string }
  return new Promise<Answer>((resolve, reject) => {
    const body = method === 'POST' ? { 'content-length': 3 } : {}
    const options = {
      port,
      method,
      path: '/w/acme',
      agent: false,
      headers: { host: 'localhost:3000', ...body, ...headers },
    }
    const sent = request(options, response => {
      let text = ''
      response.on('data', chunk => {
        text += String(chunk)
      })
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }),
      )
    })
    sent.on('error', reject)
    sent.end(method === 'POST' ? 'a=b' : undefined)
  })
}

test('without the database a page answers 503 and tries again by itself', async () => {
  probe.databaseAnswers.mockResolvedValue(false)
  const { status, headers, body } = await ask('GET')
  expect(status).toBe(503)
  expect(headers['retry-after']).toBe('3')
  expect(body).toContain('<meta http-equiv="refresh" content="3">')
  expect(inside).not.toHaveBeenCalled()
})

test('a form that was sent meanwhile leads back to the page on which it stands, and to no other site', async () => {
  probe.databaseAnswers.mockResolvedValue(false)
  const ours = await ask('POST', { referer: `${appUrl}/link/1/enter/api-key?a=b` })
  expect(ours.body).toContain('content="3; url=/link/1/enter/api-key?a=b"')
  expect(ours.body).toContain('may not have arrived')
  const twoSlashes = await ask('POST', { referer: `${appUrl}//evil.example/` })
  expect(twoSlashes.body).not.toContain('evil')
  const theirs = await ask('POST', { referer: 'https://evil.example/"><script>' })
  expect(theirs.body).toContain('content="3; url=/"')
})

test('a page that waits for a database which falls silent is answered all the same', async () => {
  probe.databaseAnswers.mockResolvedValueOnce(true).mockResolvedValue(false)
  const started = performance.now()
  const { status } = await ask('GET')
  expect(status).toBe(503)
  expect(inside).toHaveBeenCalledOnce()
  expect(performance.now() - started).toBeLessThan(5_000)
})

test('a pool that gives no connection is as a database that does not answer', async () => {
  probe.databaseAnswers.mockResolvedValue(true)
  pool.poolIsStuck.mockReturnValueOnce(false).mockReturnValue(true)
  expect((await ask('GET')).status).toBe(503)
  expect(inside).toHaveBeenCalledOnce()
  expect((await ask('GET')).headers['retry-after']).toBe('3')
  expect(inside).toHaveBeenCalledOnce()
})
