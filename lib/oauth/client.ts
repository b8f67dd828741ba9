import {
  allowInsecureRequests,
  authorizationCodeGrantRequest,
  type Client,
  ClientSecretPost,
  customFetch,
  processGenericTokenEndpointResponse,
  refreshTokenGrantRequest,
  revocationRequest,
  type AuthorizationServer as Server,
  validateAuthResponse,
} from 'oauth4webapi'
import { now } from '#lib/clock.ts'
import { Secret } from '#lib/crypto/secret.ts'
import { type HttpReply, send } from '#lib/http.ts'
import { HttpError } from '#lib/http-error.ts'
import type { OAuthApp } from './app.ts'
import { isToken, jsonOf, lifeOf, type Refused, refusalIn, type TokenReply } from './token-reply.ts'

/** The token endpoint gets this long (`security.md` 5), and this much may come back. */
const timeoutMs = 30_000
const maxBytes = 256 * 1024

/**
 * Exchanges the code of a callback for tokens, once. `parameters` are those of the callback, checked for doubles by the caller; a
 * foreign `iss` is refused before anything is sent (RFC 9207).
 */
export async function exchangeCode(
  app: OAuthApp,
  input: { parameters: URLSearchParams; state: string; redirectUri: string; verifier: Secret },
): Promise<TokenReply> {
  const [server, client] = sides(app)
  const validated = validateAuthResponse(server, client, input.parameters, input.state)
  return asking(app, (secret, options) =>
    authorizationCodeGrantRequest(
      server,
      client,
      ClientSecretPost(secret),
      validated,
      input.redirectUri,
      input.verifier.reveal(),
      options,
    ),
  )
}

/**
 * Asks for a new pair. A reply without a new refresh token keeps the one that was given (RFC 6749, 6). `until`, a time of
 * `performance.now()`, is when nothing may be under way any more, whatever is asked once more on the way.
 */
export async function refreshTokens(app: OAuthApp, refresh: Secret, until?: number): Promise<TokenReply> {
  const [server, client] = sides(app)
  const ask: Ask = (secret, options) =>
    refreshTokenGrantRequest(server, client, ClientSecretPost(secret), refresh.reveal(), options)
  const reply = await asking(app, ask, until)
  if (reply.kind !== 'tokens') return reply
  return { ...reply, tokens: { ...reply.tokens, refresh: reply.tokens.refresh ?? refresh } }
}

/** Asks to revoke a token. `accepted` is no proof: unknown tokens get it as well (RFC 7009, 2.2). */
export async function revokeToken(app: OAuthApp, token: Secret): Promise<{ kind: 'accepted' } | Refused> {
  const [server, client] = sides(app)
  const answer = await withSecrets(app, (secret, options) =>
    revocationRequest(server, client, ClientSecretPost(secret), token.reveal(), options),
  )
  return 'kind' in answer ? answer : { kind: 'accepted' }
}

function sides({ server, clientId }: OAuthApp): [Server, Client] {
  const { origin: issuer, authorize, token, revoke } = server
  return [
    { issuer, authorization_endpoint: authorize, token_endpoint: token, revocation_endpoint: revoke },
    { client_id: clientId },
  ]
}

type Options = Parameters<typeof refreshTokenGrantRequest>[4]
type Ask = (secret: string, options: Options) => Promise<Response>

async function asking(app: OAuthApp, ask: Ask, until?: number): Promise<TokenReply> {
  const answer = await withSecrets(app, ask, until)
  return 'kind' in answer ? answer : tokensIn(app, answer)
}

/** The secret; where it is refused and the one before still counts, that one. */
async function withSecrets(app: OAuthApp, ask: Ask, until?: number): Promise<Answer | Refused> {
  const first = await once(app, app.secret, ask, until)
  const overlaps = 'kind' in first && first.kind === 'app_refused' && app.previousSecret
  return overlaps ? once(app, overlaps, ask, until) : first
}

type Answer = { response: Response; startedAt: number }

async function once(app: OAuthApp, secret: Secret, ask: Ask, until?: number): Promise<Answer | Refused> {
  const left = until === undefined ? timeoutMs : until - performance.now()
  if (left < 1) return { kind: 'unclear', reason: 'no time left' }
  const startedAt = now().getTime()
  let reply: HttpReply | undefined
  const options: Options = {
    // Plain HTTP is the sandbox's alone: `live` origins are made with https (lib/ats/hosts.ts).
    [allowInsecureRequests]: app.server.origin.startsWith('http:'),
    [customFetch]: async (url, { method, headers, body }) => {
      reply = await send({
        url: new URL(url),
        allow: [app.server.origin],
        method: method === 'POST' ? 'POST' : 'GET',
        headers: headers as Record<string, string>,
        body: String(body ?? ''),
        timeoutMs: Math.min(timeoutMs, Math.floor(left)),
        maxBytes,
      })
      return plain(reply)
    },
  }
  try {
    const response = await ask(secret.reveal(), options)
    return reply && reply.status !== 200 ? refusalIn(reply, now().getTime()) : { response, startedAt }
  } catch (error) {
    if (error instanceof HttpError) return { kind: 'unclear', reason: error.failure }
    throw error
  }
}

/**
 * The reply for the protocol's library: the lives that it would refuse are read by us. Without its status, which no `Response` can have
 * where it is 304 or 999: whatever is no 200 is read by us too.
 */
function plain({ headers, body }: HttpReply): Response {
  const type = headers['content-type'] ?? ''
  const shown = { 'content-type': type, 'x-life': String(lifeOf(memberOf(jsonOf(body), 'expires_in'))) }
  const json = jsonOf(body)
  const without = json && typeof json === 'object' ? JSON.stringify({ ...json, expires_in: undefined }) : body
  return new Response(without, { headers: shown })
}

const memberOf = (json: unknown, name: string): unknown =>
  json && typeof json === 'object' && name in json ? (json as Record<string, unknown>)[name] : undefined

/** Seconds count from before the request was sent: our own clock, never theirs. */
async function tokensIn(app: OAuthApp, { response, startedAt }: Answer): Promise<TokenReply> {
  const [server, client] = sides(app)
  const life = Number(response.headers.get('x-life'))
  // RFC 6749, 5.1; the protocol's library looks at the type only where the body is no JSON.
  if (!/^application\/json\s*(;|$)/i.test(response.headers.get('content-type') ?? ''))
    return { kind: 'unclear', reason: 'not JSON' }
  try {
    const reply = await processGenericTokenEndpointResponse(server, client, response)
    const { access_token: access, refresh_token: refresh, scope } = reply
    if (reply.token_type !== 'bearer' || !isToken(access) || (refresh !== undefined && !isToken(refresh)))
      return { kind: 'unclear', reason: 'odd token' }
    return {
      kind: 'tokens',
      tokens: {
        access: new Secret(access),
        refresh: refresh === undefined ? undefined : new Secret(refresh),
        accessExpiresAt: new Date(startedAt + life * 1000),
      },
      scope: scope?.split(' ').filter(Boolean),
    }
  } catch {
    // What it names may hold the body, and so the tokens: none of it goes on.
    return { kind: 'unclear', reason: 'not a token reply' }
  }
}
