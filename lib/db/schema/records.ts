import { bigint, index, integer, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import type { Problems } from '#lib/errors.ts'
import { at } from './columns.ts'

/** Every change, named once (`connection.activated`), append-only: a trigger refuses update and delete. Ids only, no secrets. */
export const events = pgTable(
  'events',
  {
    id: uuid('id').primaryKey(),
    partnerId: uuid('partner_id').notNull(),
    /** Null for what concerns the partner and no workspace. */
    workspaceId: uuid('workspace_id'),
    name: text('name').notNull(),
    actorKind: text('actor_kind').notNull(),
    actorId: text('actor_id').notNull(),
    subjectKind: text('subject_kind').notNull(),
    subjectId: text('subject_id').notNull(),
    data: jsonb('data').$type<Record<string, unknown>>().notNull(),
    /** From where: the peer's address and the browser's own words, both of the actor's session; null where there was none. */
    address: text('address'),
    userAgent: text('user_agent'),
    at: at('at').notNull().defaultNow(),
  },
  t => [
    index('events_workspace').on(t.workspaceId, t.at.desc(), t.id.desc()),
    index('events_actor').on(t.workspaceId, t.actorId, t.at.desc(), t.id.desc()),
    index('events_name').on(t.workspaceId, t.name, t.at.desc(), t.id.desc()),
    index('events_subject').on(t.workspaceId, t.subjectKind, t.subjectId, t.at.desc()),
  ],
)

/** What a form outside of the wizard must show again after a refusal, ten minutes long. Never a secret. */
export const formStates = pgTable(
  'form_states',
  {
    id: uuid('id').primaryKey(),
    /** The browser or session that may read it: SHA-256 of its cookie's secret. */
    readerHash: text('reader_hash').notNull(),
    form: text('form').notNull(),
    values: jsonb('values').$type<Record<string, string>>().notNull(),
    problems: jsonb('problems').$type<Problems>().notNull(),
    expiresAt: at('expires_at').notNull(),
  },
  t => [index('form_states_expires').on(t.expiresAt)],
)

/** Counters of rate-limiter-flexible: its shape, not ours. `expire` is milliseconds since 1970. */
export const rateLimits = pgTable('rate_limits', {
  key: text('key').primaryKey(),
  points: integer('points').notNull().default(0),
  expire: bigint('expire', { mode: 'number' }),
})

/** Which of our processes are alive: each writes its row every few seconds. Readiness asks it for the worker. */
export const processes = pgTable('processes', {
  id: uuid('id').primaryKey(),
  kind: text('kind').$type<'web' | 'worker'>().notNull(),
  startedAt: at('started_at').notNull().defaultNow(),
  seenAt: at('seen_at').notNull().defaultNow(),
})
