import type { Tx } from '#lib/db/client.ts'
import { type RefreshOutcome, refreshes } from '#lib/db/schema/index.ts'
import { newId } from '#lib/ids.ts'
import { metrics } from '#lib/metrics/registry.ts'
import type { Lease } from './lease.ts'

/** Writes down that a refresh was tried, and how it went: for the strip on the connection's page, and to tell app from grant. */
export async function noteTry(
  tx: Tx,
  { of }: Lease,
  appId: string,
  outcome: RefreshOutcome,
  milliseconds: number,
): Promise<void> {
  metrics().refreshes.inc({ outcome })
  await tx.insert(refreshes).values({ id: newId(), ...of, appId, outcome, milliseconds })
}
