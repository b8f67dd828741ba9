import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  foreignKey,
  index,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { at } from './columns.ts'
import { connections } from './connections.ts'
import { members, workspaces } from './people.ts'

/** A phone number of the workspace that can carry calls, messages or both. One that was removed keeps its row. */
export const numbers = pgTable(
  'numbers',
  {
    id: uuid('id').primaryKey(),
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspaces.id),
    /** As E.164 writes it: a plus and at most 15 digits. */
    e164: text('e164').notNull(),
    label: text('label').notNull(),
    ownerId: uuid('owner_id')
      .notNull()
      .references(() => members.id),
    carriesCalls: boolean('carries_calls').notNull(),
    carriesMessages: boolean('carries_messages').notNull(),
    createdAt: at('created_at').notNull().defaultNow(),
    updatedAt: at('updated_at').notNull().defaultNow(),
    removedAt: at('removed_at'),
  },
  t => [
    unique('numbers_workspace_id').on(t.workspaceId, t.id),
    uniqueIndex('numbers_e164').on(t.workspaceId, t.e164).where(sql`${t.removedAt} is null`),
    index('numbers_list').on(t.workspaceId, sql`lower(${t.label})`, t.id).where(sql`${t.removedAt} is null`),
    check('numbers_form', sql`${t.e164} ~ '^\\+[1-9][0-9]{1,14}$'`),
    check('numbers_carries', sql`${t.carriesCalls} or ${t.carriesMessages}`),
  ],
)

export type NumberUse = 'calls' | 'messages'

/** Which numbers a connection uses for what. A number may serve several connections. */
export const connectionNumbers = pgTable(
  'connection_numbers',
  {
    workspaceId: uuid('workspace_id').notNull(),
    connectionId: uuid('connection_id').notNull(),
    numberId: uuid('number_id').notNull(),
    use: text('use').$type<NumberUse>().notNull(),
    createdAt: at('created_at').notNull().defaultNow(),
  },
  t => [
    primaryKey({ name: 'connection_numbers_key', columns: [t.connectionId, t.numberId, t.use] }),
    index('connection_numbers_number').on(t.numberId),
    foreignKey({
      name: 'connection_numbers_connection',
      columns: [t.workspaceId, t.connectionId],
      foreignColumns: [connections.workspaceId, connections.id],
    }),
    foreignKey({
      name: 'connection_numbers_number_fk',
      columns: [t.workspaceId, t.numberId],
      foreignColumns: [numbers.workspaceId, numbers.id],
    }),
    check('connection_numbers_use', sql`${t.use} in ('calls','messages')`),
  ],
)
