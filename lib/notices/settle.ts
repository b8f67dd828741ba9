import { and, eq, isNull, or, type SQL, sql } from 'drizzle-orm'
import type { Tx } from '#lib/db/client.ts'
import { notices } from '#lib/db/schema/index.ts'
import type { Concerned } from './connection.ts'

/**
 * Settles what is not so any more, by how the connection is now and not by what happened: tasks may come in any order. A key that
 * is taken again or switched off needs nothing; another last day or another key makes a reminder void.
 */
export async function settleNotices(tx: Tx, connection: Concerned): Promise<void> {
  const { status, keyExpiresOn, version } = connection
  const gone = status === 'deleted'
  const mended = gone || status !== 'needs_reauth'
  const otherKey = sql`(${notices.data}->>'expiresOn' is distinct from ${keyExpiresOn}::text
    or ${notices.data}->>'version' is distinct from ${String(version)}::text)`
  await settleWhere(
    tx,
    connection,
    or(
      mended ? eq(notices.kind, 'needs_reauth') : undefined,
      and(eq(notices.kind, 'key_expires'), gone ? undefined : otherKey),
    ),
  )
}

/** Settles the reminders of more days: the nearest one is enough. */
export const settleReminders = (tx: Tx, connection: Concerned, days: number): Promise<void> =>
  settleWhere(
    tx,
    connection,
    and(eq(notices.kind, 'key_expires'), sql`(${notices.data}->>'days')::int > ${days}`),
  )

async function settleWhere(tx: Tx, { id }: Concerned, which: SQL | undefined): Promise<void> {
  const open = and(
    eq(notices.subjectKind, 'connection'),
    eq(notices.subjectId, id),
    isNull(notices.settledAt),
  )
  await tx.update(notices).set({ settledAt: sql`now()` }).where(and(open, which))
}
