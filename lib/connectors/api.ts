/** How a connector talks to its ATS: over an `Api` that the core makes ready, which throws `AtsError`. */

/**
 * A reply that arrived whole. `json` is undefined where the body was no JSON. Header names are lower-case. `retryAt` is what its
 * Retry-After says, a quarter of an hour away at most.
 */
export type ApiReply = {
  status: number
  headers: Readonly<Record<string, string>>
  json: unknown
  retryAt?: Date
}

export type ApiRequest = {
  method?: 'GET' | 'PUT' | 'POST' | 'PATCH' | 'DELETE'
  /** Which of the manifest's hosts; the account's own unless told. */
  host?: 'account' | 'central'
  /** Below the manifest's `basePath`, starting with a slash. Segments are encoded by whoever makes it. */
  path: string
  query?: Record<string, string | number | undefined>
  body?: unknown
}

/**
 * Ready to use: base address, credential, timeout, pacing and allow-list are in it. Throws `AtsError` for everything that is
 * not a whole reply, and for 429 (`rate_limited`); any other status is returned.
 */
export type Api = {
  /** The account's own origin, such as `https://acme.workable.com`: addresses of the ATS's screens elsewhere are not passed on. */
  readonly origin: string
  request(request: ApiRequest): Promise<ApiReply>
  /** Follows an absolute address that the ATS gave; refused unless it is of the account's own origin. GET. */
  follow(url: string): Promise<ApiReply>
  /** The rate limit as the last reply told it; undefined before one did. */
  rate(): { limit: number; remaining: number } | undefined
}

/** Why there is no usable reply. `retryAt` says when asking again makes sense. */
export const atsFailures = [
  'rate_limited',
  'ats_unavailable',
  'unexpected_answer',
  'credential_refused',
  'scope_missing',
  'account_gone',
  'not_found',
] as const
export type AtsFailure = (typeof atsFailures)[number]

/** Thrown by the core's `Api` (transport, 429) and by clients (statuses that mean something). Its message holds no secret. */
export class AtsError extends Error {
  readonly failure: AtsFailure
  readonly status: number | undefined
  readonly retryAt: Date | undefined

  constructor(
    failure: AtsFailure,
    message: string,
    details: { status?: number; retryAt?: Date; cause?: unknown } = {},
  ) {
    super(message, { cause: details.cause })
    this.name = 'AtsError'
    this.failure = failure
    this.status = details.status
    this.retryAt = details.retryAt
  }
}
