/** Who has to do something before it works: it decides the tone of the screen and whether retrying makes sense. */
export type WhoActs = 'person' | 'admin' | 'partner' | 'nobody' | 'us'

/**
 * The closed list of codes. Edges map each to one HTTP status; nothing else in the program invents a status.
 * `unavailable` is a neighbour that fails (database, ATS); `internal` is a mistake of ours and never shows its message.
 */
export const errorCodes = {
  invalid: { status: 422, whoActs: 'person' },
  unauthenticated: { status: 401, whoActs: 'person' },
  forbidden: { status: 403, whoActs: 'admin' },
  not_found: { status: 404, whoActs: 'person' },
  conflict: { status: 409, whoActs: 'person' },
  gone: { status: 410, whoActs: 'person' },
  too_many: { status: 429, whoActs: 'nobody' },
  unavailable: { status: 503, whoActs: 'nobody' },
  internal: { status: 500, whoActs: 'us' },
} as const satisfies Record<string, { status: number; whoActs: WhoActs }>

export type ErrorCode = keyof typeof errorCodes

/** A sentence of the message files: its key below `messages/<lang>/`, and what is filled in. Never a secret. */
export type Said = { key: string; values?: Record<string, string | number> }

/** What is wrong with a form: field name → sentence. The empty field name is about the form as a whole. */
export type Problems = Record<string, Said>

type Details = { said?: Said; problems?: Problems; retryAfterSeconds?: number; cause?: unknown }

/**
 * The one error class. `message` is for the log and names no secret and no personal data; `said` is for the screen.
 * `problems` stand at their fields; `retryAfterSeconds` belongs to `too_many` and `unavailable`.
 */
export class GangwayError extends Error {
  readonly code: ErrorCode
  readonly said: Said
  readonly problems: Problems
  readonly retryAfterSeconds: number | undefined

  constructor(code: ErrorCode, message: string, details: Details = {}) {
    super(message, { cause: details.cause })
    this.name = 'GangwayError'
    this.code = code
    this.said = details.said ?? { key: `errors.${code}` }
    this.problems = details.problems ?? {}
    this.retryAfterSeconds = details.retryAfterSeconds
  }

  get status(): number {
    return errorCodes[this.code].status
  }
}

/** The form is wrong at these fields; the person can mend it. */
export const invalid = (problems: Problems): GangwayError =>
  new GangwayError('invalid', `invalid: ${Object.keys(problems).join(', ')}`, { problems })

/** It is not there, or not for this actor: the two look the same from outside. */
export const notFound = (what: string): GangwayError => new GangwayError('not_found', `${what} not found`)

/**
 * The driver's and the system's codes for a PostgreSQL that does not answer, is starting or ending, has no place left for a
 * connection (53300) or on its disk (53100), cannot write there (58030), or takes no writes (25006).
 */
const awayCodes =
  /^(CONNECT_TIMEOUT|CONNECTION_\w+|ECONN\w+|EHOSTUNREACH|ENOENT|ENOTFOUND|EPIPE|ETIMEDOUT|08\w{3}|57P0\d|53[13]00|58030|25006)$/

/** Whether an error says that the database is away, itself or by its cause. */
export function isDatabaseAway(thrown: unknown): boolean {
  if (!(thrown instanceof Error)) return false
  const code = 'code' in thrown ? String(thrown.code) : ''
  return awayCodes.test(code) || (thrown.cause !== undefined && isDatabaseAway(thrown.cause))
}
