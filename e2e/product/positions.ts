import type { Team } from '../team.ts'
import { actorOf } from './actor.ts'

/** Makes an open position. */
export async function newPosition(
  team: Team,
  title: string,
): Promise<{ id: string; title: string; path: string }> {
  const { db } = await import('#lib/db/client.ts')
  const { positions } = await import('#lib/db/schema/index.ts')
  const { newId } = await import('#lib/ids.ts')
  const id = newId()
  const { workspaceId, people } = team
  await db()
    .insert(positions)
    .values({ id, workspaceId, title, ownerId: people.owner.memberId, search: title.toLowerCase() })
  return { id, title, path: `/w/${team.slug}/positions/${id}` }
}

/** A position that is linked through a connection, to a job of this title. */
export async function newLink(team: Team, connectionId: string, job: { title: string; remoteRef: string }) {
  const { linkedPosition } = await import('#lib/connections/testing.ts')
  return linkedPosition(actorOf(team, team.people.owner), connectionId, job)
}

/** Links the newest sample position that has no link yet. */
export async function linkSample(team: Team, connectionId: string, remoteRef: string): Promise<void> {
  const { sqlClient } = await import('#lib/db/client.ts')
  const sql = sqlClient()
  const [sample] = await sql`select id, title from positions p where workspace_id = ${team.workspaceId}
    and not exists (select 1 from position_links l where l.position_id = p.id) order by created_at desc limit 1`
  const link = await newLink(team, connectionId, { title: String(sample?.title), remoteRef })
  await sql`update position_links set position_id = ${String(sample?.id)} where id = ${link.linkId}`
  await sql`delete from positions where id = ${link.positionId}`
}
