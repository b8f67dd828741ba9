/**
 * What the core and a connector may say to each other. A connector is a leaf: it knows one ATS and nothing else, never sees
 * a credential, `fetch`, the database or the environment. It says what; the core does how.
 */

import type { Api, ApiReply } from './api.ts'
import type { Manifest } from './manifest.ts'
import type { Page, RemoteAccount, RemoteCandidate, RemoteJob } from './remote.ts'

export type Environment = 'live' | 'sandbox'
/** How a connection proves itself: an API key (also called access token), or OAuth 2.0. */
export type Way = 'api_key' | 'oauth'
/** The choice of the permissions step: it sets what the guide tells to tick. */
export type Permissions = 'read' | 'read_write'

/** Health reasons (`product.md`). */
export const healthReasons = [
  'scope_missing',
  'member_unknown',
  'rate_limited',
  'ats_unavailable',
  'unexpected_answer',
  'account_gone',
  'credential_unreadable',
  'expires_soon',
] as const
export type HealthReason = (typeof healthReasons)[number]

/** The groups of the permissions step; their rows are messages: `permissions.<group>.1.what`, `.why`, `.scope`. */
export const permissionGroups = ['reads', 'writes', 'never'] as const

// ── The key doctor ──────────────────────────────────────────────────────────────────────────────────────────────────

export const checkIds = [
  'account',
  'read_jobs',
  'read_candidates',
  'write_candidates',
  'member',
  'rate',
] as const
export type CheckId = (typeof checkIds)[number]

/**
 * What one check found. `detail` names the sentence (`doctor.<check>.<detail>` in the connector's messages); `values` fill it
 * in and hold no secret. `not_certain` is as far as can be told; `not_tried` says why in its detail.
 */
export type Finding = {
  check: CheckId
  state:
    | 'passed'
    | 'missing'
    | 'different'
    | 'refused'
    | 'unknown_person'
    | 'not_certain'
    | 'not_tried'
    | 'odd'
  detail: string
  values?: Record<string, string | number>
  /** Set by `account`, passed or different: the account the credential belongs to. Without it there is no connection. */
  account?: RemoteAccount
  /** Set by `member` when somebody was found. */
  member?: { remoteId: string; name: string; role: string }
}

export type VerifyContext = {
  /** The subdomain that was entered. */
  subdomain: string
  permissions: Permissions
  /** Of the person who connects. */
  email: string
  /** What the checks before have found, in order. */
  findings: readonly Finding[]
}

/**
 * One question of the doctor. The core runs them in order, keeps each finding at once, waits where `run` throws
 * `rate_limited`, and goes on where it stopped. `run` throws `AtsError` for what is no finding about the credential.
 */
export type Check = { id: CheckId; run(api: Api, context: VerifyContext): Promise<Finding> }

// ── Guide ───────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Steps beside a field. Words are messages: `guide.<field>.<anchor>.title`, `.body`, `.older`. */
export type GuideStep = { anchor: string; picture?: GuidePicture; showScopes?: boolean }
export type GuidePicture =
  | 'subdomain-address-bar'
  | 'profile-menu-settings'
  | 'integrations-apps'
  | 'generate-api-token'
  | 'copy-once'

export type Guide = {
  /** The day on which somebody last compared it with the ATS, YYYY-MM-DD. */
  checkedOn: string
  articleUrl: string
  /** The page of the account where keys are made, below the account's origin. */
  settingsPath: string
  fields: Readonly<Record<string, readonly GuideStep[]>>
}

// ── The whole ───────────────────────────────────────────────────────────────────────────────────────────────────────

export type Connector = {
  manifest: Manifest
  guide: Guide
  checks: readonly Check[]
  /** The accounts that a grant reaches, asked of the host for everybody. Throws `credential_refused` for a dead one. */
  listAccounts(api: Api): Promise<RemoteAccount[]>
  /** Whether a 401 is about a missing scope: it says nothing about the credential then. An ATS that never answers so leaves it out. */
  namesScope?(reply: ApiReply): boolean
  /** The jobs of the account, a page at a time, in any state. */
  listJobs(api: Api, cursor?: string): Promise<Page<RemoteJob>>
  /** The candidates of one job, a page at a time. */
  listCandidates(
    api: Api,
    job: { remoteId: string; remoteRef: string },
    cursor?: string,
  ): Promise<Page<RemoteCandidate>>
}
