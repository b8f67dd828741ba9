import type { SQL } from 'drizzle-orm'
import type { Tx } from '#lib/db/client.ts'
import { insertWhere } from '#lib/db/insert-where.ts'
import { type RefreshOutcome, refreshes } from '#lib/db/schema/index.ts'
import { newId } from '#lib/ids.ts'
import { metrics } from '#lib/metrics/registry.ts'
import type { Lease } from './lease.ts'

/** Writes down that a refresh was tried, and how it went: for the strip on the connection's page, and to tell app from grant. */
export async function noteTry(
  tx: Tx,
  lease: Lease,
  appId: string,
  outcome: RefreshOutcome,
  milliseconds: number,
): Promise<void> {
  countTry(outcome)
  await tx.insert(refreshes).values(rowOf(lease, appId, outcome, milliseconds))
}

/** That it went well, as a part of the statement that wins the connection's row in its part `won`. */
export const tryNoted = (lease: Lease, appId: string, milliseconds: number): SQL =>
  insertWhere('won', refreshes, rowOf(lease, appId, 'refreshed', milliseconds))

/** Counts a try by how it went. */
export const countTry = (outcome: RefreshOutcome): void => metrics().refreshes.inc({ outcome })

const rowOf = ({ of }: Lease, appId: string, outcome: RefreshOutcome, milliseconds: number) => ({
  id: newId(),
  ...of,
  appId,
  outcome,
  milliseconds,
})
