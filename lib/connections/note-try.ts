import { type SQL, sql } from 'drizzle-orm'
import type { Tx } from '#lib/db/client.ts'
import { type RefreshOutcome, refreshes } from '#lib/db/schema/index.ts'
import { newId } from '#lib/ids.ts'
import { metrics } from '#lib/metrics/registry.ts'
import type { Owned } from './credentials.ts'
import type { Lease } from './lease.ts'

/** Writes down that a refresh was tried, and how it went: for the strip on the connection's page, and to tell app from grant. */
export async function noteTry(
  tx: Tx,
  { of }: Lease,
  appId: string,
  outcome: RefreshOutcome,
  milliseconds: number,
): Promise<void> {
  countTry(outcome)
  await tx.insert(refreshes).values({ id: newId(), ...of, appId, outcome, milliseconds })
}

/** That it went well, as a part of the one statement that keeps the pair: only where its part `won` has a row. */
export const tryNoted = (
  { workspaceId }: Owned,
  appId: string,
  milliseconds: number,
): SQL => sql`insert into ${refreshes}
  (id, workspace_id, connection_id, app_id, outcome, milliseconds)
  select ${newId()}::uuid, ${workspaceId}::uuid, won.id, ${appId}::uuid, 'refreshed', ${milliseconds}::int from won`

/** Counts a try by how it went. */
export const countTry = (outcome: RefreshOutcome): void => metrics().refreshes.inc({ outcome })
