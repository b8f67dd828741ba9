import { and, eq, isNull, sql } from 'drizzle-orm'
import type { MemberActor } from '#lib/actors.ts'
import type { Tx } from '#lib/db/client.ts'
import { numbers } from '#lib/db/schema/index.ts'
import { notFound } from '#lib/errors.ts'
import { isId } from '#lib/ids.ts'

/** Holds a number's row for a change. Throws `not_found` for one that was removed or is not this workspace's. */
export async function lockNumber(tx: Tx, actor: MemberActor, id: string) {
  const [row] = isId(id)
    ? await tx
        .select()
        .from(numbers)
        .where(and(eq(numbers.id, id), eq(numbers.workspaceId, actor.workspaceId), isNull(numbers.removedAt)))
        .for('update')
    : []
  if (!row) throw notFound('number')
  return row
}

/** Two who write the same digits at the same moment take turns, so that the second one is told. */
export async function holdDigits(tx: Tx, actor: MemberActor, e164: string): Promise<void> {
  const digits = `number ${actor.workspaceId} ${e164}`
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${digits}, 0))`)
}
