import { sql } from 'drizzle-orm'
import { check, index, integer, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import type { Finding, HealthReason } from '#lib/connectors/contract.ts'
import { at } from './columns.ts'
import { members, workspaces } from './people.ts'

/**
 * One run of the key doctor, over a link session's candidate credential or over a connection. `findings` grows row by row
 * while it runs; `retryAt` says until when it waits for the ATS.
 */
export const checks = pgTable(
  'checks',
  {
    id: uuid('id').primaryKey(),
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspaces.id),
    linkSessionId: uuid('link_session_id'),
    connectionId: uuid('connection_id'),
    state: text('state').$type<'queued' | 'running' | 'waiting' | 'finished' | 'cancelled'>().notNull(),
    /** A look at how it is, or the one that has to end well before a connection that was switched off is active again. */
    purpose: text('purpose').$type<'look' | 'activate'>().notNull().default('look'),
    findings: jsonb('findings').$type<Finding[]>().notNull(),
    /** Why it waits, and until when; of an activation that ended, why the connection stays inactive. */
    waitReason: text('wait_reason').$type<HealthReason>(),
    retryAt: at('retry_at'),
    attempts: integer('attempts').notNull().default(0),
    /** The generation of the candidate credential that is tried; an answer about an older one is dropped. */
    generation: integer('generation').notNull().default(1),
    requestedBy: uuid('requested_by').references(() => members.id),
    createdAt: at('created_at').notNull().defaultNow(),
    finishedAt: at('finished_at'),
  },
  t => [
    index('checks_link_session').on(t.linkSessionId, t.createdAt.desc()),
    index('checks_connection').on(t.connectionId, t.createdAt.desc()),
    check('checks_state', sql`${t.state} in ('queued','running','waiting','finished','cancelled')`),
    check('checks_purpose', sql`${t.purpose} in ('look','activate')`),
  ],
)
