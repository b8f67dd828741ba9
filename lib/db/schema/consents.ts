import { index, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import type { Permissions } from '#lib/connectors/contract.ts'
import { at } from './columns.ts'
import { members, users, workspaces } from './people.ts'

/** Who agreed to which wording of which permissions, and when. The wording is kept whole: message files change. */
export const consents = pgTable(
  'consents',
  {
    id: uuid('id').primaryKey(),
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspaces.id),
    linkSessionId: uuid('link_session_id').notNull(),
    connectionId: uuid('connection_id'),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id),
    memberId: uuid('member_id')
      .notNull()
      .references(() => members.id),
    personName: text('person_name').notNull(),
    connector: text('connector').notNull(),
    permissions: text('permissions').$type<Permissions>().notNull(),
    scopes: jsonb('scopes').$type<string[]>().notNull(),
    locale: text('locale').notNull(),
    wording: jsonb('wording').$type<ConsentWording>().notNull(),
    agreedAt: at('agreed_at').notNull().defaultNow(),
  },
  t => [index('consents_connection').on(t.connectionId), index('consents_link_session').on(t.linkSessionId)],
)

/** The permissions as they stood on the screen, in the language in which they were read. */
export type ConsentWording = {
  title: string
  groups: { title: string; rows: { what: string; why: string; scope?: string }[] }[]
}
