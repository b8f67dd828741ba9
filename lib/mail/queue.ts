import type { Tx } from '#lib/db/client.ts'
import { mails } from '#lib/db/schema/index.ts'
import { newId } from '#lib/ids.ts'
import { sendTask } from '#lib/queue/send.ts'
import type { MailContent } from './kinds.ts'
import { sealLink } from './sealed-link.ts'

/** Who gets a mail, and in which language and zone it speaks; `userId` when we know the person. */
export type Recipient = {
  address: string
  name: string
  userId?: string
  locale: string
  timeZone: string | null
}

export type NewMail = MailContent & {
  partnerId: string
  workspaceId?: string
  to: Recipient
  /** The path of its one-time address, such as `/invitation/gwi_…`: sealed at once, and shredded when sent or when it has ended. */
  link?: { path: string; expiresAt: Date }
  /** Two mails with one key are the same mail: the second is not made. */
  key?: string
}

/** Makes a mail and the task that sends it, in the transaction of what it tells of: both are kept or neither. */
export async function queueMail(tx: Tx, mail: NewMail): Promise<void> {
  const id = newId()
  const { partnerId, to, link } = mail
  const made = await tx
    .insert(mails)
    .values({
      id,
      partnerId,
      workspaceId: mail.workspaceId ?? null,
      kind: mail.kind,
      key: mail.key ?? null,
      toAddress: to.address,
      toName: to.name,
      userId: to.userId ?? null,
      locale: to.locale,
      timeZone: to.timeZone ?? 'UTC',
      data: { ...mail.data },
      sealedLink: link ? await sealLink(tx, { id, partnerId }, link.path) : null,
      linkExpiresAt: link?.expiresAt ?? null,
    })
    .onConflictDoNothing()
    .returning({ id: mails.id })
  if (made.length === 1) await sendTask(tx, 'send-mail', { mailId: id })
}
