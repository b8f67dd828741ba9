import { and, eq, isNull, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { From } from '#lib/actors.ts'
import { recordForPerson } from '#lib/audit/record-for-person.ts'
import { hashToken, newToken } from '#lib/crypto/tokens.ts'
import { type Tx, transaction } from '#lib/db/client.ts'
import { oneTimeLinks, users } from '#lib/db/schema/index.ts'
import { type Fields, parseForm } from '#lib/forms/parse.ts'
import { emailAddress } from '#lib/forms/text.ts'
import { newId } from '#lib/ids.ts'
import { countReset } from '#lib/limits/reset.ts'
import { log } from '#lib/log.ts'
import { mailServer } from '#lib/mail/mail-server.ts'
import { queueMail } from '#lib/mail/queue.ts'
import { readPerson } from './person.ts'
import { dropResetLinks } from './set-password.ts'

const form = z.object({ email: emailAddress })

/** Whether mails leave this Gangway; else its owner reads them under Sent mail. */
export const mailLeaves = (): boolean => mailServer() !== undefined

/**
 * Somebody asks for a link by which to set a new password. Whoever has the address gets it by mail; nobody waits for that, so
 * that neither the answer nor its time tells whether anybody has. Throws `invalid` for what is no address, `too_many`.
 */
export async function askReset(fields: Fields, from: From): Promise<void> {
  const { email } = parseForm(form, fields)
  await countReset({ email, address: from.address })
  void transaction(tx => sendLink(tx, email, from)).catch(error =>
    log.error({ err: error }, 'a link for a new password was not made'),
  )
}

async function sendLink(tx: Tx, email: string, from: From): Promise<void> {
  // Locked: of two wishes at the same moment the later link alone works.
  const [user] = await tx
    .select({ id: users.id })
    .from(users)
    .where(and(eq(sql`lower(${users.email})`, email.toLowerCase()), isNull(users.disabledAt)))
    .for('no key update')
  const person = user && (await readPerson(tx, user.id))
  if (!person?.partnerId) return
  const { userId, to, partnerId } = person
  const secret = newToken('gwr')
  await dropResetLinks(tx, userId)
  const [made] = await tx
    .insert(oneTimeLinks)
    .values({
      id: newId(),
      purpose: 'password_reset',
      userId,
      secretHash: hashToken(secret),
      expiresAt: sql`now() + interval '1 hour'`,
    })
    .returning({ expiresAt: oneTimeLinks.expiresAt })
  if (!made) return
  const { expiresAt } = made
  await queueMail(tx, {
    kind: 'password_reset',
    partnerId,
    to,
    data: { until: expiresAt.toISOString() },
    link: { path: `/password/${secret}`, expiresAt },
  })
  await recordForPerson(tx, { kind: 'visitor', from }, { name: 'account.password_reset_asked', userId })
}
