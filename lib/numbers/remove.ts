import { and, eq, sql } from 'drizzle-orm'
import type { MemberActor } from '#lib/actors.ts'
import { record } from '#lib/audit/record.ts'
import { type Tx, transaction } from '#lib/db/client.ts'
import { connectionNumbers, numbers } from '#lib/db/schema/index.ts'
import { mustBeAllowed } from '#lib/members/roles.ts'
import { lockNumber } from './lock.ts'

/** Removes a number; connections that use it lose it. Throws `forbidden`, and `not_found` for one that is gone already. */
export async function removeNumber(actor: MemberActor, id: string): Promise<void> {
  mustBeAllowed(actor, 'manage_integrations')
  await transaction(async tx => {
    await lockNumber(tx, actor, id)
    const lost = await tx
      .delete(connectionNumbers)
      .where(and(eq(connectionNumbers.numberId, id), eq(connectionNumbers.workspaceId, actor.workspaceId)))
      .returning({ id: connectionNumbers.connectionId })
    await tx
      .update(numbers)
      .set({ removedAt: sql`now()`, updatedAt: sql`now()` })
      .where(and(eq(numbers.id, id), eq(numbers.workspaceId, actor.workspaceId)))
    await record(tx, actor, {
      name: 'number.removed',
      subject: { kind: 'number', id },
      data: { connections: new Set(lost.map(use => use.id)).size },
    })
  })
}

/** Lets go of the numbers of a connection that is being deleted. */
export async function releaseNumbers(
  tx: Tx,
  of: { workspaceId: string; connectionId: string },
): Promise<void> {
  await tx
    .delete(connectionNumbers)
    .where(
      and(
        eq(connectionNumbers.connectionId, of.connectionId),
        eq(connectionNumbers.workspaceId, of.workspaceId),
      ),
    )
}
