import { and, desc, eq, isNull, ne, sql } from 'drizzle-orm'
import type { MemberActor } from '#lib/actors.ts'
import { db } from '#lib/db/client.ts'
import { connections, consents, events, jobs, members, positionLinks, positions, users } from '#lib/db/schema/index.ts'
import { notFound } from '#lib/errors.ts'
import { isId } from '#lib/ids.ts'
import { mustBeAllowed } from '#lib/members/roles.ts'

const mostOfEach = 100

/** A living connection of this workspace, with who made it. Throws `not_found` for any other. */
export async function readConnection(actor: MemberActor, id: string) {
  mustBeAllowed(actor, 'look')
  if (!isId(id)) throw notFound('connection')
  const [row] = await db()
    .select({ connection: connections, createdBy: users.name })
    .from(connections)
    .innerJoin(members, eq(members.id, connections.createdBy))
    .innerJoin(users, eq(users.id, members.userId))
    .where(
      and(
        eq(connections.id, id),
        eq(connections.workspaceId, actor.workspaceId),
        ne(connections.status, 'deleted'),
      ),
    )
  if (!row) throw notFound('connection')
  return { ...row.connection, createdByName: row.createdBy }
}

/** The positions that are linked through a connection, newest link first. */
export async function linkedPositions(actor: MemberActor, connectionId: string) {
  return db()
    .select({
      id: positions.id,
      title: positions.title,
      code: positions.code,
      jobTitle: jobs.title,
      jobRef: jobs.remoteRef,
      linkedAt: positionLinks.createdAt,
    })
    .from(positionLinks)
    .innerJoin(positions, eq(positions.id, positionLinks.positionId))
    .innerJoin(jobs, eq(jobs.id, positionLinks.jobId))
    .where(
      and(
        eq(positionLinks.workspaceId, actor.workspaceId),
        eq(positionLinks.connectionId, connectionId),
        isNull(positionLinks.endedAt),
      ),
    )
    .orderBy(desc(positionLinks.createdAt))
    .limit(mostOfEach)
}

/** What happened to a connection, newest first, with the name of whoever did it where it was a member. */
export async function activityOf(actor: MemberActor, connectionId: string) {
  return db()
    .select({ id: events.id, name: events.name, at: events.at, data: events.data, who: users.name })
    .from(events)
    .leftJoin(members, and(eq(events.actorKind, 'member'), sql`${members.id}::text = ${events.actorId}`))
    .leftJoin(users, eq(users.id, members.userId))
    .where(
      and(
        eq(events.workspaceId, actor.workspaceId),
        eq(events.subjectKind, 'connection'),
        eq(events.subjectId, connectionId),
      ),
    )
    .orderBy(desc(events.at), desc(events.id))
    .limit(mostOfEach)
}

/** The consents with which a connection was made and changed, newest first: wording, choice, person and time. */
export async function consentsOf(actor: MemberActor, connectionId: string) {
  return db()
    .select()
    .from(consents)
    .where(and(eq(consents.workspaceId, actor.workspaceId), eq(consents.connectionId, connectionId)))
    .orderBy(desc(consents.agreedAt))
    .limit(mostOfEach)
}
