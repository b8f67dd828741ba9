import type { Sandbox } from '../sandbox.ts'
import { keep, nextId } from '../state.ts'
import { challengeOf, codeOf, isOutstanding } from './codes.ts'
import type { TokenError } from './errors.ts'
import { issuePair, revokeFamily } from './pairs.ts'
import type { Parameters } from './parameters.ts'
import type { OauthApp, OauthCode, OauthToken } from './records.ts'

/** `grant_type=authorization_code`. Nothing here waits, so of many at once exactly one finds the code unused. */
export function exchangeCode(sandbox: Sandbox, app: OauthApp, given: Parameters): OauthToken | TokenError {
  const { state } = sandbox
  const now = sandbox.now()
  const value = given.of('code')
  const redirectUri = given.of('redirect_uri')
  if (value === null || redirectUri === null) return 'invalid_request'
  const code = codeOf(state, app, value)
  if (code === null) return 'invalid_grant'
  if (code.usedAt !== null && code.grantId !== null && state.switches.codeReuseRevokes) {
    revokeFamily(state, code.grantId, now)
    sandbox.touched()
  }
  if (!isOutstanding(code, now) || code.redirectUri !== redirectUri) return 'invalid_grant'
  if (state.switches.pkceChecked && !verifierFits(code, given.of('code_verifier'))) return 'invalid_grant'
  const { appId, email, scopes } = code
  const grant = keep(state.oauthGrants, { id: nextId(state, 'oauthGrants'), appId, email, createdAt: now })
  code.usedAt = now
  code.grantId = grant.id
  return issuePair(state, { grantId: grant.id, appId, email, scopes, now })
}

/** A verifier where no challenge was sent is refused as well (RFC 9700, 4.8.2). */
function verifierFits(code: OauthCode, verifier: string | null): boolean {
  if (code.challenge === null) return verifier === null
  return verifier !== null && challengeOf(verifier) === code.challenge
}
