import { and, eq } from 'drizzle-orm'
import { z } from 'zod'
import type { MemberActor } from '#lib/actors.ts'
import { record } from '#lib/audit/record.ts'
import { transaction } from '#lib/db/client.ts'
import { positions } from '#lib/db/schema/index.ts'
import { GangwayError } from '#lib/errors.ts'
import type { Fields } from '#lib/forms/parse.ts'
import { newId } from '#lib/ids.ts'
import { mustBeAllowed } from '#lib/members/roles.ts'
import { positionFields } from './fields.ts'

/**
 * Makes an open position. `fields.id`, a uuid that the form was given when it was shown, makes a double press one position:
 * the second time the first one is given back.
 */
export async function createPosition(actor: MemberActor, fields: Fields): Promise<{ id: string }> {
  mustBeAllowed(actor, 'edit_positions')
  const wanted = z.uuid().safeParse(fields.id)
  const id = wanted.success ? wanted.data : newId()
  const { workspaceId } = actor
  return transaction(async tx => {
    const values = await positionFields(tx, actor, fields)
    const made = await tx
      .insert(positions)
      .values({ id, workspaceId, ...values })
      .onConflictDoNothing({ target: positions.id })
      .returning({ id: positions.id })
    if (made.length > 0) {
      await record(tx, actor, { name: 'position.created', subject: { kind: 'position', id } })
      return { id }
    }
    const [first] = await tx
      .select({ id: positions.id })
      .from(positions)
      .where(and(eq(positions.id, id), eq(positions.workspaceId, workspaceId)))
    if (!first) throw new GangwayError('conflict', 'position id is taken')
    return first
  })
}
