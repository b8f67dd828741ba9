import { and, eq, getTableColumns, isNull, ne, sql } from 'drizzle-orm'
import type { PartnerActor } from '#lib/actors.ts'
import { record } from '#lib/audit/record.ts'
import { recordForPerson } from '#lib/audit/record-for-person.ts'
import { SealError } from '#lib/crypto/seal.ts'
import { db } from '#lib/db/client.ts'
import { mails, members, partnerMembers, partners, workspaces } from '#lib/db/schema/index.ts'
import { notFound } from '#lib/errors.ts'
import { isId } from '#lib/ids.ts'
import { isProven } from '#lib/members/recent-proof.ts'
import { partnerMustBeAllowed } from '#lib/partners/roles.ts'
import { mailServer } from './mail-server.ts'
import { renderMail } from './render.ts'
import { openLink } from './sealed-link.ts'

/**
 * What became of a mail's one-time address: it has `none`, stands in the text (`shown`), was in the mail that went out (`sent`), has
 * `ended`, is not for this reader (`withheld`), wants her password once more (`locked`), waits for its mail (`waits`), or cannot be
 * opened (`unreadable`).
 */
export type MailLink = 'none' | 'shown' | 'sent' | 'ended' | 'withheld' | 'locked' | 'waits' | 'unreadable'

export type MailDetail = Awaited<ReturnType<typeof readMail>>

type Row = Awaited<ReturnType<typeof mailOf>>

/** Not sent, and its one-time address, if it has one, still good: it can be sent now. */
const maySend = (mail: Row, link: MailLink): boolean =>
  (mail.state === 'failed' || mail.state === 'kept') &&
  link !== 'ended' &&
  link !== 'unreadable' &&
  mailServer() !== undefined

/** A mail of the partner's, in words. The one-time address of one that was not sent is opened here, here only, and on record. */
export async function readMail(actor: PartnerActor, id: string) {
  partnerMustBeAllowed(actor, 'read_mail')
  const mail = await mailOf(actor, id)
  const { link, path } = await linkFor(actor, mail)
  const { sealedLink: _, data: __, ...shown } = mail
  return { ...shown, ...renderMail(mail, path), link, maySend: maySend(mail, link) }
}

/** How a mail looks, as an HTML document without its one-time address: a file may be passed on. */
export async function mailFile(actor: PartnerActor, id: string): Promise<{ name: string; text: string }> {
  partnerMustBeAllowed(actor, 'read_mail')
  const mail = await mailOf(actor, id)
  return { name: `mail-${mail.id}.html`, text: renderMail(mail).html }
}

/** Throws `not_found` for another partner's mail, as for none. */
async function mailOf(actor: PartnerActor, id: string) {
  if (!isId(id)) throw notFound('mail')
  const [row] = await db()
    .select({
      ...getTableColumns(mails),
      partner: partners.name,
      ended: sql<boolean>`coalesce(${mails.linkExpiresAt} <= now(), false)`,
    })
    .from(mails)
    .innerJoin(partners, eq(partners.id, mails.partnerId))
    .where(and(eq(mails.id, id), eq(mails.partnerId, actor.partnerId)))
  if (!row) throw notFound('mail')
  return row
}

async function linkFor(actor: PartnerActor, mail: Row): Promise<{ link: MailLink; path?: string }> {
  if (!mail.linkExpiresAt) return { link: 'none' }
  if (mail.state === 'sent') return { link: 'sent' }
  if (mail.ended || !mail.sealedLink) return { link: 'ended' }
  if (mail.state === 'queued' && mailServer()) return { link: 'waits' }
  if (!(await isOnlyOurs(actor, mail))) return { link: 'withheld' }
  // Else whoever finds her browser open could ask for a new password in her name, and read its address here.
  if (!(await isProven(actor))) return { link: 'locked' }
  try {
    const path = await openLink(db(), mail, mail.sealedLink)
    await noteShown(actor, mail)
    return { link: 'shown', path }
  } catch (error) {
    if (error instanceof SealError) return { link: 'unreadable' }
    throw error
  }
}

/**
 * Who reads the address of a new password can become its person: it is shown to the owner of this partner only where she belongs
 * to this partner alone. An invitation gives what the owner can give anyway.
 */
async function isOnlyOurs({ partnerId }: PartnerActor, { kind, userId }: Row): Promise<boolean> {
  if (kind !== 'password_reset') return true
  if (!userId) return false
  const elsewhere = db()
    .select({ id: members.id })
    .from(members)
    .innerJoin(workspaces, eq(workspaces.id, members.workspaceId))
    .where(and(eq(members.userId, userId), isNull(members.removedAt), ne(workspaces.partnerId, partnerId)))
  const otherPartners = db()
    .select({ id: partnerMembers.id })
    .from(partnerMembers)
    .where(and(eq(partnerMembers.userId, userId), ne(partnerMembers.partnerId, partnerId)))
  return (await elsewhere.unionAll(otherPartners).limit(1)).length === 0
}

/** Whoever reads an address could use it herself: the log of the workspace that it is about, or of its person's, says that she read it. */
async function noteShown(actor: PartnerActor, { id, kind, userId, workspaceId }: Row): Promise<void> {
  const name = 'mail.link_shown'
  if (kind === 'password_reset' && userId) return recordForPerson(db(), actor, { name, userId })
  await record(db(), actor, { name, subject: { kind: 'mail', id }, ...(workspaceId && { workspaceId }) })
}
