import { sql } from 'drizzle-orm'
import { check, index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import type { Environment } from '#lib/connectors/contract.ts'
import { at } from './columns.ts'
import { linkSessions } from './link-sessions.ts'
import { members, partners, users, workspaces } from './people.ts'

/**
 * A partner's client at an ATS's authorization server; one that lives for each connector and environment. Its redirect URI has its
 * id in it, so that no two share one. While it is `stopped` nobody's tokens are refreshed with it, and no connection is touched.
 */
export const oauthApps = pgTable(
  'oauth_apps',
  {
    id: uuid('id').primaryKey(),
    partnerId: uuid('partner_id')
      .notNull()
      .references(() => partners.id),
    connector: text('connector').notNull(),
    environment: text('environment').$type<Environment>().notNull(),
    /** Entered in the console, or kept as the environment says. */
    source: text('source').$type<'console' | 'environment'>().notNull(),
    clientId: text('client_id').notNull(),
    clientSecret: text('client_secret').notNull(),
    secretLastFour: text('secret_last_four').notNull(),
    /** Goes into the place of the sealed secret: a new one is a new generation. */
    secretGeneration: integer('secret_generation').notNull().default(1),
    /** The secret before, which is tried where the new one is refused, until then. */
    previousSecret: text('previous_secret'),
    previousSecretUntil: at('previous_secret_until'),
    state: text('state').$type<'working' | 'stopped'>().notNull().default('working'),
    stoppedReason: text('stopped_reason').$type<'app_refused' | 'unavailable' | null>(),
    stoppedAt: at('stopped_at'),
    /** When it is tried again, by one request. */
    retryAt: at('retry_at'),
    testedAt: at('tested_at'),
    testResult: text('test_result').$type<'works' | 'app_refused' | 'unclear' | null>(),
    createdBy: uuid('created_by').references(() => users.id),
    createdAt: at('created_at').notNull().defaultNow(),
    updatedAt: at('updated_at').notNull().defaultNow(),
    removedAt: at('removed_at'),
  },
  t => [
    uniqueIndex('oauth_apps_living')
      .on(t.partnerId, t.connector, t.environment)
      .where(sql`${t.removedAt} is null`),
    check('oauth_apps_environment', sql`${t.environment} in ('live','sandbox')`),
    check('oauth_apps_state', sql`${t.state} in ('working','stopped')`),
    check('oauth_apps_sealed', sql`${t.clientSecret} ~ '^cv1\\.'`),
    check('oauth_apps_sealed_before', sql`${t.previousSecret} is null or ${t.previousSecret} ~ '^cv1\\.'`),
  ],
)

/**
 * One attempt to sign in at an ATS, ten minutes long and for one callback: taken out of the table by whoever comes back. Bound to
 * the person's session and to a cookie of her browser; of state and cookie only the SHA-256 is here.
 */
export const oauthFlows = pgTable(
  'oauth_flows',
  {
    id: uuid('id').primaryKey(),
    stateHash: text('state_hash').notNull(),
    bindingHash: text('binding_hash').notNull(),
    appId: uuid('app_id')
      .notNull()
      .references(() => oauthApps.id),
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspaces.id),
    linkSessionId: uuid('link_session_id')
      .notNull()
      .references(() => linkSessions.id),
    memberId: uuid('member_id')
      .notNull()
      .references(() => members.id),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id),
    /** The PKCE verifier (RFC 7636), sealed under the app's data key. */
    verifier: text('verifier').notNull(),
    redirectUri: text('redirect_uri').notNull(),
    scopes: jsonb('scopes').$type<string[]>().notNull(),
    createdAt: at('created_at').notNull().defaultNow(),
    expiresAt: at('expires_at').notNull(),
  },
  t => [
    uniqueIndex('oauth_flows_state').on(t.stateHash),
    index('oauth_flows_link_session').on(t.linkSessionId, t.createdAt.desc()),
    index('oauth_flows_expires').on(t.expiresAt),
    check('oauth_flows_sealed', sql`${t.verifier} ~ '^cv1\\.'`),
  ],
)

export type RefreshOutcome =
  | 'refreshed'
  | 'unclear'
  | 'grant_refused'
  | 'app_refused'
  | 'refused_oddly'
  | 'limited'

/** Every refresh that was tried, thirty days long: the strip on a connection's page, and whether others of an app get through. */
export const refreshes = pgTable(
  'refreshes',
  {
    id: uuid('id').primaryKey(),
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspaces.id),
    connectionId: uuid('connection_id').notNull(),
    appId: uuid('app_id')
      .notNull()
      .references(() => oauthApps.id),
    outcome: text('outcome').$type<RefreshOutcome>().notNull(),
    milliseconds: integer('milliseconds').notNull(),
    at: at('at').notNull().defaultNow(),
  },
  t => [
    index('refreshes_connection').on(t.connectionId, t.at.desc()),
    index('refreshes_app').on(t.appId, t.outcome, t.at.desc()),
    index('refreshes_at').on(t.at),
  ],
)

/**
 * Tokens that have to be revoked at the ATS: of a connection that was deleted, or of a consent that nobody confirmed. They lie here
 * sealed under a key of their own, which only the task may open, until the revocation is proven or seven days are over.
 */
export const revocations = pgTable(
  'revocations',
  {
    id: uuid('id').primaryKey(),
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspaces.id),
    appId: uuid('app_id')
      .notNull()
      .references(() => oauthApps.id),
    connectionId: uuid('connection_id'),
    linkSessionId: uuid('link_session_id'),
    reason: text('reason').$type<'deleted' | 'unconfirmed' | 'replaced'>().notNull(),
    connector: text('connector').notNull(),
    environment: text('environment').$type<Environment>().notNull(),
    accessToken: text('access_token'),
    refreshToken: text('refresh_token'),
    accessExpiresAt: at('access_expires_at'),
    state: text('state').$type<'waiting' | 'proven' | 'gave_up'>().notNull().default('waiting'),
    attempts: integer('attempts').notNull().default(0),
    nextTryAt: at('next_try_at'),
    problem: text('problem'),
    createdAt: at('created_at').notNull().defaultNow(),
    endsAt: at('ends_at').notNull(),
    settledAt: at('settled_at'),
  },
  t => [
    index('revocations_next').on(t.nextTryAt).where(sql`${t.state} = 'waiting'`),
    index('revocations_connection').on(t.connectionId),
    check('revocations_state', sql`${t.state} in ('waiting','proven','gave_up')`),
    check('revocations_sealed_access', sql`${t.accessToken} is null or ${t.accessToken} ~ '^cv1\\.'`),
    check('revocations_sealed_refresh', sql`${t.refreshToken} is null or ${t.refreshToken} ~ '^cv1\\.'`),
    check(
      'revocations_shredded',
      sql`${t.state} = 'waiting' or (${t.accessToken} is null and ${t.refreshToken} is null)`,
    ),
  ],
)
