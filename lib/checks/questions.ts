import type { CheckId } from '#lib/connectors/contract.ts'
import { connectorById } from '#lib/connectors/registry.ts'

/** The doctor's questions about a connection to that ATS, in the order in which they are asked. */
export const questionsOf = (connector: string): CheckId[] =>
  connectorById(connector).checks.map(check => check.id)
