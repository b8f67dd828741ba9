import { accountUrl, hostSuffix } from '#lib/ats/hosts.ts'
import { env } from '#lib/env.ts'
import type { Walk } from './read.ts'

/** Where the account of a walk lies, as far as it is known. */
export type AccountAddress = {
  /** What follows the subdomain: `workable.com`. */
  suffix: string
  subdomain: string | undefined
  /** `acme.workable.com` */
  host: string | undefined
  /** The account's page where keys are made. */
  settingsUrl: string | undefined
}

/** The account's address in the ATS of a walk; undefined before one was picked, and while its sandbox is switched off. */
export function accountAddress(walk: Walk): AccountAddress | undefined {
  const { connector, environment, connection, progress } = walk
  if (!connector || !environment) return undefined
  if (environment === 'sandbox' && env().SANDBOX === 'off') return undefined
  const suffix = hostSuffix(connector.manifest, environment)
  const subdomain = connection?.subdomain ?? progress.answers.fields?.subdomain
  if (!subdomain) return { suffix, subdomain: undefined, host: undefined, settingsUrl: undefined }
  const settingsUrl = accountUrl(connector.manifest, environment, subdomain, connector.guide.settingsPath)
  return { suffix, subdomain, host: `${subdomain}.${suffix}`, settingsUrl }
}
