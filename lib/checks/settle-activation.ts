import { eq, sql } from 'drizzle-orm'
import { healthOf, type Verified } from '#lib/connections/health.ts'
import type { Tx } from '#lib/db/client.ts'
import { checks, connections } from '#lib/db/schema/index.ts'
import { refreshJobs } from '#lib/jobs/refresh.ts'
import { type Connection, dataOf, inADay, move, movedTo, recordBySystem } from './connection-changes.ts'
import { requestConnectionCheck } from './request.ts'

/**
 * The end of the check before **Active**: well, the connection is active; its key refused, it needs a new one; anything else
 * leaves it switched off, with the reason kept at the check. The caller has locked the connection's row.
 */
export async function settleActivation(
  tx: Tx,
  check: typeof checks.$inferSelect,
  connection: Connection,
  partnerId: string,
  found: Verified,
): Promise<void> {
  const subdomain = movedTo(connection, found.findings)
  if (subdomain) {
    await move(tx, connection, partnerId, subdomain)
    // Once more under the new name; a second move in a row is nothing that goes on by itself.
    if (check.requestedBy) {
      await requestConnectionCheck(tx, ofConnection(connection), { purpose: 'activate' })
      return
    }
  }
  const next = healthOf({ ...connection, status: 'active' }, found)
  const refused = next.status === 'needs_reauth'
  if (next.health === 'failing' && !refused) return stayInactive(tx, check, connection, partnerId, next)
  await tx
    .update(connections)
    .set({
      ...next,
      healthSince: sql`now()`,
      lastCheckedAt: sql`now()`,
      nextCheckAt: inADay,
      updatedAt: sql`now()`,
    })
    .where(eq(connections.id, connection.id))
  if (!refused) await refreshJobs(tx, { ...connection, status: 'active' })
  await recordBySystem(tx, connection, partnerId, {
    name: refused ? 'connection.needs_reauth' : 'connection.activated',
    data: dataOf(next),
  })
}

async function stayInactive(
  tx: Tx,
  check: typeof checks.$inferSelect,
  connection: Connection,
  partnerId: string,
  next: ReturnType<typeof healthOf>,
): Promise<void> {
  await tx.update(checks).set({ waitReason: next.healthReason }).where(eq(checks.id, check.id))
  await tx.update(connections).set({ lastCheckedAt: sql`now()` }).where(eq(connections.id, connection.id))
  await recordBySystem(tx, connection, partnerId, {
    name: 'connection.activation_failed',
    data: { reason: next.healthReason },
  })
}

const ofConnection = ({ workspaceId, id }: Connection) => ({ workspaceId, connectionId: id })
