import { toMillisIso } from '../ids.ts'
import type { State } from '../state.ts'
import { isOutstanding } from './codes.ts'
import { accessStatus, canRefresh, isAlive } from './pairs.ts'
import type { OauthGrant, OauthToken } from './records.ts'

/** The truth about the grants at `now`, with ids and never with a value: what a test compares a client's belief with. */
export function grantList(state: State, now: number) {
  const rows = Map.groupBy(state.oauthTokens.values(), row => row.grantId)
  return [...state.oauthGrants.values()].map(grant =>
    grantSummary(state, grant, rows.get(grant.id) ?? [], now),
  )
}

/** One grant, with the pairs that came of it; `alive` while anything can still be done with one of them. */
export function grantSummary(state: State, grant: OauthGrant, rows: readonly OauthToken[], now: number) {
  const last = rows.at(-1)
  return {
    id: String(grant.id),
    client_id: clientIdOf(state, grant.appId),
    person: grant.email,
    scopes: last?.scopes ?? [],
    created_at: toMillisIso(grant.createdAt),
    alive: rows.some(row => isAlive(row, now)),
    access_token_live: rows.some(row => accessStatus(row, now) === 'active'),
    refresh_token_live: rows.some(row => canRefresh(row, now)),
    access_token_expires_at: last === undefined ? null : toMillisIso(last.expiresAt),
    tokens: rows.map(row => tokenSummary(row, now)),
  }
}

/** Codes that could still be exchanged. */
export function outstandingCodes(state: State, now: number) {
  return [...state.oauthCodes.values()]
    .filter(code => isOutstanding(code, now))
    .map(code => ({
      id: String(code.id),
      client_id: clientIdOf(state, code.appId),
      person: code.email,
      scopes: code.scopes,
      redirect_uri: code.redirectUri,
      pkce: code.challenge !== null,
      expires_at: toMillisIso(code.expiresAt),
    }))
}

/** Every value that was ever given out and is still kept, dead ones too: what a test searches for where none may stand. */
export function secretsOf(state: State) {
  return {
    client_secrets: [...state.oauthApps.values()].flatMap(app => app.secrets.map(({ value }) => value)),
    codes: [...state.oauthCodes.values()].map(({ value }) => value),
    tokens: [...state.oauthTokens.values()].map(row => ({
      grant_id: String(row.grantId),
      access_token: row.accessToken,
      refresh_token: row.refreshToken,
    })),
  }
}

/** The pairs of one grant, the oldest first. */
export function pairsOf(state: State, grant: OauthGrant): OauthToken[] {
  return [...state.oauthTokens.values()].filter(row => row.grantId === grant.id)
}

function clientIdOf(state: State, appId: number): string | null {
  return state.oauthApps.get(appId)?.clientId ?? null
}

function tokenSummary(row: OauthToken, now: number) {
  const iso = (at: number | null) => (at === null ? null : toMillisIso(at))
  return {
    id: String(row.id),
    access_token: accessStatus(row, now),
    refresh_token_live: canRefresh(row, now),
    expires_at: toMillisIso(row.expiresAt),
    revoked_at: iso(row.revokedAt),
    first_used_at: iso(row.usedAt),
  }
}
