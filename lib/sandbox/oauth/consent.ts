import type { Scope } from '../scopes.ts'
import type { State } from '../state.ts'
import { isAlive, revokePair } from './pairs.ts'

/** Whether a person's consent stands: a token lives of the same app, for the same scopes (workable-api section 9.2). */
export function consentStands(
  state: State,
  wanted: { appId: number; email: string; scopes: readonly Scope[]; now: number },
): boolean {
  for (const row of state.oauthTokens.values()) {
    if (row.appId !== wanted.appId || row.email !== wanted.email || !isAlive(row, wanted.now)) continue
    const same = row.scopes.length === wanted.scopes.length
    if (same && wanted.scopes.every(scope => row.scopes.includes(scope))) return true
  }
  return false
}

/** What one app may do for one person, for a page that lists it. */
export type Consent = { appId: number; app: string; email: string; scopes: Scope[]; since: number }

/** The consents that are alive at `now`, the oldest first. */
export function consentsOf(state: State, now: number): Consent[] {
  const found = new Map<string, Consent>()
  for (const row of state.oauthTokens.values()) {
    const app = state.oauthApps.get(row.appId)
    if (app === undefined || !isAlive(row, now)) continue
    const since = state.oauthGrants.get(row.grantId)?.createdAt ?? row.createdAt
    const key = `${row.appId}/${row.email}`
    const known = found.get(key)
    found.set(key, {
      appId: app.id,
      app: app.name,
      email: row.email,
      scopes: [...new Set([...(known?.scopes ?? []), ...row.scopes])],
      since: Math.min(known?.since ?? since, since),
    })
  }
  return [...found.values()].sort((a, b) => a.since - b.since)
}

/** The customer takes it back: every token and every code that the app has of this person dies at once. */
export function withdrawConsent(state: State, appId: number, email: string, now: number): void {
  for (const row of state.oauthTokens.values()) {
    if (row.appId === appId && row.email === email) revokePair(row, now)
  }
  for (const code of state.oauthCodes.values()) {
    if (code.appId === appId && code.email === email) code.revokedAt ??= now
  }
}
