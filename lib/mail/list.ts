import { and, eq, sql } from 'drizzle-orm'
import type { PartnerActor } from '#lib/actors.ts'
import { db } from '#lib/db/client.ts'
import { newestFirst } from '#lib/db/newest-first.ts'
import { type MailState, mails, partners } from '#lib/db/schema/index.ts'
import { isId } from '#lib/ids.ts'
import { partnerMustBeAllowed } from '#lib/partners/roles.ts'
import { subjectOf } from './render.ts'

/** A mail in the list. `problem` is a code of `problems.ts`. */
export type MailRow = {
  id: string
  subject: string
  toName: string
  toAddress: string
  state: MailState
  problem: string | null
  at: Date
}

export const pageSize = 50

/** The partner's mails, newest first, a page of 50 after the mail `after`; `more` says that there is a next page. */
export async function listMails(
  actor: PartnerActor,
  after?: string,
): Promise<{ rows: MailRow[]; more: boolean }> {
  partnerMustBeAllowed(actor, 'read_mail')
  const found = await pageQuery(actor, after)
  const rows = found.slice(0, pageSize).map(({ mail, partner }) => ({
    id: mail.id,
    subject: subjectOf({ ...mail, partner }),
    toName: mail.toName,
    toAddress: mail.toAddress,
    state: mail.state,
    problem: mail.problem,
    at: mail.createdAt,
  }))
  return { rows, more: found.length > pageSize }
}

/** The query of a page and one row more; it reads the index `mails_list` as far as the page goes. */
export function pageQuery(actor: PartnerActor, after?: string) {
  const start =
    after && isId(after)
      ? sql`(${mails.createdAt}, ${mails.id}) < (select m.created_at, m.id from mails m
          where m.id = ${after} and m.partner_id = ${actor.partnerId})`
      : undefined
  return db()
    .select({ mail: mails, partner: partners.name })
    .from(mails)
    .innerJoin(partners, eq(partners.id, mails.partnerId))
    .where(and(eq(mails.partnerId, actor.partnerId), start))
    .orderBy(...newestFirst(mails.createdAt, mails.id))
    .limit(pageSize + 1)
}
