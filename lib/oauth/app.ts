import { originFor } from '#lib/ats/hosts.ts'
import type { Environment } from '#lib/connectors/contract.ts'
import type { Manifest } from '#lib/connectors/manifest.ts'
import { connectors } from '#lib/connectors/registry.ts'
import type { Secret } from '#lib/crypto/secret.ts'
import { env } from '#lib/env.ts'
import { GangwayError } from '#lib/errors.ts'

/** A partner's client at an authorization server, ready to be used. */
export type OAuthApp = {
  id: string
  clientId: string
  secret: Secret
  /** Tried where the new one is refused, as long as the two overlap. */
  previousSecret?: Secret
  server: AuthorizationServer
}

/** Where an ATS signs people in. All of it on one origin, which is its issuer for us. */
export type AuthorizationServer = {
  origin: string
  authorize: string
  token: string
  revoke: string
  parameters: Readonly<Record<string, string>>
}

/** The authorization server of an ATS in an environment. Throws `invalid` where nobody signs in there. */
export function serverOf(manifest: Manifest, environment: Environment): AuthorizationServer {
  const { oauth } = manifest
  if (!oauth) throw new GangwayError('invalid', `${manifest.id} has no sign-in`)
  const origin = originFor(manifest, environment, manifest.hosts.central)
  return {
    origin,
    authorize: origin + oauth.authorizePath,
    token: origin + oauth.tokenPath,
    revoke: origin + oauth.revokePath,
    parameters: oauth.parameters,
  }
}

/** Every origin at which somebody may be sent to sign in: of each ATS that knows it, live, and the sandbox's where that is on. */
export function signInOrigins(): string[] {
  const environments: Environment[] = env().SANDBOX === 'off' ? ['live'] : ['live', 'sandbox']
  return Object.values(connectors).flatMap(({ manifest }) =>
    manifest.oauth ? environments.map(environment => serverOf(manifest, environment).origin) : [],
  )
}

/** The redirect URI of an app, one of its own for each: made from `APP_URL`, never from a request (RFC 9700, 4.1.3 and 4.4). */
export const redirectUriOf = (appId: string): string => `${env().APP_URL}/api/oauth/${appId}/callback`
