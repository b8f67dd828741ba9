import type { Hono } from 'hono'
import type { Exchange } from '../exchange.ts'
import type { Sandbox } from '../sandbox.ts'
import { authenticate } from './authenticate.ts'
import { accessStatus, pairByAccess, pairByRefresh, revokeFamily, revokePair } from './pairs.ts'
import { readBody } from './parameters.ts'
import type { OauthApp, OauthToken } from './records.ts'

const json = { 'Content-Type': 'application/json; charset=utf-8' }

type Outcome = 'done' | 'unknown_token' | 'no_effect' | 'unauthorized_client'

/** `POST /oauth/revoke` (RFC 7009, and workable-api section 9.2): most of its answers are 200 and say nothing. */
export function revokeRoute(app: Hono<{ Bindings: Exchange }>, sandbox: Sandbox): void {
  app.post('/oauth/revoke', async c => {
    const { state } = sandbox
    const { format, given } = await readBody(c)
    const client = authenticate(sandbox, c, given)
    const value = given.of('token') ?? ''
    const row = pairByAccess(state, value) ?? pairByRefresh(state, value)
    const outcome = revoke(sandbox, row, client.app)
    const clientId = client.claimed?.clientId ?? null
    const { entry } = c.env
    entry.tokenId = row === null ? null : String(row.id)
    entry.oauth = {
      ...entry.oauth,
      clientId,
      format,
      clientPlace: client.place,
      outcome,
      grantId: row === null ? null : String(row.grantId),
    }
    sandbox.tallies.count({ endpoint: 'revoke', clientId, grantType: null, outcome })
    if (outcome !== 'unauthorized_client' || state.switches.revokeWrongClient === 200)
      return new Response('{}', { status: 200, headers: json })
    const body = { error: outcome, error_description: 'You are not authorized to revoke this token' }
    return new Response(JSON.stringify(body), { status: 403, headers: json })
  })
}

function revoke(sandbox: Sandbox, row: OauthToken | null, app: OauthApp | null): Outcome {
  const { state } = sandbox
  const now = sandbox.now()
  if (row === null) return 'unknown_token'
  if (app?.id !== row.appId) return 'unauthorized_client'
  if (state.switches.revokeExpired === 'no_effect' && accessStatus(row, now) === 'expired') return 'no_effect'
  if (state.switches.revokeReaches === 'family') revokeFamily(state, row.grantId, now)
  else revokePair(row, now)
  sandbox.touched()
  return 'done'
}
