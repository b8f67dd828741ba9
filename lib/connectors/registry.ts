import { GangwayError } from '#lib/errors.ts'
import type { Connector } from './contract.ts'
import { workable } from './workable/client.ts'

/** Every connector there is, one line each. Forms, routes, the picker and the contract's tests derive from it. */
const all = { workable } as const satisfies Record<string, Connector>

export type ConnectorId = keyof typeof all

export const connectors: Readonly<Record<ConnectorId, Connector>> = all

export const isConnectorId = (id: string): id is ConnectorId => Object.hasOwn(connectors, id)

/** The connector of that id, as it stands in a row. Throws where there is none: a row outlived its connector. */
export function connectorById(id: string): Connector {
  if (!isConnectorId(id)) throw new GangwayError('internal', 'no connector of that id')
  return connectors[id]
}
