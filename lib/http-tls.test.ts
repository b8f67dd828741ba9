import { createServer, type ServerOptions } from 'node:https'
import { expect, onTestFinished, test, vi } from 'vitest'
import { createDoor } from './http.ts'
import { listen } from './http-testing.ts'
import { makeCertificate } from './http-testing-certificate.ts'

const day = 24 * 60 * 60 * 1000
const at = (days: number) => new Date(Date.now() + days * day)

async function tlsServer(options: ServerOptions): Promise<string> {
  const server = createServer(options, (_, response) => response.end('{}'))
  server.on('tlsClientError', () => {})
  return `https://acme.test:${await listen(server)}`
}

async function outcome(origin: string, ca?: string): Promise<string> {
  const door = createDoor({
    resolve: (_, done) => done(null, [{ address: '127.0.0.1', family: 4 }]),
    allowedNetworks: ['127.0.0.1/32'],
    ...(ca ? { ca } : {}),
  })
  onTestFinished(() => door.close())
  return door.send({ url: new URL(origin), allow: [origin] }).then(
    reply => String(reply.status),
    error => error.failure,
  )
}

// Taken out with: `rejectUnauthorized: true` in `lib/http.ts`, which the variable below would switch off.
test('A-064 only a certificate that is trusted, for this name and for today is accepted', async () => {
  vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0')
  onTestFinished(() => void vi.unstubAllEnvs())
  const good = makeCertificate({ host: 'acme.test', from: at(-1), until: at(1) })
  const expired = makeCertificate({ host: 'acme.test', from: at(-9), until: at(-1) })
  const otherHost = makeCertificate({ host: 'evil.test', from: at(-1), until: at(1) })

  const server = await tlsServer(good)
  expect(await outcome(server, good.cert)).toBe('200')
  expect(await outcome(server)).toBe('tls')
  expect(await outcome(await tlsServer(expired), expired.cert)).toBe('tls')
  expect(await outcome(await tlsServer(otherHost), otherHost.cert)).toBe('tls')
})

// Taken out with: `minVersion` in `lib/http.ts` set to TLSv1.
test('A-064 TLS before 1.2 is refused', async () => {
  const good = makeCertificate({ host: 'acme.test', from: at(-1), until: at(1) })
  const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } as const
  expect(await outcome(await tlsServer({ ...good, ...old }), good.cert)).toBe('tls')
})
