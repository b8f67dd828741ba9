import type { Sandbox } from '../sandbox.ts'
import type { Scope } from '../scopes.ts'
import type { State } from '../state.ts'
import type { TokenError } from './errors.ts'
import { canRefresh, issuePair, pairByRefresh, revokeFamily, revokePair } from './pairs.ts'
import type { Parameters } from './parameters.ts'
import type { OauthApp, OauthToken } from './records.ts'
import { readScopes } from './request.ts'

/** `grant_type=refresh_token`. What becomes of the old pair is the switch `refreshRotation`. */
export function refresh(sandbox: Sandbox, app: OauthApp, given: Parameters): OauthToken | TokenError {
  const { state } = sandbox
  const now = sandbox.now()
  const value = given.of('refresh_token')
  if (value === null) return 'invalid_request'
  const old = pairByRefresh(state, value)
  if (old === null || old.appId !== app.id) return 'invalid_grant'
  if (!canRefresh(old, now)) {
    if (reuseIsTheft(state)) {
      revokeFamily(state, old.grantId, now)
      sandbox.touched()
    }
    return 'invalid_grant'
  }
  const narrowed = given.of('scope')
  const scopes = narrowed === null ? old.scopes : readScopes(narrowed)
  if (narrowed !== null && (scopes.length === 0 || scopes.some(scope => !old.scopes.includes(scope))))
    return 'invalid_scope'
  return rotate(state, old, scopes, now)
}

function rotate(state: State, old: OauthToken, scopes: Scope[], now: number): OauthToken {
  const { refreshRotation, refreshGraceSeconds } = state.switches
  const { grantId, appId, email } = old
  const wanted = { grantId, appId, email, scopes, now }
  switch (refreshRotation) {
    case 'on_use':
      return issuePair(state, { ...wanted, previousId: old.id })
    case 'immediate':
      revokePair(old, now)
      return issuePair(state, wanted)
    case 'grace':
      revokePair(old, now + refreshGraceSeconds * 1000)
      return issuePair(state, wanted)
    case 'none':
      return issuePair(state, { ...wanted, ...takenOver(old) })
  }
}

/** The same refresh token goes on in the new row; the old access token keeps what is left of its life. */
function takenOver(old: OauthToken): { refreshToken?: string } {
  const { refreshToken } = old
  old.refreshToken = null
  return refreshToken === null ? {} : { refreshToken }
}

function reuseIsTheft({ switches }: State): boolean {
  const strict = switches.refreshRotation === 'immediate' || switches.refreshRotation === 'grace'
  return strict && switches.reuseRevokesFamily
}
