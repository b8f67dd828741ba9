import { sql } from 'drizzle-orm'
import type { MemberActor } from '#lib/actors.ts'
import { db } from '#lib/db/client.ts'
import { mustBeAllowed } from '#lib/members/roles.ts'

/** Nobody counts further than this: a larger number is said as "more than". */
export const countedUpTo = 1000

export type PositionCounts = { open: number; closed: number; linked: number }

/** How many positions there are, and how many open ones are linked; each number is at most `countedUpTo + 1`. */
export async function countPositions(actor: MemberActor): Promise<PositionCounts> {
  mustBeAllowed(actor, 'look')
  const { workspaceId } = actor
  const most = countedUpTo + 1
  const ofState = (state: string) => sql`(select count(*)::int from
    (select 1 from positions where workspace_id = ${workspaceId} and state = ${state} limit ${most}) as counted)`
  const [counts] = await db().execute<PositionCounts>(sql`select
    ${ofState('open')} as open, ${ofState('closed')} as closed,
    (select count(*)::int from (select 1 from position_links l join positions p on p.id = l.position_id
      where l.workspace_id = ${workspaceId} and l.ended_at is null and p.state = 'open' limit ${most}) as counted) as linked`)
  return counts ?? { open: 0, closed: 0, linked: 0 }
}
