import type { Scope } from '../scopes.ts'
import { keep, nextId, type State } from '../state.ts'
import { newSecret } from './client.ts'
import type { OauthToken } from './records.ts'

/** Where each token's row is; made once for a state, since thousands of rows are looked up thousands of times. */
type Index = { byAccess: Map<string, number>; byRefresh: Map<string, number> }

const indexes = new WeakMap<State, Index>()

/** Makes an access token and a refresh token, which share a row. With `refreshToken` the row takes that one over. */
export function issuePair(
  state: State,
  wanted: {
    grantId: number
    appId: number
    email: string
    scopes: Scope[]
    previousId?: number
    refreshToken?: string
    now: number
  },
): OauthToken {
  const { now, previousId = null, refreshToken = newSecret(), ...rest } = wanted
  const index = indexOf(state)
  const row = keep(state.oauthTokens, {
    id: nextId(state, 'oauthTokens'),
    ...rest,
    accessToken: newSecret(),
    refreshToken,
    previousId,
    createdAt: now,
    expiresAt: now + state.switches.accessTokenSeconds * 1000,
    revokedAt: null,
    usedAt: null,
  })
  index.byAccess.set(row.accessToken, row.id)
  index.byRefresh.set(refreshToken, row.id)
  return row
}

/** The row of an access token, dead or alive. */
export function pairByAccess(state: State, value: string): OauthToken | null {
  return state.oauthTokens.get(indexOf(state).byAccess.get(value) ?? 0) ?? null
}

/** The row of a refresh token, dead or alive. */
export function pairByRefresh(state: State, value: string): OauthToken | null {
  return state.oauthTokens.get(indexOf(state).byRefresh.get(value) ?? 0) ?? null
}

/** What its access token is good for at `now`. */
export function accessStatus(row: OauthToken, now: number): 'active' | 'expired' | 'revoked' {
  if (isRevoked(row, now)) return 'revoked'
  return row.expiresAt <= now ? 'expired' : 'active'
}

/** Whether its refresh token can be used: it never expires by itself. */
export function canRefresh(row: OauthToken, now: number): boolean {
  return row.refreshToken !== null && !isRevoked(row, now)
}

/** Whether anything can still be done with it. */
export function isAlive(row: OauthToken, now: number): boolean {
  return canRefresh(row, now) || accessStatus(row, now) === 'active'
}

/** Both tokens die at `at`, or have died before. */
export function revokePair(row: OauthToken, at: number): void {
  row.revokedAt = Math.min(row.revokedAt ?? Number.POSITIVE_INFINITY, at)
}

/** All that came of the same consent dies at `at`. */
export function revokeFamily(state: State, grantId: number, at: number): void {
  for (const row of state.oauthTokens.values()) if (row.grantId === grantId) revokePair(row, at)
}

/** Notes that an access token was used. The first use ends the pair that it came from (rotation `on_use`). */
export function noteUse(state: State, row: OauthToken, now: number): boolean {
  if (row.usedAt !== null) return false
  row.usedAt = now
  for (let id = row.previousId; id !== null; ) {
    const previous = state.oauthTokens.get(id)
    if (previous === undefined) break
    revokePair(previous, now)
    id = previous.previousId
  }
  return true
}

function isRevoked(row: OauthToken, now: number): boolean {
  return row.revokedAt !== null && row.revokedAt <= now
}

function indexOf(state: State): Index {
  const known = indexes.get(state)
  if (known !== undefined) return known
  const index: Index = { byAccess: new Map(), byRefresh: new Map() }
  for (const row of state.oauthTokens.values()) {
    index.byAccess.set(row.accessToken, row.id)
    if (row.refreshToken !== null) index.byRefresh.set(row.refreshToken, row.id)
  }
  indexes.set(state, index)
  return index
}
