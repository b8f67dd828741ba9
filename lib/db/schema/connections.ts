import { sql } from 'drizzle-orm'
import {
  check,
  date,
  foreignKey,
  index,
  integer,
  pgTable,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import type { Environment, HealthReason, Permissions, Way } from '#lib/connectors/contract.ts'
import { at } from './columns.ts'
import type { RefreshOutcome } from './oauth.ts'
import { members, workspaces } from './people.ts'

export const connectionStatuses = ['active', 'inactive', 'needs_reauth', 'deleted', 'pending'] as const
export type ConnectionStatus = (typeof connectionStatuses)[number]
export const healths = ['healthy', 'degraded', 'failing'] as const
export type Health = (typeof healths)[number]

/**
 * One authentication of a workspace with one ATS account. Status is what a person or the grant decides; health is how the
 * last check went, with its reason and since when. `version` guards every write of a credential (compare and swap).
 */
export const connections = pgTable(
  'connections',
  {
    id: uuid('id').primaryKey(),
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspaces.id),
    connector: text('connector').notNull(),
    environment: text('environment').$type<Environment>().notNull(),
    name: text('name').notNull(),
    way: text('way').$type<Way>().notNull(),
    permissions: text('permissions').$type<Permissions>().notNull(),
    status: text('status').$type<ConnectionStatus>().notNull().default('active'),
    health: text('health').$type<Health>().notNull().default('healthy'),
    healthReason: text('health_reason').$type<HealthReason>(),
    healthSince: at('health_since').notNull().defaultNow(),
    /** Theirs: what makes two connections the same account. A subdomain can change, this cannot. */
    remoteAccountId: text('remote_account_id').notNull(),
    accountName: text('account_name').notNull(),
    /** The label in the account's address, such as acme. */
    subdomain: text('subdomain').notNull(),
    lastFour: text('last_four').notNull(),
    partnerClientId: text('partner_client_id'),
    keyExpiresOn: date('key_expires_on', { mode: 'string' }),
    /** The member of the ATS whose e-mail is that of the person who connected; null when there is none. */
    atsMemberId: text('ats_member_id'),
    rateLimit: integer('rate_limit'),
    rateRemaining: integer('rate_remaining'),
    rateSeenAt: at('rate_seen_at'),
    version: integer('version').notNull().default(1),
    /** By OAuth: the app whose grant it is (a plain id, as in `candidate_credentials`). */
    oauthAppId: uuid('oauth_app_id'),
    accessExpiresAt: at('access_expires_at'),
    /** When a refresh is due: planned at 75 to 90 % of the life, or after a failed one when to try again. */
    refreshDueAt: at('refresh_due_at'),
    /** Who refreshes now, and until when nobody else may: by the database's clock. */
    refreshLease: uuid('refresh_lease'),
    refreshLeaseUntil: at('refresh_lease_until'),
    refreshedAt: at('refreshed_at'),
    /** Since the last good refresh: how many failed, why the last one did, since when. */
    refreshFailures: integer('refresh_failures').notNull().default(0),
    refreshProblem: text('refresh_problem').$type<Exclude<RefreshOutcome, 'refreshed'> | null>(),
    refreshProblemSince: at('refresh_problem_since'),
    /** How often the grant was refused in a row: only a confirmed refusal makes `needs_reauth`. */
    refusals: integer('refusals').notNull().default(0),
    createdBy: uuid('created_by')
      .notNull()
      .references(() => members.id),
    createdAt: at('created_at').notNull().defaultNow(),
    updatedAt: at('updated_at').notNull().defaultNow(),
    lastCheckedAt: at('last_checked_at'),
    nextCheckAt: at('next_check_at'),
    deletedAt: at('deleted_at'),
    jobsState: text('jobs_state')
      .$type<'never' | 'fetching' | 'ready' | 'failed'>()
      .notNull()
      .default('never'),
    jobsFetchedAt: at('jobs_fetched_at'),
    /** Where the next page of the account's jobs starts while they are being fetched; opaque, the connector's. */
    jobsCursor: text('jobs_cursor'),
    /** Marks the rows that a whole fetch has seen, so that what vanished is known at its end. */
    jobsFetch: uuid('jobs_fetch'),
  },
  t => [
    unique('connections_workspace_id').on(t.workspaceId, t.id),
    uniqueIndex('connections_same_account')
      .on(t.workspaceId, t.connector, t.environment, t.remoteAccountId)
      .where(sql`${t.status} <> 'deleted'`),
    index('connections_list').on(t.workspaceId, t.createdAt.desc(), t.id.desc()),
    index('connections_key_expires')
      .on(t.keyExpiresOn)
      .where(sql`${t.keyExpiresOn} is not null and ${t.status} <> 'deleted'`),
    index('connections_refresh_due')
      .on(t.refreshDueAt)
      .where(sql`${t.way} = 'oauth' and ${t.status} in ('active','inactive')`),
    index('connections_oauth_app').on(t.oauthAppId).where(sql`${t.oauthAppId} is not null`),
    index('connections_next_check').on(t.nextCheckAt).where(sql`${t.status} in ('active','needs_reauth')`),
    check('connections_environment', sql`${t.environment} in ('live','sandbox')`),
    check('connections_status', sql`${t.status} in ('active','inactive','needs_reauth','deleted','pending')`),
    check('connections_health', sql`${t.health} in ('healthy','degraded','failing')`),
    check('connections_way', sql`${t.way} in ('api_key','oauth')`),
  ],
)

/**
 * The secret of a connection, a row a generation: a key, or a pair of tokens. Sealed columns only (`security.md` 7.3): the checks
 * refuse anything else. Of a pair the generation before stays until the newest access token has worked once.
 */
export const credentials = pgTable(
  'credentials',
  {
    id: uuid('id').primaryKey(),
    workspaceId: uuid('workspace_id').notNull(),
    connectionId: uuid('connection_id').notNull(),
    generation: integer('generation').notNull(),
    apiKey: text('api_key'),
    accessToken: text('access_token'),
    refreshToken: text('refresh_token'),
    accessExpiresAt: at('access_expires_at'),
    /** When an access token was first answered well with. */
    provenAt: at('proven_at'),
    createdAt: at('created_at').notNull().defaultNow(),
  },
  t => [
    uniqueIndex('credentials_generation').on(t.connectionId, t.generation),
    foreignKey({
      name: 'credentials_connection',
      columns: [t.workspaceId, t.connectionId],
      foreignColumns: [connections.workspaceId, connections.id],
    }),
    check(
      'credentials_sealed',
      // A null makes a condition unknown, which a check lets pass: so exactly one is there, and what is there is sealed.
      sql`num_nonnulls(${t.apiKey}, ${t.accessToken}) = 1 and coalesce(${t.apiKey}, ${t.accessToken}) ~ '^cv1\\.'`,
    ),
    check('credentials_sealed_refresh', sql`${t.refreshToken} is null or ${t.refreshToken} ~ '^cv1\\.'`),
  ],
)
