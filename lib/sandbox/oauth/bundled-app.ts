import type { State } from '../state.ts'
import { appByClientId, makeApp, replaceSecret } from './client.ts'
import { isRedirectUri } from './redirect.ts'

/** An app that is there from the start, so that whoever starts the sandbox knows one that works. */
export type BundledApp = { clientId: string; secret: string; name: string; redirectUris: string[] }

/**
 * Reads `SANDBOX_OAUTH_CLIENT`, `<client id>:<secret>:<redirect URI>[,<redirect URI>…]`. Neither id nor secret has a colon.
 * @throws with a sentence that says what is right
 */
export function readBundledApp(text: string, name: string): BundledApp {
  const [, clientId, secret, list] = /^([\x21-\x39\x3b-\x7e]+):([\x21-\x39\x3b-\x7e]+):(.+)$/.exec(text) ?? []
  const redirectUris = (list ?? '').split(',')
  if (clientId === undefined || secret === undefined || !redirectUris.every(isRedirectUri)) {
    throw new Error('SANDBOX_OAUTH_CLIENT is not <client id>:<secret>:<redirect URI>[,<redirect URI>…]')
  }
  return { clientId, secret, name, redirectUris }
}

/** Registers it, or brings what is registered up to date; redirect URIs that were added since stay. */
export function registerBundledApp(state: State, wanted: BundledApp, now: number): void {
  const known = appByClientId(state, wanted.clientId)
  if (known === null) {
    makeApp(state, { ...wanted, redirectUris: [...wanted.redirectUris], now })
    return
  }
  known.redirectUris = [...new Set([...known.redirectUris, ...wanted.redirectUris])]
  replaceSecret(known, wanted.secret, now, 0)
}
