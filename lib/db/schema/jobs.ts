import { sql } from 'drizzle-orm'
import { foreignKey, index, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { at } from './columns.ts'
import { connections } from './connections.ts'

/** The account's jobs as last fetched. `remoteRef` is opaque to the core (Workable's shortcode). */
export const jobs = pgTable(
  'jobs',
  {
    id: uuid('id').primaryKey(),
    workspaceId: uuid('workspace_id').notNull(),
    connectionId: uuid('connection_id').notNull(),
    remoteId: text('remote_id').notNull(),
    remoteRef: text('remote_ref').notNull(),
    title: text('title').notNull(),
    code: text('code').notNull().default(''),
    department: text('department').notNull().default(''),
    place: text('place').notNull().default(''),
    state: text('state').$type<'draft' | 'published' | 'closed' | 'archived' | 'unknown'>().notNull(),
    url: text('url'),
    search: text('search').notNull(),
    remoteUpdatedAt: at('remote_updated_at'),
    seenFetch: uuid('seen_fetch'),
    /** Set when a whole fetch no longer had it. */
    goneAt: at('gone_at'),
  },
  t => [
    uniqueIndex('jobs_remote').on(t.connectionId, t.remoteId),
    index('jobs_title').on(t.connectionId, sql`lower(${t.title})`, t.id),
    foreignKey({
      name: 'jobs_connection',
      columns: [t.workspaceId, t.connectionId],
      foreignColumns: [connections.workspaceId, connections.id],
    }),
  ],
)
