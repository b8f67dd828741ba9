import type { Environment } from '#lib/connectors/contract.ts'
import { connectors } from '#lib/connectors/registry.ts'
import { env } from '#lib/env.ts'

/** One that can be picked. `value` is what the picker sends. */
export type AtsChoice = {
  value: string
  connector: string
  name: string
  monogram: string
  environment: Environment
}

/** The ATSs that are here, each followed by its sandbox where there is one. */
export function atsChoices(): AtsChoice[] {
  const withSandbox = env().SANDBOX === 'on'
  return Object.values(connectors).flatMap(({ manifest: { id, name, monogram } }) => [
    { value: id, connector: id, name, monogram, environment: 'live' as const },
    ...(withSandbox
      ? [{ value: `${id}/sandbox`, connector: id, name, monogram, environment: 'sandbox' as const }]
      : []),
  ])
}
