import { eq, sql } from 'drizzle-orm'
import { type Change, record } from '#lib/audit/record.ts'
import { now } from '#lib/clock.ts'
import { type HealthState, healthOf, sameHealth, type Verified } from '#lib/connections/health.ts'
import type { Finding } from '#lib/connectors/contract.ts'
import type { Tx } from '#lib/db/client.ts'
import { connections } from '#lib/db/schema/index.ts'
import { refreshJobs } from '#lib/jobs/refresh.ts'

/** What a check does to a connection. The caller has locked its row. */

export type Connection = typeof connections.$inferSelect

/** The same account under another name: an account's subdomain can change, its id cannot. */
export function movedTo(connection: Connection, findings: readonly Finding[]): string | undefined {
  const { account, state } = findings.find(finding => finding.check === 'account') ?? {}
  const same = state === 'different' && account?.remoteId === connection.remoteAccountId
  return same ? account?.subdomain : undefined
}

/** Follows an account to its new subdomain. */
export async function move(
  tx: Tx,
  connection: Connection,
  partnerId: string,
  subdomain: string,
): Promise<void> {
  // Looked at again by the next turn of the daily checks, not at once: two names that point at each other must not go round.
  await tx
    .update(connections)
    .set({ subdomain, nextCheckAt: sql`now()`, updatedAt: sql`now()` })
    .where(eq(connections.id, connection.id))
  await recordBySystem(tx, connection, partnerId, { name: 'connection.moved', data: {} })
}

/** Keeps status and health as a look found them, and says so where something changed. */
export async function keepHealth(
  tx: Tx,
  connection: Connection,
  partnerId: string,
  found: Verified,
): Promise<void> {
  const next = healthOf(connection, found)
  const changed = !sameHealth(connection, next)
  await tx
    .update(connections)
    .set({
      ...next,
      healthSince: changed ? sql`now()` : connection.healthSince,
      lastCheckedAt: sql`now()`,
      nextCheckAt: nextCheck(connection, next, changed),
      updatedAt: sql`now()`,
    })
    .where(eq(connections.id, connection.id))
  if (next.status === 'active' && !found.failure) await refreshJobs(tx, connection)
  if (!changed) return
  const refused = next.status === 'needs_reauth' && connection.status !== 'needs_reauth'
  await recordBySystem(tx, connection, partnerId, {
    name: refused ? 'connection.needs_reauth' : 'connection.health_changed',
    data: dataOf(next),
  })
}

/** What an event tells of how a connection is. */
export const dataOf = ({ health, healthReason: reason, status }: HealthState) => ({ health, reason, status })

/** When a connection that is well is looked at again: once a day, not all at the same minute. */
export const inADay = sql`now() + interval '1 day' + random() * interval '1 hour'`

/** Once a day; an ATS that does not answer is asked again sooner, every ten minutes for an hour and every hour after that. */
function nextCheck(connection: Connection, next: HealthState, changed: boolean) {
  const passes = next.healthReason === 'ats_unavailable' || next.healthReason === 'unexpected_answer'
  if (!passes) return inADay
  const young = changed || now().getTime() - connection.healthSince.getTime() < 60 * 60 * 1000
  return young ? sql`now() + interval '10 minutes'` : sql`now() + interval '1 hour'`
}

/** Records what a check changed. */
export const recordBySystem = (
  tx: Tx,
  connection: Connection,
  partnerId: string,
  change: Pick<Change, 'name' | 'data'>,
): Promise<void> =>
  record(
    tx,
    { kind: 'system', task: 'check-connection' },
    {
      ...change,
      subject: { kind: 'connection', id: connection.id },
      partnerId,
      workspaceId: connection.workspaceId,
    },
  )
