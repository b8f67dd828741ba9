import { createServer as createTcpServer } from 'node:net'
import { platform } from 'node:os'
import { inspect } from 'node:util'
import { gzipSync } from 'node:zlib'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { Secret } from './crypto/secret.ts'
import { createDoor, type DoorOptions, type HttpRequest } from './http.ts'
import { HttpError } from './http-error.ts'
import { tinyServer } from './http-testing.ts'

const here = { address: '127.0.0.1', family: 4 }

/** A door through which every name leads to this machine, which the "operator" allows. */
function door(options: DoorOptions = {}) {
  const opened = createDoor({
    resolve: (_, done) => done(null, [here]),
    allowedNetworks: ['127.0.0.0/8'],
    ...options,
  })
  onTestFinished(() => opened.close())
  return (origin: string, request: Partial<HttpRequest> = {}) =>
    opened.send({ url: new URL('/spi/v3/jobs', origin), allow: [origin], ...request })
}

const failure = async (sent: Promise<unknown>): Promise<string> => {
  const error = await sent.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (!(error instanceof HttpError)) throw new Error(`expected an HttpError, got ${String(error)}`)
  return error.failure
}

test('a reply comes back whole: status, headers in lower case, body', async () => {
  const { origin } = await tinyServer((_, response) =>
    response.writeHead(201, { 'X-Rate-Limit-Remaining': '7', 'Set-Cookie': 'a=1' }).end('{"ok":true}'),
  )
  const reply = await door()(origin)
  expect(reply).toMatchObject({ status: 201, body: '{"ok":true}' })
  expect(reply.headers).toMatchObject({ 'x-rate-limit-remaining': '7' })
  expect(reply.headers).not.toHaveProperty('set-cookie')
})

test('a credential stands in its header and nowhere else', async () => {
  const { origin, seen } = await tinyServer((_, response) => response.end('{}'))
  const secret = new Secret('k3y-of-larkfield')
  await door()(origin, { credential: { header: 'authorization', prefix: 'Bearer ', secret } })
  expect(seen[0]?.headers.authorization).toBe('Bearer k3y-of-larkfield')
  expect(seen[0]?.url).toBe('/spi/v3/jobs')
})

// Taken out with: `bad_header` in `headersOf`.
test('A-067 a value that is no plain text is not sent, and the error does not show it', async () => {
  const { origin, seen } = await tinyServer((_, response) => response.end('{}'))
  for (const text of ['half\nX-Evil: 1', 'half\u00a0key', 'kéy', '\u200bkey', 'key\u0000']) {
    const credential = { header: 'authorization', prefix: 'Bearer ', secret: new Secret(text) }
    const error = await door()(origin, { credential }).catch((reason: unknown) => reason)
    expect(error).toMatchObject({ failure: 'bad_header' })
    expect(inspect(error, { depth: 9 })).not.toContain('key')
  }
  expect(seen).toHaveLength(0)
})

