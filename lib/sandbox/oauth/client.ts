import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { keep, nextId, type State } from '../state.ts'
import type { OauthApp } from './records.ts'

/** Registers a partner's app; client id and secret are made up where none are given (32 random bytes each). */
export function makeApp(
  state: State,
  wanted: { name: string; clientId?: string; secret?: string; redirectUris: string[]; now: number },
): OauthApp {
  return keep(state.oauthApps, {
    id: nextId(state, 'oauthApps'),
    name: wanted.name,
    clientId: wanted.clientId ?? newSecret(),
    secrets: [{ value: wanted.secret ?? newSecret(), until: null }],
    redirectUris: wanted.redirectUris,
    createdAt: wanted.now,
  })
}

/** A value that nobody guesses: 43 characters of base64url. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url')
}

/** The app with this client id, or null. */
export function appByClientId(state: State, clientId: string | null): OauthApp | null {
  for (const app of state.oauthApps.values()) if (app.clientId === clientId) return app
  return null
}

/** Gives an app a new secret; the ones before it work for `overlapMs` more. */
export function replaceSecret(app: OauthApp, value: string, now: number, overlapMs: number): void {
  const before = app.secrets.filter(secret => isCurrent(secret, now) && secret.value !== value)
  const ending = before.map(secret => ({
    value: secret.value,
    until: Math.min(secret.until ?? Number.POSITIVE_INFINITY, now + overlapMs),
  }))
  app.secrets = [{ value, until: null }, ...ending.filter(secret => secret.until > now)]
}

/** Whether this is one of the app's secrets at `now`, in a time that does not tell how much of it is right. */
export function secretFits(app: OauthApp, given: string, now: number): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return app.secrets
    .filter(secret => isCurrent(secret, now))
    .some(secret => timingSafeEqual(digest(secret.value), digest(given)))
}

/** Whether a secret works at `now`. */
export function isCurrent(secret: OauthApp['secrets'][number], now: number): boolean {
  return secret.until === null || secret.until > now
}

/** Takes an app away with everything that was given to it. */
export function removeApp(state: State, app: OauthApp): void {
  for (const table of [state.oauthCodes, state.oauthGrants, state.oauthTokens]) {
    for (const record of table.values()) if (record.appId === app.id) table.delete(record.id)
  }
  state.oauthApps.delete(app.id)
}
