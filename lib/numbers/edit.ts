import { and, eq, inArray, sql } from 'drizzle-orm'
import type { MemberActor } from '#lib/actors.ts'
import { record } from '#lib/audit/record.ts'
import { type Tx, transaction } from '#lib/db/client.ts'
import { connectionNumbers, numbers } from '#lib/db/schema/index.ts'
import { invalid } from '#lib/errors.ts'
import type { Fields } from '#lib/forms/parse.ts'
import { mustBeAllowed } from '#lib/members/roles.ts'
import { type NumberFields, numberFields, sameNumber } from './fields.ts'
import { holdDigits, lockNumber } from './lock.ts'

/**
 * Changes a number, and what it can carry: connections that use it for what it cannot carry any more lose that use.
 * Throws `forbidden`, `not_found`, and `invalid` with the problems at their fields.
 */
export async function editNumber(actor: MemberActor, id: string, fields: Fields): Promise<void> {
  mustBeAllowed(actor, 'manage_integrations')
  await transaction(async tx => {
    await lockNumber(tx, actor, id)
    const values = await numberFields(tx, actor, fields)
    await holdDigits(tx, actor, values.e164)
    const same = await sameNumber(tx, actor, values.e164)
    if (same && same.id !== id) throw invalid({ number: same.problem })
    await tx
      .update(numbers)
      .set({ ...values, updatedAt: sql`now()` })
      .where(and(eq(numbers.id, id), eq(numbers.workspaceId, actor.workspaceId)))
    const uses = await dropUses(tx, id, values)
    await record(tx, actor, { name: 'number.edited', subject: { kind: 'number', id }, data: { uses } })
  })
}

/** Gives how many uses were dropped. */
async function dropUses(tx: Tx, id: string, can: NumberFields): Promise<number> {
  const lost = [
    ...(can.carriesCalls ? [] : ['calls' as const]),
    ...(can.carriesMessages ? [] : ['messages' as const]),
  ]
  if (lost.length === 0) return 0
  const dropped = await tx
    .delete(connectionNumbers)
    .where(and(eq(connectionNumbers.numberId, id), inArray(connectionNumbers.use, lost)))
    .returning({ id: connectionNumbers.connectionId })
  return dropped.length
}
