/**
 * What the core and a connector may say to each other. A connector is a leaf: it knows one ATS and nothing else, never sees
 * a credential, `fetch`, the database or the environment. It says what; the core does how.
 */

import type { Api, ApiReply } from './api.ts'
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

// ── Manifest ────────────────────────────────────────────────────────────────────────────────────────────────────────

/** What a field's `parse` may be told: which address the ATS has in this environment. */
export type ParseContext = {
  /** Host without label, with port where there is one: `workable.com`, or the sandbox's `workable.localhost:4010`. */
  hostSuffix: string
  environment: Environment
  /** The day it is, YYYY-MM-DD in UTC. */
  today: string
  /** What the other fields were understood as, by id, secret ones left out: the same text twice is a mistake worth naming. */
  others?: Readonly<Record<string, string>>
}

/**
 * What a field understood. `understood` is set when it differs from what was typed, and is shown (of a secret, only that it
 * was tidied). A problem is a key below `problems` in the connector's message file, such as `subdomain.empty`; `values` fill it
 * in and hold no secret. `conceal` says that a secret may have been typed into a field that holds none: do not keep it or show it again.
 */
export type Parsed =
  | { ok: true; value: string; understood?: boolean }
  | { ok: false; problem: string; values?: Record<string, string>; conceal?: boolean }

/** One field of the key form and one screen of the wizard. Labels, hints and placeholders are messages: `fields.<id>.…`. */
export type Field = {
  /** Also the address of its screen (`enter/<id>`), its form name and its anchor in the guide. */
  id: string
  kind: 'text' | 'secret' | 'date'
  optional: boolean
  /** Names the screen of the wizard it stands on, when it has none of its own: folded away there. */
  screen?: string
  /** Bytes of UTF-8 that are read at all. */
  maxBytes: number
  /**
   * Pure. Gives the value and whether it was tidied, or a named problem. Also called for values that never saw a browser.
   * An optional field takes the empty text as it is.
   */
  parse(input: string, context: ParseContext): Parsed
}

export type Scope = {
  /** As the ATS spells it, such as `r_jobs`. */
  id: string
  /** What it makes possible, in our words; a feature is off, and says so, without it. */
  capability: 'read_jobs' | 'read_candidates' | 'write_candidates'
  /** Without it there is no connection. */
  needed: boolean
}

export type Limits = {
  /** Requests in a window of `windowSeconds` aligned to the epoch, without and with a partner client id. */
  requests: number
  partnerRequests: number
  windowSeconds: number
}

export type Manifest = {
  id: string
  /** The ATS's own name, the same in each language. */
  name: string
  monogram: string
  /** `{label}.{suffix}` serves an account, `{central}.{suffix}` everybody. Labels that are never an account are reserved. */
  hosts: { suffix: string; central: string; reserved: readonly string[] }
  /** The API's path under each host, such as `/spi/v3`. */
  basePath: string
  ways: readonly Way[]
  /** In the order of the key form; the wizard's screens come from the same list. */
  fields: readonly Field[]
  scopes: readonly Scope[]
  /** How the credential stands on a request. */
  credentialHeader: { name: string; prefix: string }
  /** Header for the optional field of that id, sent on each call whenever the value is set. */
  extraHeaders: readonly { name: string; field: string }[]
  rateHeaders: { limit: string; remaining: string; reset: string }
  limits: Limits
  /** How somebody signs in, where that is a way (RFC 6749, authorization code). All under the host for everybody. */
  oauth?: {
    authorizePath: string
    tokenPath: string
    revokePath: string
    /** Sent along to the authorization endpoint, besides the RFC's own. */
    parameters: Readonly<Record<string, string>>
  }
  /** Where a partner applies to be one, and where it asks for its client id. */
  partnerProgramme: { url: string; mail: string }
}

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
