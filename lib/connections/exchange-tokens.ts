import { failpoint } from '#lib/failpoint.ts'
import type { OAuthApp } from '#lib/oauth/app.ts'
import { refreshTokens } from '#lib/oauth/client.ts'
import { openedApp } from '#lib/oauth/opened-app.ts'
import type { TokenReply } from '#lib/oauth/token-reply.ts'
import { afterRefusal, noRefreshToken } from './after-refresh.ts'
import { type KeptTokens, openTokens } from './credentials.ts'
import { keepTokens } from './keep-tokens.ts'
import { dropLease, type Lease, leaseSeconds } from './lease.ts'

/** All that is asked with one lease has to be over before it, or a second process would ask with the same refresh token. */
const askingMs = leaseSeconds * 1000 - 5_000

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
  const until = performance.now() + askingMs
  const reply = await askWith(app, newest, until)
  const confirming = lease.connection.refreshProblem === 'grant_refused'
  // A new pair that has never worked may be the one that the server does not know: the one before is still here.
  if (reply.kind !== 'grant_refused' || !confirming || newest?.provenAt || !before) return reply
  const other = await askWith(app, before, until)
  return other.kind === 'tokens' ? other : reply
}

/** A server that gave no refresh token has said that its grant ends with the access token. */
const askWith = async (app: OAuthApp, tokens: KeptTokens | undefined, until: number): Promise<TokenReply> =>
  tokens?.refresh
    ? refreshTokens(app, tokens.refresh, until)
    : { kind: 'grant_refused', error: noRefreshToken }
