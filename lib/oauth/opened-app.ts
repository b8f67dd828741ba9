import { SealError } from '#lib/crypto/seal.ts'
import { GangwayError } from '#lib/errors.ts'
import { openSealedApp, type SealedApp } from '#lib/partners/oauth-apps.ts'
import type { OAuthApp } from './app.ts'
import type { Refused } from './token-reply.ts'

/** An app with its secret; one that cannot be opened, or whose sandbox is switched off, is no connection's and no grant's fault. */
export function openedApp(sealed: SealedApp): OAuthApp | Refused {
  try {
    return openSealedApp(sealed)
  } catch (error) {
    if (error instanceof SealError) return { kind: 'app_refused', error: 'secret_unreadable' }
    if (error instanceof GangwayError) return { kind: 'unclear', reason: error.code }
    throw error
  }
}
