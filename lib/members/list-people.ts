import { and, asc, eq, isNull, or, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { MemberActor, MemberRole } from '#lib/actors.ts'
import { db } from '#lib/db/client.ts'
import { connections, members, positions, users } from '#lib/db/schema/index.ts'
import { notFound } from '#lib/errors.ts'
import { isId } from '#lib/ids.ts'
import { can, mustBeAllowed } from './roles.ts'

/** A person of the workspace. Her address is for those who manage people, else null. */
export type PersonRow = {
  id: string
  name: string
  email: string | null
  role: MemberRole
  lastUsedAt: Date | null
}

const aPage = 50

/** What the page's address asks for; what is not understood is as if it were not there. `after` is the last member shown. */
const query = z.object({
  q: z.string().max(200).catch(''),
  after: z.union([z.uuid(), z.literal('')]).catch(''),
})
export type PeopleQuery = z.infer<typeof query>

export function peopleQuery(search: Readonly<Record<string, unknown>>): PeopleQuery {
  const { q, after } = query.parse(search)
  return { q: q.replaceAll('\0', '').trim(), after }
}

const folded = sql`lower(${users.name})`

/**
 * The members of the workspace by name, a page of 50; `more` says that there is a next one. A search looks into names and, for
 * those who see them, into addresses.
 */
export async function listPeople(
  actor: MemberActor,
  { q, after }: PeopleQuery,
): Promise<{ rows: PersonRow[]; more: boolean }> {
  mustBeAllowed(actor, 'look')
  const addresses = can(actor.role, 'manage_people')
  const like = `%${q.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`
  const inAddress = addresses ? sql`lower(${users.email}) like ${like}` : undefined
  const start = after
    ? sql`(${folded}, ${members.id}) > (select lower(u.name), m.id from members m join users u on u.id = m.user_id
        where m.id = ${after} and m.workspace_id = ${actor.workspaceId})`
    : undefined
  const rows = await db()
    .select(columns)
    .from(members)
    .innerJoin(users, eq(users.id, members.userId))
    .where(and(here(actor), start, q ? or(sql`${folded} like ${like}`, inAddress) : undefined))
    .orderBy(asc(folded), asc(members.id))
    .limit(aPage + 1)
  return {
    rows: rows.slice(0, aPage).map(row => ({ ...row, email: addresses ? row.email : null })),
    more: rows.length > aPage,
  }
}

/** Somebody who is to be changed or removed: with how many positions and living connections bear her name. */
export type PersonDetail = PersonRow & { positions: number; connections: number }

/** One member. Throws `not_found`. */
export async function readPerson(actor: MemberActor, id: string): Promise<PersonDetail> {
  mustBeAllowed(actor, 'look')
  const [row] = isId(id)
    ? await db()
        .select({
          ...columns,
          positions: db().$count(
            positions,
            and(eq(positions.workspaceId, actor.workspaceId), eq(positions.ownerId, id)),
          ),
          connections: db().$count(
            connections,
            and(
              eq(connections.workspaceId, actor.workspaceId),
              eq(connections.createdBy, id),
              sql`${connections.status} <> 'deleted'`,
            ),
          ),
        })
        .from(members)
        .innerJoin(users, eq(users.id, members.userId))
        .where(and(here(actor), eq(members.id, id)))
    : []
  if (!row) throw notFound('member')
  return { ...row, email: can(actor.role, 'manage_people') ? row.email : null }
}

const columns = {
  id: members.id,
  name: users.name,
  email: users.email,
  role: members.role,
  lastUsedAt: members.lastUsedAt,
}

const here = (actor: MemberActor) =>
  and(eq(members.workspaceId, actor.workspaceId), isNull(members.removedAt))
