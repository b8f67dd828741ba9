import { sql } from 'drizzle-orm'
import { check, foreignKey, index, pgTable, text, unique, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { at } from './columns.ts'
import { connections } from './connections.ts'
import { jobs } from './jobs.ts'
import { members, workspaces } from './people.ts'

/** The workspace's own open role. `search` is what the search field looks through, lower-cased by the verb. */
export const positions = pgTable(
  'positions',
  {
    id: uuid('id').primaryKey(),
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspaces.id),
    title: text('title').notNull(),
    code: text('code').notNull().default(''),
    department: text('department').notNull().default(''),
    place: text('place').notNull().default(''),
    ownerId: uuid('owner_id')
      .notNull()
      .references(() => members.id),
    state: text('state').$type<'open' | 'closed'>().notNull().default('open'),
    search: text('search').notNull(),
    createdAt: at('created_at').notNull().defaultNow(),
    updatedAt: at('updated_at').notNull().defaultNow(),
    closedAt: at('closed_at'),
  },
  t => [
    unique('positions_workspace_id').on(t.workspaceId, t.id),
    index('positions_newest').on(t.workspaceId, t.state, t.createdAt.desc(), t.id.desc()),
    index('positions_title').on(t.workspaceId, t.state, sql`lower(${t.title})`, t.id),
    index('positions_department').on(t.workspaceId, t.department),
    check('positions_state', sql`${t.state} in ('open','closed')`),
  ],
)

/**
 * A position tied to a job through a connection. A position has one living link; a job may have many.
 * An ended link keeps its row: it is part of what happened.
 */
export const positionLinks = pgTable(
  'position_links',
  {
    id: uuid('id').primaryKey(),
    workspaceId: uuid('workspace_id').notNull(),
    positionId: uuid('position_id').notNull(),
    connectionId: uuid('connection_id').notNull(),
    jobId: uuid('job_id')
      .notNull()
      .references(() => jobs.id),
    createdBy: uuid('created_by')
      .notNull()
      .references(() => members.id),
    createdAt: at('created_at').notNull().defaultNow(),
    endedAt: at('ended_at'),
    endedBy: uuid('ended_by').references(() => members.id),
  },
  t => [
    uniqueIndex('position_links_living').on(t.positionId).where(sql`${t.endedAt} is null`),
    index('position_links_connection').on(t.workspaceId, t.connectionId),
    index('position_links_job').on(t.jobId),
    foreignKey({
      name: 'position_links_position',
      columns: [t.workspaceId, t.positionId],
      foreignColumns: [positions.workspaceId, positions.id],
    }),
    foreignKey({
      name: 'position_links_connection_fk',
      columns: [t.workspaceId, t.connectionId],
      foreignColumns: [connections.workspaceId, connections.id],
    }),
  ],
)
