import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { eq } from 'drizzle-orm'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { onTestFinished } from 'vitest'
import { db, transaction } from '#lib/db/client.ts'
import { mails } from '#lib/db/schema/index.ts'
import { makeWorkspace } from '#lib/db/testing.ts'
import { type MailServer, serverAt } from './mail-server.ts'
import { queueMail } from './queue.ts'

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

/** Queues an invitation, to anybody, in a workspace of its own. Gives its row's id. For tests. */
export async function queueInvitation(
  wish: { address?: string; name?: string; inviter?: string; partnerId?: string; hours?: number } = {},
): Promise<{ mailId: string; partnerId: string; path: string }> {
  const partnerId = wish.partnerId ?? (await makeWorkspace()).partnerId
  const path = '/invitation/gwi_a-secret-of-this-test'
  const expiresAt = new Date(Date.now() + (wish.hours ?? 72) * 3_600_000)
  const key = crypto.randomUUID()
  await transaction(tx =>
    queueMail(tx, {
      kind: 'invitation',
      partnerId,
      to: {
        address: wish.address ?? 'ines@example.com',
        name: wish.name ?? 'Inês Prado',
        locale: 'en',
        timeZone: 'Europe/Amsterdam',
      },
      data: {
        inviter: wish.inviter ?? 'Olga Brandt',
        workspace: 'Larkfield',
        partner: 'Corvane',
        role: 'recruiter',
        until: expiresAt.toISOString(),
      },
      link: { path, expiresAt },
      key,
    }),
  )
  const [row] = await db().select({ id: mails.id }).from(mails).where(eq(mails.key, key))
  if (!row) throw new Error('no mail')
  return { mailId: row.id, partnerId, path }
}

/** A mail's row as it stands. For tests. */
export async function mailRow(id: string): Promise<typeof mails.$inferSelect> {
  const [row] = await db().select().from(mails).where(eq(mails.id, id))
  if (!row) throw new Error('no mail')
  return row
}

/** The decoded part of a message with this type, such as `text/plain`. For tests. */
export function partOf(raw: string, type: string): string {
  const boundary = /boundary="([^"]+)"/.exec(raw)?.[1] ?? ''
  const part = raw.split(`--${boundary}`).find(each => each.includes(`Content-Type: ${type}`)) ?? ''
  const [head = '', ...body] = part.split('\r\n\r\n')
  const text = body.join('\r\n\r\n')
  if (/base64/i.test(head)) return Buffer.from(text, 'base64').toString()
  if (!/quoted-printable/i.test(head)) return text
  const bytes = text
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(bytes, 'latin1').toString()
}
