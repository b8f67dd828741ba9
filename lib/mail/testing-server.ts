import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { onTestFinished } from 'vitest'
import { type MailServer, serverAt } from './mail-server.ts'

export type Received = { from: string; to: string[]; raw: string }

/** A mail server on this machine, gone when the test ends: what it was given, and how to reach it. For tests. */
export async function openMailServer(
  options: SMTPServerOptions = {},
  { secure = false, host = 'localhost' } = {},
): Promise<{ received: Received[]; server: MailServer }> {
  const received: Received[] = []
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    closeTimeout: 50,
    secure,
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on('data', chunk => chunks.push(chunk))
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope
        const from = mailFrom ? mailFrom.address : ''
        received.push({ from, to: rcptTo.map(each => each.address), raw: Buffer.concat(chunks).toString() })
        done(null)
      })
    },
    ...options,
  })
  smtp.on('error', () => {}) // a client that hangs up in the middle is what some tests are about
  const listener = smtp.listen(0, '127.0.0.1')
  await once(listener, 'listening')
  onTestFinished(() => new Promise<void>(resolve => smtp.close(resolve)))
  const { port } = listener.address() as AddressInfo
  const address = `${secure ? 'smtps' : 'smtp'}://${host}:${port}`
  return { received, server: serverAt(address, { name: 'Gangway', address: 'gangway@example.com' }) }
}

/** A server without manners, which does with each connection what the test says. Gives its address. For tests. */
export async function openOddServer(behave: (socket: Socket) => void): Promise<string> {
  const open = new Set<Socket>()
  const server = createServer(socket => {
    open.add(socket)
    socket.on('error', () => {})
    behave(socket)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.close()
    for (const socket of open) socket.destroy()
  })
  return `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** An answer of a mail server, with its three digits. For tests. */
export const answer = (responseCode: number, text = 'no'): Error =>
  Object.assign(new Error(text), { responseCode })
