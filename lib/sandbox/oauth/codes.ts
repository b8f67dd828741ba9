import { createHash } from 'node:crypto'
import { keep, nextId, type State } from '../state.ts'
import { newSecret } from './client.ts'
import type { OauthApp, OauthCode } from './records.ts'
import type { AuthorizationRequest } from './request.ts'

const DAY = 86_400_000

/** Makes the code for a request that a person has consented to. */
export function issueCode(
  state: State,
  request: AuthorizationRequest,
  email: string,
  now: number,
): OauthCode {
  for (const old of state.oauthCodes.values()) if (old.expiresAt < now - DAY) state.oauthCodes.delete(old.id)
  return keep(state.oauthCodes, {
    id: nextId(state, 'oauthCodes'),
    appId: request.appId,
    email,
    scopes: request.scopes,
    redirectUri: request.redirectUri,
    challenge: request.challenge,
    value: newSecret(),
    createdAt: now,
    expiresAt: now + state.switches.codeSeconds * 1000,
    usedAt: null,
    revokedAt: null,
    grantId: null,
  })
}

/** A client's code by its value; the code of another client is not found. */
export function codeOf(state: State, app: OauthApp, value: string): OauthCode | null {
  for (const code of state.oauthCodes.values()) {
    if (code.value === value) return code.appId === app.id ? code : null
  }
  return null
}

/** Whether a code could still be exchanged. */
export function isOutstanding(code: OauthCode, now: number): boolean {
  return code.usedAt === null && code.revokedAt === null && code.expiresAt > now
}

/** The S256 challenge of a verifier (RFC 7636, 4.2); null where it is no verifier. */
export function challengeOf(verifier: string): string | null {
  if (!/^[\w.~-]{43,128}$/.test(verifier)) return null
  return createHash('sha256').update(verifier, 'ascii').digest('base64url')
}
