import { and, desc, eq, isNull, ne, sql } from 'drizzle-orm'
import type { MemberActor } from '#lib/actors.ts'
import { db } from '#lib/db/client.ts'
import { connectionNumbers, connections, numbers } from '#lib/db/schema/index.ts'
import { notFound } from '#lib/errors.ts'
import { isId } from '#lib/ids.ts'
import { mustBeAllowed } from '#lib/members/roles.ts'
import { shownNumber } from './phone.ts'

/** So many connections are named. */
const mostNamed = 100

export type NumberConnection = {
  id: string
  name: string
  connector: string
  calls: boolean
  messages: boolean
}

/** A number of this workspace. Throws `not_found` for one that was removed or is another's. */
export async function readNumber(actor: MemberActor, id: string) {
  mustBeAllowed(actor, 'look')
  const [row] = isId(id)
    ? await db()
        .select()
        .from(numbers)
        .where(and(eq(numbers.id, id), eq(numbers.workspaceId, actor.workspaceId), isNull(numbers.removedAt)))
    : []
  if (!row) throw notFound('number')
  return { ...row, shown: shownNumber(row.e164) }
}

/** The connections that use a number, by name, and for what. */
export async function connectionsOfNumber(actor: MemberActor, id: string): Promise<NumberConnection[]> {
  return db()
    .select({
      id: connections.id,
      name: connections.name,
      connector: connections.connector,
      calls: sql<boolean>`bool_or(${connectionNumbers.use} = 'calls')`,
      messages: sql<boolean>`bool_or(${connectionNumbers.use} = 'messages')`,
    })
    .from(connectionNumbers)
    .innerJoin(connections, eq(connections.id, connectionNumbers.connectionId))
    .where(
      and(
        eq(connectionNumbers.numberId, id),
        eq(connectionNumbers.workspaceId, actor.workspaceId),
        ne(connections.status, 'deleted'),
      ),
    )
    .groupBy(connections.id)
    .orderBy(sql`lower(${connections.name})`, connections.id)
    .limit(mostNamed)
}

/** The country of the number that the workspace added last: most likely that of the next one. */
export async function countryOfNewest(actor: MemberActor): Promise<string | undefined> {
  const [row] = await db()
    .select({ e164: numbers.e164 })
    .from(numbers)
    .where(and(eq(numbers.workspaceId, actor.workspaceId), isNull(numbers.removedAt)))
    .orderBy(desc(numbers.createdAt))
    .limit(1)
  return row && shownNumber(row.e164).country
}

/** How many numbers a connection uses. */
export async function countNumbers(actor: MemberActor, connectionId: string): Promise<number> {
  const [row] = await db()
    .select({ count: sql<number>`count(distinct ${connectionNumbers.numberId})::int` })
    .from(connectionNumbers)
    .where(
      and(
        eq(connectionNumbers.connectionId, connectionId),
        eq(connectionNumbers.workspaceId, actor.workspaceId),
      ),
    )
  return row?.count ?? 0
}
