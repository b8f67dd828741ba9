import { and, eq, sql } from 'drizzle-orm'
import { accessForConnection, keepRate } from '#lib/connections/access.ts'
import type { Verified } from '#lib/connections/health.ts'
import { db, transaction } from '#lib/db/client.ts'
import { checks, connections, members, users, workspaces } from '#lib/db/schema/index.ts'
import { keepHealth, move, movedTo } from './connection-changes.ts'
import type { CheckRow, Subject } from './run.ts'
import { settleActivation } from './settle-activation.ts'

type Status = (typeof connections.$inferSelect)['status']

/** What a run over a connection asks about. Undefined when the connection was switched off or deleted since. */
export async function subjectOfConnection(check: CheckRow): Promise<Subject | undefined> {
  if (!check.connectionId) return undefined
  const [row] = await db()
    .select({ connection: connections, email: users.email })
    .from(connections)
    .innerJoin(members, eq(members.id, connections.createdBy))
    .innerJoin(users, eq(users.id, members.userId))
    .where(and(eq(connections.id, check.connectionId), eq(connections.workspaceId, check.workspaceId)))
  if (!row || !isAskedFor(check, row.connection.status)) return undefined
  const { api, connector } = await accessForConnection(row.connection, ['needs_reauth', 'inactive'])
  const { subdomain, permissions, version } = row.connection
  return { connector, api, context: { subdomain, permissions, email: row.email }, version }
}

/** Writes what a check found to the connection: status, health and its reason, and the event when something changed. */
export async function finishConnectionCheck(
  check: CheckRow,
  subject: Subject,
  found: Verified,
): Promise<void> {
  const { connectionId } = check
  if (!connectionId) return
  await keepRate(connectionId, subject.api)
  await settle(check, connectionId, found, subject.version)
}

/** The credential could not be opened: said, not retried in a loop, and the ATS is not called. */
export async function unreadable(check: CheckRow): Promise<void> {
  if (!check.connectionId) {
    await db()
      .update(checks)
      .set({ state: 'cancelled', finishedAt: sql`now()` })
      .where(eq(checks.id, check.id))
    return
  }
  await settle(check, check.connectionId, { failure: 'credential_unreadable', findings: [] })
}

async function settle(
  check: CheckRow,
  connectionId: string,
  found: Verified,
  version?: number,
): Promise<void> {
  await transaction(async tx => {
    const [row] = await tx
      .select({ connection: connections, partnerId: workspaces.partnerId })
      .from(connections)
      .innerJoin(workspaces, eq(workspaces.id, connections.workspaceId))
      .where(eq(connections.id, connectionId))
      .for('update', { of: connections })
    if (!row) return
    const { connection, partnerId } = row
    const replaced = version !== undefined && connection.version !== version && !isRenewed(connection, found)
    if (replaced || !isAskedFor(check, connection.status)) {
      const cancelled = { state: 'cancelled' as const, findings: found.findings, finishedAt: sql`now()` }
      return void (await tx.update(checks).set(cancelled).where(eq(checks.id, check.id)))
    }
    const finished = await tx
      .update(checks)
      .set({ state: 'finished', findings: found.findings, finishedAt: sql`now()` })
      .where(and(eq(checks.id, check.id), eq(checks.state, 'running')))
      .returning({ id: checks.id })
    // Cancelled meanwhile: somebody switched off, and perhaps on again.
    if (finished.length === 0) return
    if (check.purpose === 'activate') return settleActivation(tx, check, connection, partnerId, found)
    const moved = movedTo(connection, found.findings)
    if (moved) await move(tx, connection, partnerId, moved)
    else await keepHealth(tx, connection, partnerId, found)
  })
}

/**
 * A key that was replaced meanwhile: what was found is about the old one. Tokens are replaced all the time; only that they were
 * refused is about the old ones.
 */
const isRenewed = ({ way }: typeof connections.$inferSelect, { findings }: Verified): boolean =>
  way === 'oauth' && findings.every(({ state }) => state !== 'refused')

/** A look is for a connection that is on, the check before **Active** for one that is off, none for one that is deleted. */
const isAskedFor = ({ purpose }: CheckRow, status: Status): boolean =>
  purpose === 'activate' ? status === 'inactive' : status === 'active' || status === 'needs_reauth'
