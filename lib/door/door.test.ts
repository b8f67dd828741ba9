import type { IncomingMessage, Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { pagePolicy, securityHeaders } from './headers.ts'
import { createDoor } from './serve.ts'

const appUrl = 'http://localhost:3000'
let server: Server
let port = 0
let inside: IncomingMessage['headers'][] = []

beforeAll(async () => {
  server = createDoor({
    appUrl,
    trustedProxy: ['10.0.0.0/8'],
    inside: async (request, response) => {
      inside.push({ ...request.headers })
      if (request.url === '/fails') throw new Error('CNRY inside failed')
      response.end('inside')
    },
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  port = (server.address() as AddressInfo).port
})
afterAll(() => new Promise(resolve => server.close(resolve)))
beforeEach(() => {
  inside = []
})

/** Sends bytes as they are, since a client that behaves cannot ask what is asked here. */
function ask(...lines: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = ''
    const socket = connect(port, '127.0.0.1', () => socket.write(lines.join('\r\n')))
    socket.on('data', data => {
      answer += data.toString()
    })
    socket.on('error', reject)
    socket.on('close', () => resolve(answer))
  })
}

const get = (path: string, ...headers: string[]) =>
  ask(`GET ${path} HTTP/1.1`, 'Host: localhost:3000', 'Connection: close', ...headers, '', '')
const post = (body: string, ...headers: string[]) =>
  ask('POST /form HTTP/1.1', 'Host: localhost:3000', 'Connection: close', ...headers, '', body)
const statusOf = (answer: string) => Number(answer.split(' ')[1])

// Taken out with: a header of `securityHeaders`, or a part of `common`, that is named below.
test('a page is reached under its own address, and its answer carries every header (A-074, A-085, A-088, A-116)', async () => {
  const answer = await get('/')
  expect(statusOf(answer)).toBe(200)
  for (const header of [
    "content-security-policy: default-src 'none'; ",
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'",
    'x-content-type-options: nosniff',
    'x-frame-options: DENY',
    'referrer-policy: same-origin',
    'permissions-policy: camera=()',
    'cross-origin-opener-policy: same-origin',
    'cross-origin-resource-policy: same-origin',
    'cache-control: no-store',
    'x-request-id: ',
  ]) {
    expect(answer).toContain(header)
  }
  expect(answer).not.toContain('strict-transport-security')
})

// Taken out with: the loop over `strippedHeaders`, or any one line of `cleanHeaders`; `peerAddress`, reading from the left.
test('whoever claims to be somebody else, or to stand elsewhere, is not believed (A-034, A-113)', async () => {
  await get(
    '/',
    'X-Forwarded-For: 1.2.3.4',
    'X-Forwarded-Host: evil.example',
    'X-Forwarded-Proto: https',
    'Forwarded: host=evil.example',
    'X-Real-IP: 1.2.3.4',
    'X-Original-URL: /other',
  )
  expect(inside).toHaveLength(1)
  expect(inside[0]).toMatchObject({
    host: 'localhost:3000',
    'x-forwarded-for': '127.0.0.1',
    'x-forwarded-host': 'localhost:3000',
    'x-forwarded-proto': 'http',
  })
  for (const gone of ['forwarded', 'x-real-ip', 'x-original-url']) expect(inside[0]).not.toHaveProperty(gone)
  // Where any host may ask, the program inside hears of ours alone all the same.
  await ask('GET /api/health/live HTTP/1.1', 'Host: evil.example', 'Connection: close', '', '')
  expect(inside[1]).toMatchObject({ host: 'localhost:3000', 'x-forwarded-host': 'localhost:3000' })
})

// Taken out with: the loop over `strippedHeaders` in `cleanHeaders`.
test("headers of Next's own inside do not come in from outside (A-107)", async () => {
  await get(
    '/',
    'x-middleware-subrequest: middleware:middleware:middleware:middleware:middleware',
    'x-invoke-path: /w/acme',
    'x-nextjs-data: 1',
    'X-HTTP-Method-Override: DELETE',
  )
  const names = Object.keys(inside[0] ?? {})
  expect(names.filter(name => /middleware|invoke|nextjs|override/.test(name))).toEqual([])
})

test('another host is told where Gangway is, and another name of this machine is led there', async () => {
  const evil = await ask('GET / HTTP/1.1', 'Host: evil.example', 'Connection: close', '', '')
  expect(statusOf(evil)).toBe(421)
  expect(evil).toContain('It answers at http://localhost:3000 only.')
  const other = await ask('GET /a?b=c HTTP/1.1', 'Host: 127.0.0.1:3000', 'Connection: close', '', '')
  expect(statusOf(other)).toBe(307)
  expect(other).toContain('location: http://localhost:3000/a?b=c\r\n')
  const form = await ask(
    'POST / HTTP/1.1',
    'Host: 127.0.0.1:3000',
    'Connection: close',
    'Content-Length: 0',
    '',
    '',
  )
  expect(statusOf(form)).toBe(421)
  expect(inside).toEqual([])
})

test('health may be asked under any host', async () => {
  const answer = await ask('GET /api/health/live HTTP/1.1', 'Host: 10.1.2.3', 'Connection: close', '', '')
  expect(statusOf(answer)).toBe(200)
})

// Taken out with: `isPlainPath` in `examine.ts`.
test.each([
  ['a path that is encoded to look like another', '/w/%2e%2e/settings'],
  ['an encoded slash', '/w%2facme'],
  ['an encoded backslash', '/w/%5cevil'],
  ['a path that is decoded twice', '/w/%252e%252e'],
  ['a semicolon', '/w/acme;admin'],
  ['dots', '/w/../settings'],
  ['a doubled slash', '//evil.example/'],
  ['a null byte', '/w/%00'],
  ['a null byte in a search', '/w/acme/positions?q=%00'],
  ['a broken percent sign', '/w/%zz'],
  ['an absolute address', 'http://evil.example/'],
])('%s is refused (A-107)', async (_what, path) => {
  expect(statusOf(await get(path))).toBe(400)
  expect(inside).toEqual([])
})

test('a form without a length, or in chunks, is refused before anybody reads it', async () => {
  expect(statusOf(await post(''))).toBe(411)
  expect(statusOf(await post('5\r\nhello\r\n0\r\n\r\n', 'Transfer-Encoding: chunked'))).toBe(411)
  expect(inside).toEqual([])
})

// Taken out with: `too_large` in `examine.ts`, or `bodyLimit` at `checkContinue` in `serve.ts`.
test('a key of ten megabytes is refused at once, unread (A-068)', async () => {
  const started = performance.now()
  const answer = await post('x'.repeat(1000), 'Content-Length: 10485760')
  expect(statusOf(answer)).toBe(413)
  expect(answer).toContain('64 KB at most')
  expect(performance.now() - started).toBeLessThan(200)
  const announced = await post('', 'Content-Length: 10485760', 'Expect: 100-continue')
  expect(announced).not.toContain('100 Continue')
  expect(statusOf(announced)).toBe(413)
  expect(inside).toEqual([])
})

// Taken out with: `server.on('upgrade', …)` in `serve.ts`; the program inside listens for it as well, and keeps the socket.
test.each(['/', '/not-there', '/w/acme', 'http://169.254.169.254/latest'])(
  'a web socket at %s is refused at once, on every host (A-107)',
  async path => {
    server.once('upgrade', () => {})
    const lines = ['Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13', '', '']
    const answer = await ask(`GET ${path} HTTP/1.1`, 'Host: evil.example', ...lines)
    expect(statusOf(answer)).toBe(400)
    expect(inside).toEqual([])
  },
)

test('a form of ordinary size passes', async () => {
  expect(statusOf(await post('a=b', 'Content-Length: 3'))).toBe(200)
})

test('addresses and headers that are too long are refused (A-044)', async () => {
  expect(statusOf(await get(`/?${'a=b&'.repeat(2500)}`))).toBe(414)
  expect(statusOf(await get(`/?q=${'x'.repeat(64 * 1024)}`))).toBe(431)
  expect(statusOf(await get('/', `X-Long: ${'x'.repeat(32 * 1024)}`))).toBe(431)
  expect(inside).toEqual([])
})

test('two lengths, a length that is no number, and methods that nobody needs are refused', async () => {
  expect(statusOf(await post('abc', 'Content-Length: 3', 'Content-Length: 4'))).toBe(400)
  expect(statusOf(await post('abc', 'Content-Length: -3'))).toBe(400)
  expect(statusOf(await ask('TRACE / HTTP/1.1', 'Host: localhost:3000', 'Connection: close', '', ''))).toBe(
    405,
  )
  expect(inside).toEqual([])
})

test('a mistake inside says nothing of itself', async () => {
  const answer = await get('/fails')
  expect(statusOf(answer)).toBe(500)
  expect(answer).toContain('That was our mistake')
  expect(answer).not.toContain('CNRY')
})

// Taken out with: `cleanHeaders`, the `cache-control`, or the one slash in `isAsset`, in `serve.ts`.
test('A-118: no header makes an answer that somebody else could be given', async () => {
  const headers = [
    'X-Forwarded-Host: evil.example',
    'X-Forwarded-Proto: https',
    'X-Invoke-Path: /w/other',
    'X-Invoke-Status: 200',
    'X-Matched-Path: /w/other',
    'X-Nextjs-Data: 1',
    'X-Middleware-Subrequest: middleware:middleware',
    'RSC: 1',
    'Next-Router-Prefetch: 1',
  ]
  for (const header of headers) {
    const answer = await get('/w/acme/positions', header)
    expect(statusOf(answer)).toBe(200)
    expect(answer).toMatch(/^cache-control: no-store\r$/m)
    expect(answer).not.toContain('evil')
  }
  for (const seen of inside) {
    expect(seen).toMatchObject({ host: 'localhost:3000', 'x-forwarded-host': 'localhost:3000' })
    expect(Object.keys(seen).join()).not.toMatch(/x-invoke|x-matched|x-nextjs|x-middleware/)
  }
  for (const path of ['/w/acme/positions.css', '/link/x/enter/a.png', '/w/acme.txt'])
    expect(await get(path), path).toMatch(/^cache-control: no-store\r$/m)
})

// Taken out with: a line of `pagePolicy`, or a part of `common`, that is named below.
test('a page runs what it was sent with, frames nobody and is framed by nobody (A-074, A-077, A-116, A-117)', () => {
  const policy = pagePolicy('n0nce')
  expect(policy.split('; ')).toEqual(
    expect.arrayContaining([
      "default-src 'none'",
      "script-src 'nonce-n0nce' 'strict-dynamic'",
      "base-uri 'none'",
      "form-action 'self'",
      "frame-ancestors 'none'",
      "object-src 'none'",
    ]),
  )
  expect(policy).not.toMatch(/unsafe|frame-src|\*|https?:/)
})

// Taken out with: `strict-transport-security` in `headers.ts`.
test('a Gangway that is reached by https is never reached without it (A-116)', () => {
  const { 'strict-transport-security': strict } = securityHeaders('https://gangway.example.com')
  expect(Number(/^max-age=(\d+)$/.exec(String(strict))?.[1])).toBeGreaterThanOrEqual(365 * 24 * 3600)
})
