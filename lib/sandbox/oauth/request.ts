import { type Scope, scopes } from '../scopes.ts'
import type { State } from '../state.ts'
import { appByClientId } from './client.ts'
import { type Parameters, parametersFrom } from './parameters.ts'
import type { OauthApp } from './records.ts'
import type { Way } from './redirect.ts'

/** An authorization request that is in order. */
export type AuthorizationRequest = Way & { appId: number; scopes: Scope[]; challenge: string | null }

/**
 * What a request turned out to be. Without a known client and one of its own redirect URIs nothing is sent anywhere:
 * that is always a page.
 */
export type Reading =
  | { kind: 'stranger'; error: 'invalid_client' | 'invalid_redirect_uri' | 'invalid_request' }
  | { kind: 'wrong'; app: OauthApp; way: Way; error: string }
  | { kind: 'fine'; app: OauthApp; request: AuthorizationRequest }

/** Reads the query of `/oauth/authorize` (workable-api section 9.1; RFC 6749, 4.1.1; RFC 7636, 4.3). */
export function readRequest(state: State, search: string): Reading {
  const given = parametersFrom(new URLSearchParams(search))
  if (given.twice.includes('client_id') || given.twice.includes('redirect_uri'))
    return { kind: 'stranger', error: 'invalid_request' }
  const app = appByClientId(state, given.of('client_id'))
  if (app === null) return { kind: 'stranger', error: 'invalid_client' }
  const redirectUri = given.of('redirect_uri')
  if (redirectUri === null || !app.redirectUris.includes(redirectUri))
    return { kind: 'stranger', error: 'invalid_redirect_uri' }
  const way = { redirectUri, rawState: rawValue(search, 'state') }
  const wanted = readScopes(given.of('scope'))
  const error = mistakeIn(state, given, wanted)
  if (error !== null) return { kind: 'wrong', app, way, error }
  const held = wanted.filter(scope => !state.switches.scopesWithheld.includes(scope))
  const request = { ...way, appId: app.id, scopes: held, challenge: given.of('code_challenge') }
  return { kind: 'fine', app, request }
}

function mistakeIn(state: State, given: Parameters, wanted: readonly Scope[]): string | null {
  const known = ['response_type', 'scope', 'state', 'code_challenge', 'code_challenge_method', 'resource']
  if (known.some(name => given.twice.includes(name))) return 'invalid_request'
  const type = given.of('response_type')
  if (type === null) return 'invalid_request'
  if (type !== 'code') return 'unsupported_response_type'
  const resource = given.of('resource')
  if (resource !== null && resource !== 'user' && state.switches.otherResource === 'refused')
    return 'invalid_request'
  if (wanted.length === 0) return 'invalid_scope'
  const challenge = given.of('code_challenge')
  const method = given.of('code_challenge_method')
  if (challenge === null) return method === null ? null : 'invalid_request'
  // Without a method it would be `plain`, which shows the verifier to whoever sees the address.
  return method === 'S256' && /^[\w-]{43}$/.test(challenge) ? null : 'invalid_request'
}

/** Scopes separated by spaces, each once, in the order of the documentation; none at all if one is unknown. */
export function readScopes(text: string | null): Scope[] {
  const names = (text ?? '').split(' ').filter(name => name !== '')
  const known = scopes.filter(scope => names.includes(scope))
  return known.length === new Set(names).size ? known : []
}

/** A parameter as it stands in the query, still encoded. */
function rawValue(search: string, name: string): string | null {
  for (const piece of search.replace(/^\?/, '').split('&')) {
    const [key = '', ...rest] = piece.split('=')
    if (parametersFrom(new URLSearchParams(`${key}=x`)).of(name) !== null) return rest.join('=')
  }
  return null
}
