export type HttpFailure =
  | 'origin_not_allowed'
  | 'bad_header'
  | 'address_refused'
  | 'name_not_found'
  | 'tls'
  | 'connection'
  | 'timeout'
  | 'truncated'
  | 'too_large'

/** Why there is no whole reply. Carries a failure and an error code, never a header, an address beyond the origin, or a body. */
export class HttpError extends Error {
  readonly failure: HttpFailure
  readonly code: string | undefined

  constructor(failure: HttpFailure, origin: string, code?: string) {
    super(`${failure}: ${origin}${code ? ` (${code})` : ''}`)
    this.name = 'HttpError'
    this.failure = failure
    this.code = code
  }
}

/** The code of a library's error, which says what happened without quoting anything. */
export function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return
  if ('code' in error && typeof error.code === 'string') return error.code
  return error instanceof AggregateError ? codeOf(error.errors[0]) : undefined
}

const failures: readonly [RegExp, HttpFailure][] = [
  [/^GANGWAY_ADDRESS_REFUSED$/, 'address_refused'],
  [/^(ENOTFOUND|EAI_|ENODATA)/, 'name_not_found'],
  [/TIMEOUT|ETIMEDOUT/, 'timeout'],
  [/^(ERR_BUFFER_TOO_LARGE|UND_ERR_(RES_EXCEEDED|HEADERS_OVERFLOW))/, 'too_large'],
  [/CERT|SSL|TLS|SELF_SIGNED|UNABLE_TO/, 'tls'],
]

/** What an error of the library means; undefined where its code is unknown. */
export function failureOf(error: unknown, signal: AbortSignal): HttpFailure | undefined {
  if (signal.aborted) return 'timeout'
  const code = codeOf(error) ?? ''
  return failures.find(([pattern]) => pattern.test(code))?.[1]
}