describe('where it may go', () => {
  test('R-20 an origin that the call does not name is refused before anything is sent', async () => {
    const { origin, seen } = await tinyServer((_, response) => response.end('{}'))
    const send = door()
    expect(await failure(send(origin, { allow: ['http://workable.test'] }))).toBe('origin_not_allowed')
    expect(await failure(send(origin, { url: new URL(origin.replace('//', '//user:word@')) }))).toBe(
      'origin_not_allowed',
    )
    expect(seen).toHaveLength(0)
  })

  // Taken out with: the filter in `checkedLookup`.
  test('A-059 a name that leads to an address that is not public is refused', async () => {
    const { origin, seen } = await tinyServer((_, response) => response.end('{}'))
    for (const address of [
      '127.0.0.1',
      '10.1.2.3',
      '169.254.169.254',
      '100.64.0.1',
      '0.0.0.0',
      '224.0.0.1',
    ]) {
      const send = door({ allowedNetworks: [], resolve: (_, done) => done(null, [{ address, family: 4 }]) })
      expect(await failure(send(origin)), address).toBe('address_refused')
    }
    for (const address of [
      '::1',
      'fc00::1',
      'fe80::1',
      '::ffff:127.0.0.1',
      '64:ff9b::7f00:1',
      '2002:7f00:1::',
    ]) {
      const send = door({ allowedNetworks: [], resolve: (_, done) => done(null, [{ address, family: 6 }]) })
      expect(await failure(send(origin)), address).toBe('address_refused')
    }
    expect(seen).toHaveLength(0)
  })

  // Taken out with: the literal's check in `connector`.
  test('A-059 an address instead of a name is checked as well', async () => {
    const { port, seen } = await tinyServer((_, response) => response.end('{}'))
    const send = door({ allowedNetworks: [] })
    for (const host of [
      '127.0.0.1',
      '2130706433',
      '0x7f000001',
      '0177.0.0.1',
      '[::1]',
      '[::ffff:127.0.0.1]',
    ]) {
      const { origin } = new URL(`http://${host}:${port}`)
      expect(await failure(send(origin)), host).toBe('address_refused')
    }
    expect(seen).toHaveLength(0)
  })

  // Taken out with: giving the socket the name instead of the checked addresses.
  test('A-060 a name is looked up once, and the socket goes to the address that was checked', async () => {
    const canary = await tinyServer((_, response) => response.end('internal'))
    const good = await tinyServer((_, response) => response.end('good'), '127.0.0.2').catch(() => undefined)
    // macOS has one loopback address until somebody adds another.
    if (!good) return expect(platform()).toBe('darwin')
    let asked = 0
    const send = door({
      allowedNetworks: ['127.0.0.2/32'],
      resolve: (_, done) => {
        asked += 1
        done(null, [{ address: asked === 1 ? '127.0.0.2' : '127.0.0.1', family: 4 }])
      },
    })
    expect((await send(good.origin)).body).toBe('good')
    expect(asked).toBe(1)
    expect(await failure(send(canary.origin))).toBe('address_refused')
    expect(canary.seen).toHaveLength(0)
  })

  // Taken out with: the filter in `checkedLookup`.
  test('A-060 of mixed answers only the public ones are used; with none there is no connection', async () => {
    const canary = await tinyServer((_, response) => response.end('internal'))
    const mixed = door({
      allowedNetworks: [],
      resolve: (_, done) =>
        done(null, [here, { address: '::1', family: 6 }, { address: '192.0.2.1', family: 4 }]),
    })
    expect(await failure(mixed(canary.origin))).toBe('address_refused')
    expect(canary.seen).toHaveLength(0)
  })

  // Taken out with: `mayConnect`, or the dispatcher that asks it.
  test('A-066 names that lead to this machine are refused by where they lead', async () => {
    const canary = await tinyServer((_, response) => response.end('internal'))
    const send = door({ allowedNetworks: [] })
    for (const host of ['localhost.localdomain', '127.0.0.1.nip.io', 'foo.localtest.me', 'acme.localhost'])
      expect(await failure(send(`http://${host}:${canary.port}`)), host).toBe('address_refused')
    expect(canary.seen).toHaveLength(0)
  })

  // Taken out with: `dispatcher: agent`, another one in its place that reads the environment.
  test('A-066 proxy variables are ignored', async () => {
    const proxy = await tinyServer((_, response) => response.end('proxied'))
    const { origin } = await tinyServer((_, response) => response.end('direct'))
    for (const name of ['HTTP_PROXY', 'http_proxy', 'HTTPS_PROXY', 'ALL_PROXY', 'NODE_USE_ENV_PROXY'])
      vi.stubEnv(name, `http://127.0.0.1:${proxy.port}`)
    onTestFinished(() => void vi.unstubAllEnvs())
    expect((await door()(origin)).body).toBe('direct')
    expect(proxy.seen).toHaveLength(0)
  })

  test('names below the sandbox’s host are this machine; others below localhost are not', async () => {
    const { port, seen } = await tinyServer((_, response) => response.end('{}'))
    const send = door({
      allowedNetworks: [],
      resolve: (_, done) => done(null, [here]),
      sandboxOrigin: `http://workable.localhost:${port}`,
    })
    expect((await send(`http://acme.workable.localhost:${port}`)).status).toBe(200)
    expect(await failure(send(`http://acme.localhost:${port}`))).toBe('address_refused')
    expect(await failure(send(`http://evilworkable.localhost:${port}`))).toBe('address_refused')
    expect(await failure(send('http://acme.workable.localhost:1'))).toBe('address_refused')
    expect(seen).toHaveLength(1)
  })
})

// Taken out with: a redirect interceptor on the dispatcher.
test('A-061 a redirect is an answer: it is not followed, and the key goes nowhere else', async () => {
  const canary = await tinyServer((_, response) => response.end('{}'))
  const secret = new Secret('k3y-of-larkfield')
  for (const status of [301, 302, 303, 307, 308]) {
    for (const location of [canary.origin, 'http://169.254.169.254/', '//evil.com/', '/elsewhere']) {
      const { origin, seen } = await tinyServer((_, response) =>
        response.writeHead(status, { location }).end(),
      )
      const reply = await door()(origin, {
        credential: { header: 'authorization', prefix: 'Bearer ', secret },
      })
      expect(reply.status).toBe(status)
      expect(seen).toHaveLength(1)
    }
  }
  expect(canary.seen).toHaveLength(0)
})

