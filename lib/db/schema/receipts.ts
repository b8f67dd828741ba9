import { foreignKey, index, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import type { Environment, Way } from '#lib/connectors/contract.ts'
import { at } from './columns.ts'
import { connections } from './connections.ts'
import { members } from './people.ts'

/** What is kept of a connection that was deleted: what it was, what ended with it, when and by whom. One each. */
export const deletionReceipts = pgTable(
  'deletion_receipts',
  {
    id: uuid('id').primaryKey(),
    workspaceId: uuid('workspace_id').notNull(),
    connectionId: uuid('connection_id').notNull(),
    connector: text('connector').notNull(),
    environment: text('environment').$type<Environment>().notNull(),
    name: text('name').notNull(),
    accountName: text('account_name').notNull(),
    subdomain: text('subdomain').notNull(),
    way: text('way').$type<Way>().notNull(),
    lastFour: text('last_four').notNull(),
    /** The positions whose links ended, as they were called then. */
    endedLinks: jsonb('ended_links').$type<{ positionId: string; title: string }[]>().notNull(),
    deletedBy: uuid('deleted_by')
      .notNull()
      .references(() => members.id),
    /** As she was called then. */
    deletedByName: text('deleted_by_name').notNull(),
    deletedAt: at('deleted_at').notNull().defaultNow(),
    /** When somebody said that the key is revoked at the ATS, and who; we cannot see it. */
    revokedAt: at('revoked_at'),
    revokedByName: text('revoked_by_name'),
    /** By OAuth: the task's row that says whether the revocation at the ATS was proven. */
    revocationId: uuid('revocation_id'),
  },
  t => [
    uniqueIndex('deletion_receipts_connection').on(t.connectionId),
    index('deletion_receipts_list').on(t.workspaceId, t.deletedAt.desc(), t.id.desc()),
    foreignKey({
      name: 'deletion_receipts_connection_fk',
      columns: [t.workspaceId, t.connectionId],
      foreignColumns: [connections.workspaceId, connections.id],
    }),
  ],
)
