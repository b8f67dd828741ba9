import { and, eq, sql } from 'drizzle-orm'
import type { MemberActor } from '#lib/actors.ts'
import { record } from '#lib/audit/record.ts'
import { transaction } from '#lib/db/client.ts'
import { positions } from '#lib/db/schema/index.ts'
import { notFound } from '#lib/errors.ts'
import type { Fields } from '#lib/forms/parse.ts'
import { isId } from '#lib/ids.ts'
import { mustBeAllowed } from '#lib/members/roles.ts'
import { positionFields } from './fields.ts'

/** Changes what a position says about itself. */
export async function editPosition(actor: MemberActor, id: string, fields: Fields): Promise<void> {
  mustBeAllowed(actor, 'edit_positions')
  if (!isId(id)) throw notFound('position')
  await transaction(async tx => {
    const [found] = await tx
      .select({ ownerId: positions.ownerId })
      .from(positions)
      .where(and(eq(positions.id, id), eq(positions.workspaceId, actor.workspaceId)))
      .for('update')
    if (!found) throw notFound('position')
    const values = await positionFields(tx, actor, fields, found.ownerId)
    await tx
      .update(positions)
      .set({ ...values, updatedAt: sql`now()` })
      .where(eq(positions.id, id))
    await record(tx, actor, { name: 'position.edited', subject: { kind: 'position', id } })
  })
}
