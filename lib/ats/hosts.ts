import { now } from '#lib/clock.ts'
import type { Environment } from '#lib/connectors/contract.ts'
import type { Manifest, ParseContext } from '#lib/connectors/manifest.ts'
import { env } from '#lib/env.ts'
import { GangwayError } from '#lib/errors.ts'

/** RFC 1123's label, lower-case, without punycode: what may stand in front of the suffix (`security.md` 4 B). */
const label = /^(?!xn--)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/

type Base = { protocol: 'https:' | 'http:'; host: string }

function baseOf(manifest: Manifest, environment: Environment): Base {
  if (environment === 'live') return { protocol: 'https:', host: manifest.hosts.suffix }
  const { SANDBOX, SANDBOX_ORIGIN } = env()
  if (SANDBOX === 'off') throw new GangwayError('unavailable', 'the sandbox is switched off')
  const { protocol, host } = new URL(SANDBOX_ORIGIN)
  return { protocol: protocol === 'https:' ? 'https:' : 'http:', host }
}

/** The host without a label, with the port where there is one: `workable.com`, or that of `SANDBOX_ORIGIN`. */
export const hostSuffix = (manifest: Manifest, environment: Environment): string =>
  baseOf(manifest, environment).host

/**
 * The origin of an account, or of everybody's host for `manifest.hosts.central`. The suffix is constant and the label is one DNS label,
 * asserted after parsing, so that a credential cannot be sent anywhere else. Throws `GangwayError` (`invalid`, `unavailable`).
 */
export function originFor(manifest: Manifest, environment: Environment, accountLabel: string): string {
  const { protocol, host } = baseOf(manifest, environment)
  const url = label.test(accountLabel) ? new URL(`${protocol}//${accountLabel}.${host}`) : undefined
  if (url?.host !== `${accountLabel}.${host}`)
    throw new GangwayError('invalid', 'not the label of an account')
  return url.origin
}

/** A page of the account in the ATS's own screens, for a link that a person follows. `path` starts with a slash. */
export const accountUrl = (
  manifest: Manifest,
  environment: Environment,
  subdomain: string,
  path: string,
): string => originFor(manifest, environment, subdomain) + path

/** What the fields of a connector are told when they parse. */
export const parseContext = (
  manifest: Manifest,
  environment: Environment,
  others: Readonly<Record<string, string>> = {},
): ParseContext => ({
  hostSuffix: hostSuffix(manifest, environment),
  environment,
  today: now().toISOString().slice(0, 10),
  others,
})
