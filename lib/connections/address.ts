import { hostSuffix } from '#lib/ats/hosts.ts'
import type { Environment } from '#lib/connectors/contract.ts'
import { connectorById } from '#lib/connectors/registry.ts'
import { env } from '#lib/env.ts'

type Of = { connector: string; environment: Environment; subdomain: string }

/** Where an account lives, such as `acme.workable.com`; only its label while the sandbox, where it lives, is switched off. */
export function accountHost(of: Of): string {
  if (isAway(of)) return of.subdomain
  return `${of.subdomain}.${hostSuffix(connectorById(of.connector).manifest, of.environment)}`
}

const isAway = (of: Of): boolean => of.environment === 'sandbox' && env().SANDBOX === 'off'
