import { SealError } from '#lib/crypto/seal.ts'
import { GangwayError } from '#lib/errors.ts'
import { failpoint } from '#lib/failpoint.ts'
import type { OAuthApp } from '#lib/oauth/app.ts'
import { refreshTokens } from '#lib/oauth/client.ts'
import type { Refused, TokenReply } from '#lib/oauth/token-reply.ts'
import { openSealedApp, type SealedApp } from '#lib/partners/oauth-apps.ts'
import { afterRefusal, noRefreshToken } from './after-refresh.ts'
import { type KeptTokens, openTokens } from './credentials.ts'
import { keepTokens } from './keep-tokens.ts'
import { dropLease, type Lease } from './lease.ts'

/**
 * Asks for a new pair with the lease that was taken, and keeps what came: the pair, which is given, or why there is none. No
 * transaction and no connection of the pool is held while the server thinks. Throws `SealError` where the tokens cannot be opened.
 */
export async function exchangeTokens(lease: Lease): Promise<KeptTokens | undefined> {
  const generations = await opened(lease)
  // Deleted meanwhile: there is nothing to ask with.
  if (generations.length === 0) {
    await dropLease(lease)
    return undefined
  }
  await failpoint('lease_taken')
  const started = performance.now()
  const reply = await ask(lease, generations)
  const milliseconds = Math.round(performance.now() - started)
  await failpoint('refresh_answered')
  if (reply.kind === 'tokens') {
    const kept = await keepTokens(lease, { pair: reply.tokens, milliseconds })
    await failpoint('pair_kept')
    return kept
  }
  await afterRefusal(lease, { app: lease.app.row, reply, milliseconds })
  await failpoint('refusal_kept')
  return undefined
}

async function opened(lease: Lease): Promise<KeptTokens[]> {
  try {
    return openTokens(lease.of, lease.tokens)
  } catch (error) {
    await dropLease(lease)
    throw error
  }
}

async function ask(lease: Lease, [newest, before]: KeptTokens[]): Promise<TokenReply> {
  const app = openedApp(lease.app)
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
function openedApp(sealed: SealedApp): OAuthApp | Refused {
  try {
    return openSealedApp(sealed)
  } catch (error) {
    if (error instanceof SealError) return { kind: 'app_refused', error: 'secret_unreadable' }
    if (error instanceof GangwayError) return { kind: 'unclear', reason: error.code }
    throw error
  }
}
