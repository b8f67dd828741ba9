import type { Scope } from '../scopes.ts'
import type { Switches } from '../switches.ts'

/** A reply before it becomes one: what to say, and with which extra headers. */
export type Reply = { status: number; body: unknown; headers?: Record<string, string> }

/** `error` three deep: a response of the authorization library, serialised once too often (probed). */
function nested(error: Record<string, unknown>): Record<string, unknown> {
  const { name, state, ...rest } = error
  return { error: { error: { error: { name, state }, ...rest } } }
}

const deaths = {
  unknown: 'The access token is invalid',
  expired: 'The access token expired',
  revoked: 'The access token was revoked',
} as const

/** 401. The body says nothing about the subdomain, and is the same for none and for an unknown token. */
export function invalidToken(switches: Switches, reason: keyof typeof deaths): Reply {
  const told = switches.deadTokenReasonTold ? reason : 'unknown'
  const body =
    switches.invalidTokenBody === 'plain'
      ? { error: 'Not authorized' }
      : nested({ name: 'invalid_token', state: 'unauthorized', reason: told, description: deaths[told] })
  return { status: 401, body }
}

/** The token is good and lacks the scope. */
export function missingScope(switches: Switches, scope: Scope): Reply {
  const status = switches.missingScopeStatus
  if (switches.missingScopeBody === 'plain') return { status, body: { error: 'Forbidden' } }
  const name = switches.missingScopeBody === 'nested_invalid_scope' ? 'invalid_scope' : 'insufficient_scope'
  const description = `Access to this resource requires scope "${scope}".`
  return { status, body: nested({ name, state: 'forbidden', scopes: [scope], description }) }
}

/** 404, as for every record, path and key that does not exist. */
export const notFound: Reply = {
  status: 404,
  body: { error: 'Not found' },
  headers: { 'Cache-Control': 'no-cache' },
}

/** A good token where it has no business, with the status that a switch says. */
export function misplacedToken(switches: Switches, status: 401 | 403 | 404, text: string): Reply {
  if (status === 404) return notFound
  return status === 401 ? invalidToken(switches, 'unknown') : { status, body: { error: text } }
}

/** 422 with a list of messages for each field. */
export function invalid(field: string, message: string): Reply {
  return {
    status: 422,
    body: { error: `Validation failed: ${field} ${message}`, validation_errors: { [field]: [message] } },
  }
}

/** 429. What Workable's body says is not known. */
export function tooMany(switches: Switches, headers: Record<string, string>, waitMs: number): Reply {
  const bodies = {
    json: { error: 'Rate limit exceeded' },
    html: '<html><head><title>429 Too Many Requests</title></head><body><h1>429 Too Many Requests</h1></body></html>',
    empty: '',
  }
  const retry = switches.retryAfter ? { 'Retry-After': String(Math.ceil(waitMs / 1000)) } : {}
  return { status: 429, body: bodies[switches.rateLimitBody], headers: { ...headers, ...retry } }
}
