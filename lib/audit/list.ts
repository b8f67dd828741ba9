import { type SQL, sql } from 'drizzle-orm'
import type { MemberActor } from '#lib/actors.ts'
import { db } from '#lib/db/client.ts'
import { mustBeAllowed } from '#lib/members/roles.ts'
import { type Found, findFor } from './find.ts'
import { eventNames, kindOf } from './names.ts'
import type { AuditCursor, AuditQuery } from './query.ts'
import { type AuditRow, nameRows, type RawEvent } from './rows.ts'

export const pageSize = 50

export type AuditPage = { rows: AuditRow[]; earlier?: AuditCursor; next?: AuditCursor }

/** How the reader reads: her zone, in which days begin, and which changes her search's words mean in her language. */
export type Reading = { timeZone: string; namesMeant: readonly string[] }

/**
 * A page of the workspace's log, newest first. Each way in (a person, a kind of change, what a search found) is read from an
 * index of its own and only as far as the page goes, so that a million entries cost what a thousand do.
 */
export async function listEvents(
  actor: MemberActor,
  query: AuditQuery,
  reading: Reading,
  size = pageSize,
): Promise<AuditPage> {
  mustBeAllowed(actor, 'read_audit')
  const { cursor } = query
  const backward = cursor?.to === 'earlier'
  const found = await db().execute<RawEvent>(await pageQuery(actor, query, reading, size + 1))
  const more = found.length > size
  const page = found.slice(0, size)
  if (backward) page.reverse()
  const [first, last] = [page.at(0), page.at(-1)]
  const [before, after] = backward ? [more, true] : [Boolean(cursor), more]
  return {
    rows: await nameRows(actor, page),
    ...(before && first && { earlier: { to: 'earlier', key: first.at_exact, id: first.id } }),
    ...(after && last && { next: { to: 'next', key: last.at_exact, id: last.id } }),
  }
}

/** The query of a page of so many rows. Backward it is upside down. */
export async function pageQuery(
  actor: MemberActor,
  query: AuditQuery,
  reading: Reading,
  most: number,
): Promise<SQL> {
  const found = await findFor(actor, query, reading.namesMeant)
  const backward = query.cursor?.to === 'earlier'
  // As the indexes have it, the place of nulls that there are none of included, or all would be sorted anew.
  const order = backward
    ? sql`at asc nulls first, id asc nulls first`
    : sql`at desc nulls last, id desc nulls last`
  const { ways, rest } = waysIn(query, found)
  const conditions = [...rest, ...span(query, reading.timeZone), ...beyond(query.cursor)]
  const parts = ways.map(
    way => sql`(select id, at from events
      where ${sql.join([sql`workspace_id = ${actor.workspaceId}`, way, ...conditions], sql` and `)}
      order by ${order} limit ${most})`,
  )
  return sql`select e.id, e.at, e.at::text as at_exact, e.name, e.actor_kind, e.actor_id, e.subject_kind, e.subject_id,
      e.address, e.user_agent, e.data
    from (${sql.join(parts, sql` union `)}) as page join events e on e.id = page.id
    order by ${backward ? sql`e.at asc, e.id asc` : sql`e.at desc, e.id desc`} limit ${most}`
}

/** The narrowest filter says through which indexes to go; the others are looked at on the way. */
function waysIn(query: AuditQuery, found: Found): { ways: SQL[]; rest: SQL[] } {
  const filters: SQL[][] = []
  if (query.person) filters.push(found.people)
  if (query.q) filters.push(found.searched)
  if (query.kind) filters.push(namesOf(query.kind).map(name => sql`name = ${name}`))
  const [ways = [sql`true`], ...rest] = filters
  return { ways: anyOf(ways), rest: rest.map(each => sql`(${sql.join(anyOf(each), sql` or `)})`) }
}

/** Nothing was found, so nothing fits. */
const anyOf = (ways: SQL[]): SQL[] => (ways.length > 0 ? ways : [sql`false`])

const namesOf = (kind: string): string[] => eventNames.filter(name => kindOf(name) === kind)

/** Whole days, as they begin and end in the reader's zone. */
function span({ from, to }: AuditQuery, timeZone: string): SQL[] {
  const startOf = (day: string, later: number) =>
    sql`((${day}::date + ${later}::int)::timestamp at time zone ${timeZone})`
  return [...(from ? [sql`at >= ${startOf(from, 0)}`] : []), ...(to ? [sql`at < ${startOf(to, 1)}`] : [])]
}

const beyond = (cursor: AuditCursor | undefined): SQL[] =>
  cursor
    ? [
        sql`(at, id) ${cursor.to === 'earlier' ? sql`>` : sql`<`} (${cursor.key}::timestamptz, ${cursor.id}::uuid)`,
      ]
    : []
