import { sql } from 'drizzle-orm'
import { check, index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { at } from './columns.ts'
import { members, partners, users, workspaces } from './people.ts'

export const mailStates = ['queued', 'sent', 'kept', 'failed'] as const
export type MailState = (typeof mailStates)[number]

/**
 * A mail that was sent, is about to be, or, where no SMTP is set, is kept to be read in the app. The words are not stored: they
 * come from the message files, by `kind` and `data`. A one-time address in it is sealed, and gone once the mail is sent.
 */
export const mails = pgTable(
  'mails',
  {
    id: uuid('id').primaryKey(),
    partnerId: uuid('partner_id')
      .notNull()
      .references(() => partners.id),
    /** Null for what concerns no workspace, such as a new password. */
    workspaceId: uuid('workspace_id').references(() => workspaces.id),
    kind: text('kind').notNull(),
    /** Two mails with one key are the same mail: the second is not made. */
    key: text('key'),
    toAddress: text('to_address').notNull(),
    toName: text('to_name').notNull().default(''),
    userId: uuid('user_id').references(() => users.id),
    locale: text('locale').notNull(),
    timeZone: text('time_zone').notNull(),
    /** What the words speak of: names, dates, paths of ours. Never a secret. */
    data: jsonb('data').$type<Record<string, string | number | null>>().notNull(),
    sealedLink: text('sealed_link'),
    linkExpiresAt: at('link_expires_at'),
    state: text('state').$type<MailState>().notNull().default('queued'),
    attempts: integer('attempts').notNull().default(0),
    /** Why the last attempt failed: a code of ours, never what the server said. */
    problem: text('problem'),
    createdAt: at('created_at').notNull().defaultNow(),
    triedAt: at('tried_at'),
    sentAt: at('sent_at'),
  },
  t => [
    uniqueIndex('mails_key').on(t.key).where(sql`${t.key} is not null`),
    index('mails_list').on(t.partnerId, t.createdAt.desc(), t.id.desc()),
    index('mails_link').on(t.linkExpiresAt).where(sql`${t.sealedLink} is not null`),
    check('mails_state', sql`${t.state} in ('queued','sent','kept','failed')`),
    check('mails_sealed', sql`${t.sealedLink} is null or ${t.sealedLink} ~ '^cv1\\.'`),
  ],
)

/** What a member is told inside the app, until she has seen it or it is settled. */
export const notices = pgTable(
  'notices',
  {
    id: uuid('id').primaryKey(),
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspaces.id),
    memberId: uuid('member_id')
      .notNull()
      .references(() => members.id),
    kind: text('kind').notNull(),
    /** Two notices to one member with one key are the same notice. */
    key: text('key').notNull(),
    subjectKind: text('subject_kind').notNull(),
    subjectId: uuid('subject_id').notNull(),
    data: jsonb('data').$type<Record<string, string | number | null>>().notNull(),
    createdAt: at('created_at').notNull().defaultNow(),
    seenAt: at('seen_at'),
    /** When what it speaks of was mended: it is no longer shown as something to do. */
    settledAt: at('settled_at'),
  },
  t => [
    uniqueIndex('notices_key').on(t.memberId, t.key),
    index('notices_list').on(t.memberId, t.createdAt.desc(), t.id.desc()),
    index('notices_open').on(t.memberId).where(sql`${t.seenAt} is null and ${t.settledAt} is null`),
    index('notices_subject').on(t.subjectKind, t.subjectId).where(sql`${t.settledAt} is null`),
  ],
)
