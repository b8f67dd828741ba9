import { and, eq, isNull } from 'drizzle-orm'
import type { MemberActor } from '#lib/actors.ts'
import { db } from '#lib/db/client.ts'
import { connections, jobs, positionLinks } from '#lib/db/schema/index.ts'
import { notFound } from '#lib/errors.ts'
import { isId } from '#lib/ids.ts'

/** The living link of a position with its job and connection, as read by verbs; undefined when it has none. */
export async function readLink(actor: MemberActor, positionId: string) {
  if (!isId(positionId)) throw notFound('position')
  const [row] = await db()
    .select({ link: positionLinks, job: jobs, connection: connections })
    .from(positionLinks)
    .innerJoin(jobs, eq(jobs.id, positionLinks.jobId))
    .innerJoin(connections, eq(connections.id, positionLinks.connectionId))
    .where(
      and(
        eq(positionLinks.positionId, positionId),
        eq(positionLinks.workspaceId, actor.workspaceId),
        isNull(positionLinks.endedAt),
      ),
    )
  return row
}
