import { SealError } from '#lib/crypto/seal.ts'
import { db } from '#lib/db/client.ts'
import { GangwayError } from '#lib/errors.ts'
import type { OAuthApp } from '#lib/oauth/app.ts'
import { refreshTokens } from '#lib/oauth/client.ts'
import type { Refused, TokenReply } from '#lib/oauth/token-reply.ts'
import { type OAuthAppRow, openOAuthApp, readOAuthApp } from '#lib/partners/oauth-apps.ts'
import { afterRefusal, noRefreshToken } from './after-refresh.ts'
import { type KeptTokens, readTokens } from './credentials.ts'
import { keepTokens } from './keep-tokens.ts'
import { dropLease, type Lease } from './lease.ts'

/**
 * Asks for a new pair with the lease that was taken, and keeps what came: the pair, or why there is none. No transaction and no
 * connection of the pool is held while the server thinks. Throws `SealError` where the tokens cannot be opened.
 */
export async function exchangeTokens(lease: Lease): Promise<void> {
  const reading = Promise.all([readOAuthApp(lease.connection.oauthAppId ?? ''), readTokens(db(), lease.of)])
  const [app, generations] = await reading.catch(async error => {
    await dropLease(lease)
    throw error
  })
  // Deleted meanwhile: there is nothing to ask with.
  if (!app || generations.length === 0) return dropLease(lease)
  const started = performance.now()
  const reply = await ask(app, lease, generations)
  const milliseconds = Math.round(performance.now() - started)
  if (reply.kind === 'tokens') await keepTokens(lease, { app, pair: reply.tokens, milliseconds })
  else await afterRefusal(lease, { app, reply, milliseconds })
}

async function ask(row: OAuthAppRow, lease: Lease, [newest, before]: KeptTokens[]): Promise<TokenReply> {
  const app = await opened(row)
  if ('kind' in app) return app
  const reply = await askWith(app, newest)
  const confirming = lease.connection.refreshProblem === 'grant_refused'
  // A new pair that has never worked may be the one that the server does not know: the one before is still here.
  if (reply.kind !== 'grant_refused' || !confirming || newest?.provenAt || !before) return reply
  const other = await askWith(app, before)
  return other.kind === 'tokens' ? other : reply
}

/** A server that gave no refresh token has said that its grant ends with the access token. */
const askWith = async (app: OAuthApp, tokens: KeptTokens | undefined): Promise<TokenReply> =>
  tokens?.refresh ? refreshTokens(app, tokens.refresh) : { kind: 'grant_refused', error: noRefreshToken }

/** The app with its secret; one that cannot be opened, or whose sandbox is switched off, is no connection's fault. */
async function opened(row: OAuthAppRow): Promise<OAuthApp | Refused> {
  try {
    return await openOAuthApp(db(), row)
  } catch (error) {
    if (error instanceof SealError) return { kind: 'app_refused', error: 'secret_unreadable' }
    if (error instanceof GangwayError) return { kind: 'unclear', reason: error.code }
    throw error
  }
}
