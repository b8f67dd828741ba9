import type { Socket } from 'node:net'
import { TLSSocket } from 'node:tls'
import { expect, onTestFinished, test, vi } from 'vitest'
import { makeCertificate } from '#lib/http-testing-certificate.ts'
import { deliver } from './deliver.ts'
import { type MailServer, serverAt } from './mail-server.ts'
import { MailError } from './problems.ts'
import { openMailServer, openOddServer } from './testing-server.ts'

const day = 24 * 60 * 60 * 1000
const from = { name: '', address: 'gangway@example.com' }
const envelope = { from: from.address, to: 'ines@example.com' }
const message = Buffer.from('Subject: hello\r\n\r\nhello\r\n')
const certificate = (host: string) =>
  makeCertificate({ host, from: new Date(Date.now() - day), until: new Date(Date.now() + day) })

const short = { silence: 150, whole: 600 }
const outcome = (server: MailServer, waits?: typeof short) =>
  deliver(server, envelope, message, waits).then(
    () => 'taken',
    error => (error instanceof MailError ? error.problem : `odd: ${error}`),
  )

// Taken out with: `rejectUnauthorized: true` in `lib/mail/dial.ts`, which the variable below would switch off.
test('A-064 only a certificate that is trusted, and for this name, is accepted, from the start and by STARTTLS', async () => {
  vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0')
  onTestFinished(() => void vi.unstubAllEnvs())
  const good = certificate('localhost')
  for (const secure of [true, false]) {
    const { server, received } = await openMailServer({ ...good, disabledCommands: [] }, { secure })
    expect(await outcome(server)).toBe('not_encrypted')
    expect(received).toEqual([])
    expect(await outcome({ ...server, ca: good.cert })).toBe('taken')
    const other = certificate('evil.test')
    const wrong = await openMailServer({ ...other, disabledCommands: [] }, { secure })
    expect(await outcome({ ...wrong.server, ca: other.cert })).toBe('not_encrypted')
  }
})

// Taken out with: `mustUpgrade` in `lib/mail/mail-server.ts`.
test('A-064 a server elsewhere that does not go over to TLS is told neither name, password nor mail', async () => {
  expect(serverAt('smtp://mail.example.com', from).mustUpgrade).toBe(true)
  expect(serverAt('smtp://localhost:1025', from).mustUpgrade).toBe(false)
  let asked = 0
  const { server, received } = await openMailServer({
    allowInsecureAuth: true,
    onAuth: (_, __, done) => {
      asked += 1
      done(null, { user: 'gangway' })
    },
  })
  const elsewhere = { ...server, mustUpgrade: true, user: { name: 'gangway', password: 'secret' } }
  expect(await outcome(elsewhere)).toBe('not_encrypted')
  expect([asked, received]).toEqual([0, []])
})

test('what stands behind the host in the address of a server switches nothing off', () => {
  const { secure, mustUpgrade, host, port, user } = serverAt(
    'smtp://o%40x:p%3Aw@mail.example.com:2525/?ignoreTLS=true&tls.rejectUnauthorized=false&secure=false',
    from,
  )
  expect({ secure, mustUpgrade, host, port, user }).toEqual({
    secure: false,
    mustUpgrade: true,
    host: 'mail.example.com',
    port: 2525,
    user: { name: 'o@x', password: 'p:w' },
  })
  expect(serverAt('smtps://mail.example.com', from)).toMatchObject({ secure: true, port: 465 })
})

// Taken out with: `began` in `lib/mail/deliver.ts`: a run that lasts longer than its lease sends beside the next one.
test('what it takes to connect counts too: all of it together is over in time', async () => {
  const { key, cert } = certificate('localhost')
  const slow = await openOddServer(socket => {
    setTimeout(() => {
      const secured = new TLSSocket(socket, { isServer: true, key, cert })
      secured.on('error', () => {})
    }, 500)
  })
  const server = serverAt(slow.replace('smtp://127.0.0.1', 'smtps://localhost'), from)
  const began = performance.now()
  expect(await outcome({ ...server, ca: cert }, { silence: 2000, whole: 600 })).toBe('silent')
  expect(performance.now() - began).toBeLessThan(1000)
})

test('a server that says nothing, or says it letter by letter, is left in time, and its connection is closed', async () => {
  const open = new Set<Socket>()
  const dripping = await openOddServer(socket => {
    open.add(socket)
    const drops = setInterval(() => socket.write('2'), 50)
    socket.on('close', () => {
      clearInterval(drops)
      open.delete(socket)
    })
    socket.write('220 hello\r\n')
  })
  const mute = await openOddServer(() => {})
  for (const address of [dripping, mute]) {
    const started = performance.now()
    expect(await outcome(serverAt(address, from), short)).toBe('silent')
    expect(performance.now() - started).toBeLessThan(2_000)
  }
  await vi.waitFor(() => expect(open.size).toBe(0))
})
