import type { Connector, Permissions } from '#lib/connectors/contract.ts'

/** The scopes that a choice of permissions stands for, in the ATS's spelling: what the guide tells to tick. */
export const scopesFor = (connector: Connector, permissions: Permissions): string[] =>
  connector.manifest.scopes
    .filter(scope => scope.needed || permissions === 'read_write')
    .map(scope => scope.id)

/** The choices of permissions that stand for exactly those scopes. */
export const choicesFor = (connector: Connector, scopes: readonly string[]): Permissions[] =>
  (['read', 'read_write'] as const).filter(
    choice => scopesFor(connector, choice).join(' ') === scopes.join(' '),
  )
