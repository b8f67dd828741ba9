/** What came back in the query of a callback: one of each, or nothing that we know. */
export type CallbackQuery = {
  state: string
  /** A code, or an error code of RFC 6749 4.1.2.1; never both. */
  result: { code: string } | { error: string }
  parameters: URLSearchParams
}

/** No address that a server of good will makes is longer, and no member of it. */
const longestQuery = 4096
const known = ['state', 'code', 'error', 'iss', 'error_description', 'error_uri'] as const
const refused = ['access_token', 'id_token', 'response'] as const

/**
 * Reads the query of a callback. Undefined for one that cannot be an answer to us: no state, neither or both of code and error, a
 * known member twice or as a list (RFC 6749, 3.1), an empty code, tokens in it (RFC 9700, 2.1.2), too long. Unknown members are ignored.
 */
export function readCallback(query: string): CallbackQuery | undefined {
  if (query.length > longestQuery) return undefined
  const given = new URLSearchParams(query)
  const doubled = known.some(name => given.getAll(name).length > 1)
  const odd = [...given.keys()].some(name => isOdd(name))
  if (doubled || odd) return undefined
  const state = given.get('state')
  const [code, error] = [given.get('code'), given.get('error')]
  if (!state || code === '' || (code === null) === (error === null)) return undefined
  const parameters = new URLSearchParams()
  for (const name of ['state', 'code', 'error', 'iss']) {
    const value = given.get(name)
    if (value !== null) parameters.set(name, value)
  }
  return { state, parameters, result: code !== null ? { code } : { error: error ?? '' } }
}

const isOdd = (name: string): boolean => {
  const bare = name.replace(/\[.*$/s, '')
  return refused.some(each => each === bare) || (bare !== name && known.some(each => each === bare))
}

/** The errors that have a sentence of their own; every other one is `unknown`. */
export const authorizationErrors = [
  'access_denied',
  'invalid_request',
  'invalid_scope',
  'server_error',
  'temporarily_unavailable',
  'unauthorized_client',
  'unsupported_response_type',
] as const
export type AuthorizationError = (typeof authorizationErrors)[number] | 'unknown'

/** An error as we speak of it: what came from outside is never shown as it came. */
export const namedError = (error: string): AuthorizationError =>
  authorizationErrors.find(each => each === error) ?? 'unknown'
