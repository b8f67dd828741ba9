import { and, eq, inArray, type SQL, sql } from 'drizzle-orm'
import type { MemberActor } from '#lib/actors.ts'
import { db } from '#lib/db/client.ts'
import { connections, members, positions, users } from '#lib/db/schema/index.ts'
import { folded } from '#lib/forms/text.ts'
import { isId } from '#lib/ids.ts'
import { mustBeAllowed } from '#lib/members/roles.ts'
import type { AuditQuery } from './query.ts'

/** Conditions on an event, one of each list enough: the person that is asked for, and what the search means. */
export type Found = { people: SQL[]; searched: SQL[] }

/** So many people, positions and connections does a search mean at most; whoever means more types more. */
const most = 20

/** Finds whom and what a query means, in this workspace. `namesMeant` are the changes whose words fit the search. */
export async function findFor(
  actor: MemberActor,
  query: AuditQuery,
  namesMeant: readonly string[],
): Promise<Found> {
  const [people, searched] = await Promise.all([
    peopleFor(actor, query.person),
    query.q ? search(actor, query.q, namesMeant) : [],
  ])
  return { people, searched }
}

async function peopleFor(actor: MemberActor, person: string): Promise<SQL[]> {
  if (person === 'system') return [sql`actor_kind = 'system'`]
  if (!person) return []
  return actedBy(await memberRows(actor, eq(members.id, person)))
}

async function search(actor: MemberActor, q: string, namesMeant: readonly string[]): Promise<SQL[]> {
  const byId = isId(q.toLowerCase()) ? [q.toLowerCase()] : []
  const like = `%${q.replace(/[\\%_]/g, '\\$&')}%`
  const [people, titled, named] = await Promise.all([
    memberRows(actor, sql`lower(${users.name}) like lower(${like})`),
    db()
      .select({ id: positions.id })
      .from(positions)
      .where(
        and(
          eq(positions.workspaceId, actor.workspaceId),
          sql`${positions.search} like ${`%${folded(q).replace(/[\\%_]/g, '\\$&')}%`}`,
        ),
      )
      .limit(most),
    db()
      .select({ id: connections.id })
      .from(connections)
      .where(
        and(
          eq(connections.workspaceId, actor.workspaceId),
          sql`lower(${connections.name}) like lower(${like})`,
        ),
      )
      .limit(most),
  ])
  return [
    ...actedBy(people),
    ...namesMeant.map(name => sql`name = ${name}`),
    ...about('position', [...byId, ...titled.map(({ id }) => id)]),
    ...about('connection', [...byId, ...named.map(({ id }) => id)]),
    ...about('member', [...byId, ...people.map(({ id }) => id)]),
  ]
}

type Member = { id: string; userId: string }

/** Members of the workspace, removed ones too: what they did stays theirs. */
const memberRows = (actor: MemberActor, condition: SQL): Promise<Member[]> =>
  db()
    .select({ id: members.id, userId: members.userId })
    .from(members)
    .innerJoin(users, eq(users.id, members.userId))
    .where(and(eq(members.workspaceId, actor.workspaceId), condition))
    .limit(most)

/** What a person did as a member, and, such as at the set-up, before she was one. */
const actedBy = (people: readonly Member[]): SQL[] =>
  people.flatMap(({ id, userId }) => [id, userId]).map(id => sql`actor_id = ${id}`)

const about = (kind: string, ids: readonly string[]): SQL[] =>
  ids.map(id => sql`(subject_kind = ${kind} and subject_id = ${id})`)

export type AuditPerson = { id: string; name: string }

/** Everybody who has ever been a member, by name, to filter by; the first 500. */
export async function listAuditPeople(actor: MemberActor): Promise<AuditPerson[]> {
  mustBeAllowed(actor, 'read_audit')
  return db()
    .select({ id: members.id, name: users.name })
    .from(members)
    .innerJoin(users, eq(users.id, members.userId))
    .where(eq(members.workspaceId, actor.workspaceId))
    .orderBy(sql`lower(${users.name})`, members.id)
    .limit(500)
}

/** The names that members of this workspace have now, by their ids and by those of their users. */
export async function namesOfPeople(
  actor: MemberActor,
  ids: readonly string[],
): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await db()
    .select({ id: members.id, userId: members.userId, name: users.name })
    .from(members)
    .innerJoin(users, eq(users.id, members.userId))
    .where(
      and(
        eq(members.workspaceId, actor.workspaceId),
        sql`(${inArray(members.id, [...ids])} or ${inArray(members.userId, [...ids])})`,
      ),
    )
  return new Map(rows.flatMap(({ id, userId, name }) => [[id, name] as const, [userId, name] as const]))
}
