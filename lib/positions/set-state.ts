import { and, eq, sql } from 'drizzle-orm'
import type { MemberActor } from '#lib/actors.ts'
import { record } from '#lib/audit/record.ts'
import { transaction } from '#lib/db/client.ts'
import { positions } from '#lib/db/schema/index.ts'
import { notFound } from '#lib/errors.ts'
import { isId } from '#lib/ids.ts'
import { mustBeAllowed } from '#lib/members/roles.ts'

/** Opens or closes a position, and records it once. Throws `not_found` for another workspace's. */
export async function setState(actor: MemberActor, id: string, state: 'open' | 'closed'): Promise<void> {
  mustBeAllowed(actor, 'edit_positions')
  if (!isId(id)) throw notFound('position')
  await transaction(async tx => {
    const [found] = await tx
      .select({ state: positions.state })
      .from(positions)
      .where(and(eq(positions.id, id), eq(positions.workspaceId, actor.workspaceId)))
      .for('update')
    if (!found) throw notFound('position')
    if (found.state === state) return
    const closedAt = state === 'closed' ? sql`now()` : null
    await tx.update(positions).set({ state, closedAt, updatedAt: sql`now()` }).where(eq(positions.id, id))
    const name = state === 'closed' ? 'position.closed' : 'position.reopened'
    await record(tx, actor, { name, subject: { kind: 'position', id } })
  })
}