describe('F-08 a neighbour that does not answer properly', () => {
  const patience = { timeoutMs: 300 }

  async function tcp(speak: (socket: import('node:net').Socket) => void): Promise<string> {
    const sockets = new Set<import('node:net').Socket>()
    const server = createTcpServer(socket => {
      sockets.add(socket)
      socket.on('error', () => {})
      socket.once('data', () => speak(socket))
    })
    await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
    onTestFinished(() => {
      for (const socket of sockets) socket.destroy()
      server.close()
    })
    const address = server.address()
    return `http://somebody.test:${typeof address === 'object' ? address?.port : ''}`
  }

  test('says nothing, or a byte at a time: given up in time', async () => {
    const silent = await tcp(() => {})
    const drip = (head: string) => (socket: import('node:net').Socket) => {
      socket.write(head)
      const timer = setInterval(() => socket.write('x'), 50)
      socket.on('close', () => clearInterval(timer))
    }
    const slowHeaders = await tcp(drip('HTTP/1.1 200 OK\r\nX-Slow: '))
    const slowBody = await tcp(drip('HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n'))
    const started = performance.now()
    for (const origin of [silent, slowHeaders, slowBody])
      expect(await failure(door()(origin, patience))).toBe('timeout')
    expect(performance.now() - started).toBeLessThan(3000)
  })

  test('never answers the look-up: given up in time', async () => {
    expect(await failure(door({ resolve: () => {} })('http://somebody.test', patience))).toBe('timeout')
  })

  test('has no such name, or nobody listens', async () => {
    const missing = Object.assign(new Error('no'), { code: 'ENOTFOUND' })
    const send = door({ resolve: (_, done) => done(missing, []) })
    expect(await failure(send('http://somebody.test'))).toBe('name_not_found')
    expect(await failure(door()('http://somebody.test:1'))).toBe('connection')
  })

  test('hangs up before an answer, or in its middle', async () => {
    const reset = await tcp(socket => socket.resetAndDestroy())
    expect(await failure(door()(reset))).toBe('connection')
    const half = await tcp(socket => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"jobs":['))
    expect(await failure(door()(half))).toBe('truncated')
    const chunk = await tcp(socket =>
      socket.end('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{"job'),
    )
    expect(await failure(door()(chunk))).toBe('truncated')
  })

  test('sends more than is read, packed or not', async () => {
    const big = 'x'.repeat(200_000)
    const plain = await tinyServer((_, response) => response.end(big))
    expect(await failure(door()(plain.origin, { maxBytes: 100_000 }))).toBe('too_large')
    const packed = gzipSync(big)
    expect(packed.length).toBeLessThan(2000)
    const bomb = await tinyServer((_, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(packed),
    )
    expect(await failure(door()(bomb.origin, { maxBytes: 100_000 }))).toBe('too_large')
    expect((await door()(bomb.origin)).body).toBe(big)
  })

  test('is told by a failure and a code: no body and no header of it is in the error', async () => {
    const half = await tcp(socket =>
      socket.end('HTTP/1.1 200 OK\r\nX-Echo: CNRY1\r\nContent-Length: 100\r\n\r\nCNRY2'),
    )
    const odd = await tcp(socket => socket.end('CNRY3 is no HTTP\r\n\r\n'))
    const credential = { header: 'authorization', prefix: 'Bearer ', secret: new Secret('CNRY4') }
    for (const origin of [half, odd]) {
      const error = await door()(origin, { credential }).catch((reason: unknown) => reason)
      expect(error).toBeInstanceOf(HttpError)
      expect(inspect(error, { depth: 9, showHidden: true })).not.toContain('CNRY')
    }
  })
})

test('sockets are closed after replies that were given up', async () => {
  const open = new Set<unknown>()
  const { origin } = await tinyServer((request, response) => {
    open.add(request.socket)
    request.socket.on('close', () => open.delete(request.socket))
    response.writeHead(200).write('never ends')
  })
  const send = door()
  await Promise.all(Array.from({ length: 10 }, () => failure(send(origin, { timeoutMs: 200 }))))
  await vi.waitFor(() => expect(open.size).toBe(0))
})
