import { eq } from 'drizzle-orm'
import { db, transaction } from '#lib/db/client.ts'
import { mails } from '#lib/db/schema/index.ts'
import { makeWorkspace } from '#lib/db/testing.ts'
import { queueMail } from './queue.ts'

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
