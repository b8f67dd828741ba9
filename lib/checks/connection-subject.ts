import { and, eq, sql } from 'drizzle-orm'
import { record } from '#lib/audit/record.ts'
import { accessForConnection, keepRate } from '#lib/connections/access.ts'
import { healthOf, sameHealth, type Verified } from '#lib/connections/health.ts'
import { db, transaction } from '#lib/db/client.ts'
import { checks, connections, members, users, workspaces } from '#lib/db/schema/index.ts'
import type { CheckRow, Subject } from './run.ts'

/** What a run over a connection asks about. Undefined when the connection was switched off or deleted since. */
export async function subjectOfConnection(check: CheckRow): Promise<Subject | undefined> {
  if (!check.connectionId) return undefined
  const [row] = await db()
    .select({ connection: connections, email: users.email })
    .from(connections)
    .innerJoin(members, eq(members.id, connections.createdBy))
    .innerJoin(users, eq(users.id, members.userId))
    .where(and(eq(connections.id, check.connectionId), eq(connections.workspaceId, check.workspaceId)))
  if (!row || row.connection.status === 'deleted' || row.connection.status === 'inactive') return undefined
  const { api, connector } = await accessForConnection(row.connection, ['needs_reauth'])
  const { subdomain, permissions } = row.connection
  return { connector, api, context: { subdomain, permissions, email: row.email } }
}

/** Writes what a check found to the connection: status, health and its reason, and the event when something changed. */
export async function finishConnectionCheck(check: CheckRow, subject: Subject, found: Verified): Promise<void> {
  const { connectionId } = check
  if (!connectionId) return
  await keepRate(connectionId, subject.api)
  await settle(check, connectionId, found)
}

/** The credential could not be opened: said, not retried in a loop, and the ATS is not called. */
export async function unreadable(check: CheckRow): Promise<void> {
  if (!check.connectionId) {
    await db().update(checks).set({ state: 'cancelled', finishedAt: sql`now()` }).where(eq(checks.id, check.id))
    return
  }
  await settle(check, check.connectionId, { failure: 'credential_unreadable', findings: [] })
}

async function settle(check: CheckRow, connectionId: string, found: Verified): Promise<void> {
  await transaction(async tx => {
    const [row] = await tx
      .select({ connection: connections, partnerId: workspaces.partnerId })
      .from(connections)
      .innerJoin(workspaces, eq(workspaces.id, connections.workspaceId))
      .where(eq(connections.id, connectionId))
      .for('update', { of: connections })
    await tx
      .update(checks)
      .set({ state: 'finished', findings: found.findings, finishedAt: sql`now()` })
      .where(eq(checks.id, check.id))
    if (!row || row.connection.status === 'deleted') return
    const { connection } = row
    const next = healthOf(connection, found)
    const changed = !sameHealth(connection, next)
    await tx
      .update(connections)
      .set({
        ...next,
        healthSince: changed ? sql`now()` : connection.healthSince,
        lastCheckedAt: sql`now()`,
        nextCheckAt: sql`now() + interval '1 day' + random() * interval '1 hour'`,
        updatedAt: sql`now()`,
      })
      .where(eq(connections.id, connectionId))
    if (!changed) return
    await record(
      tx,
      { kind: 'system', task: 'check-connection' },
      {
        name: next.status === 'needs_reauth' ? 'connection.needs_reauth' : 'connection.health_changed',
        subject: { kind: 'connection', id: connectionId },
        data: { health: next.health, reason: next.healthReason, status: next.status },
        partnerId: row.partnerId,
        workspaceId: connection.workspaceId,
      },
    )
  })
}

