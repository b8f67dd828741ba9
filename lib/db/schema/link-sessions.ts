import { sql } from 'drizzle-orm'
import { check, index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import type { Environment } from '#lib/connectors/contract.ts'
import type { RemoteAccount } from '#lib/connectors/remote.ts'
import type { Problems } from '#lib/errors.ts'
import type { Answers } from '#lib/link-sessions/answers.ts'
import { at } from './columns.ts'
import { members, workspaces } from './people.ts'

/**
 * One walk through the wizard, for a position or, from Integrations > Add, for none yet. Its id grants nothing: the right
 * comes from being the member who started it. It lives 24 hours from its last step. `answers` and `shown` never hold a secret.
 */
export const linkSessions = pgTable(
  'link_sessions',
  {
    id: uuid('id').primaryKey(),
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspaces.id),
    startedBy: uuid('started_by')
      .notNull()
      .references(() => members.id),
    /** Who makes the connection count: now the member who started it; invited admins and partners' back ends later. */
    confirmedBy: text('confirmed_by').$type<'member'>().notNull().default('member'),
    positionId: uuid('position_id'),
    connector: text('connector'),
    environment: text('environment').$type<Environment>(),
    answers: jsonb('answers').$type<Answers>().notNull(),
    /** What a step must show again after a refusal: the values as typed (never a secret) and the sentences at their fields. */
    shown: jsonb('shown').$type<{
      step: string
      values: Record<string, string>
      problems: Problems
    } | null>(),
    state: text('state').$type<'open' | 'done' | 'abandoned'>().notNull().default('open'),
    /** The last step reached, for the partner's funnel. */
    step: text('step').notNull().default('ats'),
    connectionId: uuid('connection_id'),
    createdAt: at('created_at').notNull().defaultNow(),
    lastStepAt: at('last_step_at').notNull().defaultNow(),
    expiresAt: at('expires_at').notNull(),
    finishedAt: at('finished_at'),
  },
  t => [
    uniqueIndex('link_sessions_one_open')
      .on(t.positionId, t.startedBy)
      .where(sql`${t.state} = 'open' and ${t.positionId} is not null`),
    index('link_sessions_started_by').on(t.startedBy, t.createdAt.desc()),
    index('link_sessions_expires').on(t.expiresAt).where(sql`${t.state} = 'open'`),
    check('link_sessions_state', sql`${t.state} in ('open','done','abandoned')`),
  ],
)

/** What was typed and is not accepted yet: sealed under a data key of its own, one hour, never shown again. */
export const candidateCredentials = pgTable(
  'candidate_credentials',
  {
    id: uuid('id').primaryKey(),
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspaces.id),
    linkSessionId: uuid('link_session_id')
      .notNull()
      .references(() => linkSessions.id),
    generation: integer('generation').notNull().default(1),
    /** What was typed; or, of the other way, the pair that was granted. */
    apiKey: text('api_key'),
    accessToken: text('access_token'),
    refreshToken: text('refresh_token'),
    accessExpiresAt: at('access_expires_at'),
    /** The app by which it was granted; a plain id, since apps know flows and flows know walks. */
    oauthAppId: uuid('oauth_app_id'),
    /** The accounts that whoever signed in can reach, as the ATS listed them; null before it did. */
    accounts: jsonb('accounts').$type<RemoteAccount[] | null>(),
    lastFour: text('last_four').notNull(),
    createdAt: at('created_at').notNull().defaultNow(),
    expiresAt: at('expires_at').notNull(),
  },
  t => [
    uniqueIndex('candidate_credentials_link_session').on(t.linkSessionId),
    index('candidate_credentials_expires').on(t.expiresAt),
    check(
      'candidate_credentials_sealed',
      // A null makes a condition unknown, which a check lets pass: so exactly one is there, and what is there is sealed.
      sql`num_nonnulls(${t.apiKey}, ${t.accessToken}) = 1 and coalesce(${t.apiKey}, ${t.accessToken}) ~ '^cv1\\.'`,
    ),
    check(
      'candidate_credentials_sealed_refresh',
      sql`${t.refreshToken} is null or ${t.refreshToken} ~ '^cv1\\.'`,
    ),
  ],
)

/** What people tell us on the way: whether a guide helped, whether it looks different, whether connecting went well. */
export const feedback = pgTable(
  'feedback',
  {
    id: uuid('id').primaryKey(),
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspaces.id),
    memberId: uuid('member_id')
      .notNull()
      .references(() => members.id),
    linkSessionId: uuid('link_session_id'),
    connector: text('connector'),
    kind: text('kind').$type<'guide_answered' | 'guide_differs' | 'went_well'>().notNull(),
    anchor: text('anchor').notNull().default(''),
    yes: text('yes').$type<'yes' | 'no'>(),
    words: text('words').notNull().default(''),
    createdAt: at('created_at').notNull().defaultNow(),
  },
  t => [index('feedback_workspace').on(t.workspaceId, t.createdAt.desc())],
)

/** An ATS that somebody looked for and we do not have: kept for the partner, once a workspace and name. */
export const atsRequests = pgTable(
  'ats_requests',
  {
    id: uuid('id').primaryKey(),
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspaces.id),
    memberId: uuid('member_id')
      .notNull()
      .references(() => members.id),
    name: text('name').notNull(),
    createdAt: at('created_at').notNull().defaultNow(),
  },
  t => [uniqueIndex('ats_requests_once').on(t.workspaceId, sql`lower(${t.name})`)],
)
