import type { Hono } from 'hono'
import type { Exchange } from '../exchange.ts'
import type { Sandbox } from '../sandbox.ts'
import { authenticate } from './authenticate.ts'
import type { TokenError } from './errors.ts'
import { exchangeCode } from './exchange-code.ts'
import { readBody } from './parameters.ts'
import type { OauthToken } from './records.ts'
import { refresh } from './refresh.ts'
import { tokenErrorReply, tokenReply } from './token-reply.ts'

const grantTypes = { authorization_code: exchangeCode, refresh_token: refresh } as const

type GrantType = keyof typeof grantTypes

/** `POST /oauth/token`: a code or a refresh token for a new pair. */
export function tokenRoute(app: Hono<{ Bindings: Exchange }>, sandbox: Sandbox): void {
  app.post('/oauth/token', async c => {
    const { format, given } = await readBody(c)
    const client = authenticate(sandbox, c, given)
    const grantType = given.of('grant_type')
    const known = isGrantType(grantType) ? grantType : null
    const outcome = (): OauthToken | TokenError => {
      if (grantType === null || given.twice.length > 0) return 'invalid_request'
      if (known === null) return 'unsupported_grant_type'
      return client.app === null ? 'invalid_client' : grantTypes[known](sandbox, client.app, given)
    }
    const result = outcome()
    const error: TokenError | null = typeof result === 'string' ? result : null
    const clientId = client.claimed?.clientId ?? null
    const { entry } = c.env
    entry.oauth = {
      ...entry.oauth,
      clientId,
      grantType: known,
      redirectUri: given.of('redirect_uri'),
      format,
      clientPlace: client.place,
      outcome: error ?? 'issued',
    }
    sandbox.tallies.count({ endpoint: 'token', clientId, grantType: known, outcome: error ?? 'issued' })
    if (typeof result === 'string') return tokenErrorReply(sandbox.state.switches, result)
    entry.tokenId = String(result.id)
    entry.oauth.grantId = String(result.grantId)
    sandbox.touched()
    return tokenReply(sandbox.state.switches, result, known === 'refresh_token')
  })
}

function isGrantType(text: string | null): text is GrantType {
  return text !== null && Object.hasOwn(grantTypes, text)
}
