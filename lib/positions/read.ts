import { sql } from 'drizzle-orm'
import type { MemberActor } from '#lib/actors.ts'
import { db } from '#lib/db/client.ts'
import { notFound } from '#lib/errors.ts'
import { isId } from '#lib/ids.ts'
import { mustBeAllowed } from '#lib/members/roles.ts'
import type { PositionRow } from '#lib/views.ts'
import { positionColumns, positionJoins, type RawPosition, toPositionRow } from './row.ts'

/** One position with its living link. Throws `not_found` for what is not this workspace's. */
export async function readPosition(actor: MemberActor, id: string): Promise<PositionRow> {
  mustBeAllowed(actor, 'look')
  if (!isId(id)) throw notFound('position')
  const [raw] = await db().execute<RawPosition>(sql`
    select ${positionColumns} from positions p ${positionJoins}
    where p.id = ${id} and p.workspace_id = ${actor.workspaceId}`)
  if (!raw) throw notFound('position')
  return toPositionRow(raw)
}
