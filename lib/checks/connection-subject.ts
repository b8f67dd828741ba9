import { and, eq, sql } from 'drizzle-orm'
import { type Change, record } from '#lib/audit/record.ts'
import { now } from '#lib/clock.ts'
import { accessForConnection, keepRate } from '#lib/connections/access.ts'
import { type HealthState, healthOf, sameHealth, type Verified } from '#lib/connections/health.ts'
import type { Finding } from '#lib/connectors/contract.ts'
import { db, type Tx, transaction } from '#lib/db/client.ts'
import { checks, connections, members, users, workspaces } from '#lib/db/schema/index.ts'
import { refreshJobs } from '#lib/jobs/refresh.ts'
import type { CheckRow, Subject } from './run.ts'

type Connection = typeof connections.$inferSelect

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
    // A key that was replaced meanwhile: what was found is about the old one. Switched off meanwhile: it stays as it is.
    const replaced = version !== undefined && row?.connection.version !== version
    const stale = replaced || row?.connection.status === 'inactive'
    await tx
      .update(checks)
      .set({ state: stale ? 'cancelled' : 'finished', findings: found.findings, finishedAt: sql`now()` })
      .where(eq(checks.id, check.id))
    if (!row || stale || row.connection.status === 'deleted') return
    const moved = movedTo(row.connection, found.findings)
    if (moved) await move(tx, row.connection, row.partnerId, moved)
    else await keepHealth(tx, row.connection, row.partnerId, found)
  })
}

/** The same account under another name: an account's subdomain can change, its id cannot. */
function movedTo(connection: Connection, findings: readonly Finding[]): string | undefined {
  const { account, state } = findings.find(finding => finding.check === 'account') ?? {}
  const same = state === 'different' && account?.remoteId === connection.remoteAccountId
  return same ? account?.subdomain : undefined
}

async function move(tx: Tx, connection: Connection, partnerId: string, subdomain: string): Promise<void> {
  // Looked at again by the next turn of the daily checks, not at once: two names that point at each other must not go round.
  await tx
    .update(connections)
    .set({ subdomain, nextCheckAt: sql`now()`, updatedAt: sql`now()` })
    .where(eq(connections.id, connection.id))
  await recordBySystem(tx, connection, partnerId, { name: 'connection.moved', data: {} })
}

async function keepHealth(tx: Tx, connection: Connection, partnerId: string, found: Verified): Promise<void> {
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
    data: { health: next.health, reason: next.healthReason, status: next.status },
  })
}

/** Once a day; an ATS that does not answer is asked again sooner, every ten minutes for an hour and every hour after that. */
function nextCheck(connection: Connection, next: HealthState, changed: boolean) {
  const passes = next.healthReason === 'ats_unavailable' || next.healthReason === 'unexpected_answer'
  if (!passes) return sql`now() + interval '1 day' + random() * interval '1 hour'`
  const young = changed || now().getTime() - connection.healthSince.getTime() < 60 * 60 * 1000
  return young ? sql`now() + interval '10 minutes'` : sql`now() + interval '1 hour'`
}

const recordBySystem = (
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
