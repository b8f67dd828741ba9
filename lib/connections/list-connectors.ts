import type { MemberActor } from '#lib/actors.ts'
import type { Environment } from '#lib/connectors/contract.ts'
import type { Scope } from '#lib/connectors/manifest.ts'
import { connectorById, connectors, isConnectorId } from '#lib/connectors/registry.ts'
import { env } from '#lib/env.ts'
import { notFound } from '#lib/errors.ts'
import { mustBeAllowed } from '#lib/members/roles.ts'

/** An ATS, or its sandbox, as Account > Integrations shows it. */
export type ConnectorView = {
  id: string
  environment: Environment
  name: string
  monogram: string
  scopes: readonly Scope[]
}

/** Everything that can be added: each ATS, and its sandbox where there is one here. */
export function listConnectors(actor: MemberActor): ConnectorView[] {
  mustBeAllowed(actor, 'look')
  return Object.keys(connectors).flatMap(id => environments().map(environment => view(id, environment)))
}

/** One of them by its address. Throws `not_found` for an ATS that nobody wrote and for a sandbox that is not here. */
export function readConnector(actor: MemberActor, id: string, environment: Environment): ConnectorView {
  mustBeAllowed(actor, 'look')
  if (!isConnectorId(id) || !environments().includes(environment)) throw notFound('connector')
  return view(id, environment)
}

const environments = (): Environment[] => (env().SANDBOX === 'off' ? ['live'] : ['live', 'sandbox'])

function view(id: string, environment: Environment): ConnectorView {
  const { name, monogram, scopes } = connectorById(id).manifest
  return { id, environment, name, monogram, scopes }
}
