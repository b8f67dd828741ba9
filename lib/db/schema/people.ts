import { sql } from 'drizzle-orm'
import { check, index, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import type { MemberRole, PartnerRole } from '#lib/actors.ts'
import { at } from './columns.ts'

/** Whoever runs Gangway for its own customers. The set-up makes one; rows allow several. */
export const partners = pgTable('partners', {
  id: uuid('id').primaryKey(),
  name: text('name').notNull(),
  createdAt: at('created_at').notNull().defaultNow(),
})

/** One customer organisation, the tenant. `slug` stands in addresses. */
export const workspaces = pgTable(
  'workspaces',
  {
    id: uuid('id').primaryKey(),
    partnerId: uuid('partner_id')
      .notNull()
      .references(() => partners.id),
    slug: text('slug').notNull(),
    name: text('name').notNull(),
    createdAt: at('created_at').notNull().defaultNow(),
  },
  t => [
    uniqueIndex('workspaces_slug').on(t.slug),
    index('workspaces_by_name').on(t.partnerId, sql`lower(${t.name})`, t.id),
  ],
)

/** The sign-in itself. A person; what she may do stands in `members` and `partner_members`. */
export const users = pgTable(
  'users',
  {
    id: uuid('id').primaryKey(),
    /** As typed; compared without letter case. */
    email: text('email').notNull(),
    name: text('name').notNull(),
    locale: text('locale').notNull().default('en'),
    /** IANA zone, such as Europe/Amsterdam; null until the browser has told it. */
    timeZone: text('time_zone'),
    createdAt: at('created_at').notNull().defaultNow(),
    disabledAt: at('disabled_at'),
  },
  t => [uniqueIndex('users_email').on(sql`lower(${t.email})`)],
)

/** A way in which a user proves who she is. Password is one kind; a company's sign-in provider comes later. */
export const identities = pgTable(
  'identities',
  {
    id: uuid('id').primaryKey(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    kind: text('kind').$type<'password'>().notNull(),
    passwordHash: text('password_hash').notNull(),
    createdAt: at('created_at').notNull().defaultNow(),
    updatedAt: at('updated_at').notNull().defaultNow(),
  },
  t => [uniqueIndex('identities_user_kind').on(t.userId, t.kind)],
)

export const partnerMembers = pgTable(
  'partner_members',
  {
    id: uuid('id').primaryKey(),
    partnerId: uuid('partner_id')
      .notNull()
      .references(() => partners.id),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id),
    role: text('role').$type<PartnerRole>().notNull(),
    createdAt: at('created_at').notNull().defaultNow(),
  },
  t => [
    uniqueIndex('partner_members_partner_user').on(t.partnerId, t.userId),
    index('partner_members_user').on(t.userId),
    check('partner_members_role', sql`${t.role} in ('owner','admin','support')`),
  ],
)

/** A person with a role in a workspace. A removed member keeps its row, so that what she did keeps its author. */
export const members = pgTable(
  'members',
  {
    id: uuid('id').primaryKey(),
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspaces.id),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id),
    role: text('role').$type<MemberRole>().notNull(),
    createdAt: at('created_at').notNull().defaultNow(),
    lastUsedAt: at('last_used_at'),
    removedAt: at('removed_at'),
  },
  t => [
    uniqueIndex('members_workspace_user').on(t.workspaceId, t.userId),
    index('members_user').on(t.userId),
    check('members_role', sql`${t.role} in ('owner','admin','recruiter','viewer')`),
  ],
)

/** A sign-in that lives and can be ended. The cookie holds the secret; here is only its SHA-256. */
export const sessions = pgTable(
  'sessions',
  {
    id: uuid('id').primaryKey(),
    secretHash: text('secret_hash').notNull(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    createdAt: at('created_at').notNull().defaultNow(),
    lastUsedAt: at('last_used_at').notNull().defaultNow(),
    /** When she last gave her password: dangerous acts want it at most 15 minutes old. */
    provenAt: at('proven_at').notNull().defaultNow(),
    expiresAt: at('expires_at').notNull(),
    endedAt: at('ended_at'),
    userAgent: text('user_agent').notNull().default(''),
    address: text('address').notNull().default(''),
  },
  t => [uniqueIndex('sessions_secret_hash').on(t.secretHash), index('sessions_user').on(t.userId)],
)

/**
 * A link that works once, for whoever holds it: the first set-up, a new password. Only its SHA-256 is here; looking does not
 * use it up.
 */
export const oneTimeLinks = pgTable(
  'one_time_links',
  {
    id: uuid('id').primaryKey(),
    purpose: text('purpose').$type<'set_up' | 'password_reset'>().notNull(),
    /** Whose password it sets; null for the set-up. */
    userId: uuid('user_id').references(() => users.id, { onDelete: 'cascade' }),
    secretHash: text('secret_hash').notNull(),
    createdAt: at('created_at').notNull().defaultNow(),
    expiresAt: at('expires_at').notNull(),
    usedAt: at('used_at'),
  },
  t => [
    uniqueIndex('one_time_links_secret_hash').on(t.secretHash),
    index('one_time_links_user').on(t.userId, t.purpose),
    check('one_time_links_purpose', sql`${t.purpose} in ('set_up','password_reset')`),
  ],
)

/**
 * Somebody asked to join a workspace, by address and with a role. 72 hours, once; sending it again makes a new secret and the
 * one before it worthless. Only the SHA-256 of the secret is here.
 */
export const invitations = pgTable(
  'invitations',
  {
    id: uuid('id').primaryKey(),
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspaces.id),
    email: text('email').notNull(),
    role: text('role').$type<MemberRole>().notNull(),
    secretHash: text('secret_hash').notNull(),
    /** Null where the partner's own person asked. */
    invitedBy: uuid('invited_by').references(() => members.id),
    createdAt: at('created_at').notNull().defaultNow(),
    sentAt: at('sent_at').notNull().defaultNow(),
    expiresAt: at('expires_at').notNull(),
    acceptedAt: at('accepted_at'),
    acceptedBy: uuid('accepted_by').references(() => members.id),
    withdrawnAt: at('withdrawn_at'),
  },
  t => [
    uniqueIndex('invitations_secret_hash').on(t.secretHash),
    uniqueIndex('invitations_open')
      .on(t.workspaceId, sql`lower(${t.email})`)
      .where(sql`${t.acceptedAt} is null and ${t.withdrawnAt} is null`),
    index('invitations_list').on(t.workspaceId, t.createdAt.desc(), t.id.desc()),
    check('invitations_role', sql`${t.role} in ('owner','admin','recruiter','viewer')`),
  ],
)
