import { and, asc, eq, gt, ne, notExists, type SQL, sql } from 'drizzle-orm'
import { record } from '#lib/audit/record.ts'
import { db, type Tx, transaction } from '#lib/db/client.ts'
import { connections, events, workspaces } from '#lib/db/schema/index.ts'

const aRun = 200
const reminder = { kind: 'system', task: 'remind-expiry' } as const

const left = sql<number>`(${connections.keyExpiresOn} - (now() at time zone 'UTC')::date)`
/** Days before the end at which is reminded, the nearest that is reached. */
const threshold = sql<number>`(case when ${left} <= 1 then 1 when ${left} <= 3 then 3 when ${left} <= 14 then 14 else 30 end)`

/** Reminded for this last day of this key, at this threshold or a nearer one. */
const reminded = sql`${events.data}->>'expiresOn' = ${connections.keyExpiresOn}::text
  and ${events.data}->>'version' = ${connections.version}::text and (${events.data}->>'days')::int <= ${threshold}`

/**
 * Records of each key that ends in 30, 14, 3 or 1 days that it does, once each; the record's own task tells people. After days
 * without a worker the nearest one alone is made up for. Another last day or another key starts anew. Gives how many.
 */
export async function remindExpiry(): Promise<number> {
  let made = 0
  for (let after = ''; ; ) {
    const due = await dueConnections(db(), after ? gt(connections.id, after) : undefined)
    for (const { id } of due) made += await remind(id)
    after = due.at(-1)?.id ?? ''
    if (due.length < aRun) return made
  }
}

async function remind(id: string): Promise<number> {
  return transaction(async tx => {
    // Held first, looked at then: another worker may have been at it in between.
    await tx.select({ id: connections.id }).from(connections).where(eq(connections.id, id)).for('update')
    const [due] = await dueConnections(tx, eq(connections.id, id))
    if (!due) return 0
    const { partnerId, workspaceId, days, left: daysLeft, expiresOn, version } = due
    await record(tx, reminder, {
      name: 'connection.key_expires_soon',
      subject: { kind: 'connection', id },
      data: { days, left: daysLeft, expiresOn, version },
      partnerId,
      workspaceId,
    })
    return 1
  })
}

function dueConnections(tx: Tx, which: SQL | undefined) {
  const told = tx
    .select({ id: events.id })
    .from(events)
    .where(
      and(
        eq(events.workspaceId, connections.workspaceId),
        eq(events.subjectKind, 'connection'),
        sql`${events.subjectId} = ${connections.id}::text`,
        eq(events.name, 'connection.key_expires_soon'),
        reminded,
      ),
    )
  return tx
    .select({
      id: connections.id,
      workspaceId: connections.workspaceId,
      partnerId: workspaces.partnerId,
      expiresOn: connections.keyExpiresOn,
      version: connections.version,
      left,
      days: threshold,
    })
    .from(connections)
    .innerJoin(workspaces, eq(workspaces.id, connections.workspaceId))
    .where(
      and(
        ne(connections.status, 'deleted'),
        sql`${connections.keyExpiresOn} between (now() at time zone 'UTC')::date and (now() at time zone 'UTC')::date + 30`,
        notExists(told),
        which,
      ),
    )
    .orderBy(asc(connections.id))
    .limit(aRun)
}
