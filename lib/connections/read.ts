import { and, desc, eq, isNull, ne, sql } from 'drizzle-orm'
import type { MemberActor } from '#lib/actors.ts'
import { db, type Tx } from '#lib/db/client.ts'
import {
  connections,
  consents,
  events,
  jobs,
  members,
  positionLinks,
  positions,
  users,
  workspaces,
} from '#lib/db/schema/index.ts'
import { notFound } from '#lib/errors.ts'
import { isId } from '#lib/ids.ts'
import { mustBeAllowed } from '#lib/members/roles.ts'

/** So many of each list are shown. */
export const mostOfEach = 100

/**
 * A living connection of this workspace, with who made it; of that ATS, where its address names one. Throws `not_found` for any
 * other.
 */
export async function readConnection(actor: MemberActor, id: string, connector?: string) {
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
        connector === undefined ? undefined : eq(connections.connector, connector),
      ),
    )
  if (!row) throw notFound('connection')
  return { ...row.connection, createdByName: row.createdBy }
}

/**
 * Holds a connection's row for a change: the lock of all verbs that change one; with `share`, only that nobody else changes it.
 * Throws `not_found` for one that is deleted or not this workspace's.
 */
export async function lockConnection(
  tx: Tx,
  actor: MemberActor,
  id: string,
  hold: 'update' | 'share' = 'update',
) {
  const [row] = isId(id)
    ? await tx
        .select()
        .from(connections)
        .where(
          and(
            eq(connections.id, id),
            eq(connections.workspaceId, actor.workspaceId),
            ne(connections.status, 'deleted'),
          ),
        )
        .for(hold)
    : []
  if (!row) throw notFound('connection')
  return row
}

/** The positions that are linked through a connection, newest link first. */
export async function linkedPositions(actor: MemberActor, connectionId: string) {
  return db()
    .select({
      id: positions.id,
      title: positions.title,
      code: positions.code,
      state: positions.state,
      jobTitle: jobs.title,
      jobRef: jobs.remoteRef,
      jobState: jobs.state,
      jobUrl: jobs.url,
      jobGone: sql<boolean>`${jobs.goneAt} is not null`,
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

/** How many positions are linked through a connection. */
export function countLinkedPositions(actor: MemberActor, connectionId: string): Promise<number> {
  return db().$count(
    positionLinks,
    and(
      eq(positionLinks.workspaceId, actor.workspaceId),
      eq(positionLinks.connectionId, connectionId),
      isNull(positionLinks.endedAt),
    ),
  )
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

/** One consent of a connection, to be taken away as a file. Throws `not_found` for any other. */
export async function readConsent(actor: MemberActor, of: { connectionId: string; consentId: string }) {
  mustBeAllowed(actor, 'look')
  if (!isId(of.connectionId) || !isId(of.consentId)) throw notFound('consent')
  const [row] = await db()
    .select({ consent: consents, workspace: workspaces.name, accountName: connections.accountName })
    .from(consents)
    .innerJoin(workspaces, eq(workspaces.id, consents.workspaceId))
    .innerJoin(connections, eq(connections.id, consents.connectionId))
    .where(
      and(
        eq(consents.id, of.consentId),
        eq(consents.workspaceId, actor.workspaceId),
        eq(consents.connectionId, of.connectionId),
        ne(connections.status, 'deleted'),
      ),
    )
  if (!row) throw notFound('consent')
  return row
}

export type ConnectionDetail = Awaited<ReturnType<typeof readConnection>>
export type LinkedPosition = Awaited<ReturnType<typeof linkedPositions>>[number]
export type ActivityRow = Awaited<ReturnType<typeof activityOf>>[number]
export type ConsentRow = Awaited<ReturnType<typeof consentsOf>>[number]
