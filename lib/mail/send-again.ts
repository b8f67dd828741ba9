import { and, eq, inArray, or, sql } from 'drizzle-orm'
import type { PartnerActor } from '#lib/actors.ts'
import { record } from '#lib/audit/record.ts'
import { transaction } from '#lib/db/client.ts'
import { mails } from '#lib/db/schema/index.ts'
import { GangwayError, notFound } from '#lib/errors.ts'
import { isId } from '#lib/ids.ts'
import { partnerMustBeAllowed } from '#lib/partners/roles.ts'
import { sendTask } from '#lib/queue/send.ts'
import { mailServer } from './mail-server.ts'

/**
 * **Send again**: a mail that failed or was kept is sent anew, with all its tries. Throws `not_found` for another partner's, `conflict`
 * for one that is on its way or out, whose one-time address has ended, or where no mail server is set.
 */
export async function sendAgain(actor: PartnerActor, id: string, server = mailServer()): Promise<void> {
  partnerMustBeAllowed(actor, 'read_mail')
  if (!isId(id)) throw notFound('mail')
  await transaction(async tx => {
    const own = and(eq(mails.id, id), eq(mails.partnerId, actor.partnerId))
    const [mail] = await tx.select().from(mails).where(own).for('update')
    if (!mail) throw notFound('mail')
    const good = or(
      sql`${mails.linkExpiresAt} is null`,
      sql`${mails.linkExpiresAt} > now() and ${mails.sealedLink} is not null`,
    )
    const again = server
      ? await tx
          .update(mails)
          .set({ state: 'queued', attempts: 0, problem: null, triedAt: null })
          .where(and(own, inArray(mails.state, ['failed', 'kept']), good))
          .returning({ id: mails.id })
      : []
    if (again.length === 0)
      throw new GangwayError('conflict', 'mail cannot be sent now', { said: { key: 'mails.not_now' } })
    await sendTask(tx, 'send-mail', { mailId: id })
    await record(tx, actor, {
      name: 'mail.sent_again',
      subject: { kind: 'mail', id },
      ...(mail.workspaceId && { workspaceId: mail.workspaceId }),
    })
  })
}
