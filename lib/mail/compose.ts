import MailComposer from 'nodemailer/lib/mail-composer/index.js'
import { now } from '#lib/clock.ts'
import type { mails } from '#lib/db/schema/index.ts'
import { env } from '#lib/env.ts'
import { emailAddress, tidyLine } from '#lib/forms/text.ts'
import { MailError } from './problems.ts'
import { renderMail, type StoredMail } from './render.ts'

type Mail = StoredMail & Pick<typeof mails.$inferSelect, 'id' | 'toAddress'>

/**
 * A mail as it goes over the wire, with its envelope. Names are one line each and quoted by nodemailer, addresses are one address
 * each: nobody's name begins another header. Throws `MailError` for an address that is none.
 */
export async function compose(
  mail: Mail,
  link: string | undefined,
  from: { name: string; address: string },
): Promise<{ envelope: { from: string; to: string }; message: Buffer }> {
  const address = emailAddress.safeParse(mail.toAddress)
  if (!address.success) throw new MailError('address_odd')
  const { subject, text, html } = renderMail(mail, link)
  const composer = new MailComposer({
    from: { name: tidyLine(from.name || mail.partner), address: from.address },
    to: { name: tidyLine(mail.toName), address: address.data },
    subject,
    text,
    html,
    date: now(),
    // The same at each try: a server that has it already can tell.
    messageId: `<${mail.id}@${new URL(env().APP_URL).hostname}>`,
    headers: { 'Auto-Submitted': 'auto-generated' },
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  const message = await composer.compile().build()
  return { envelope: { from: from.address, to: address.data }, message }
}
