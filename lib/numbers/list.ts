import { type SQL, sql } from 'drizzle-orm'
import type { MemberActor } from '#lib/actors.ts'
import { db } from '#lib/db/client.ts'
import { isId } from '#lib/ids.ts'
import { mustBeAllowed } from '#lib/members/roles.ts'
import { shownNumber } from './phone.ts'
import { numbersLike } from './search.ts'

/** A number in the list, with how many connections use it. */
export type NumberRow = {
  id: string
  /** As people read it: `+31 20 555 0100`. */
  shown: string
  /** Two letters, where it belongs to one country. */
  country: string | undefined
  label: string
  owner: string
  calls: boolean
  messages: boolean
  connections: number
}

type Raw = Omit<NumberRow, 'shown' | 'country'> & { e164: string }

const aPage = 50

/** The workspace's numbers by label, a page of 50 after the number `after`; `more` says that there is a next page. */
export async function listNumbers(
  actor: MemberActor,
  query: { q?: string; after?: string },
): Promise<{ rows: NumberRow[]; more: boolean }> {
  mustBeAllowed(actor, 'look')
  const raw = await db().execute<Raw>(pageQuery(actor, query))
  return { rows: raw.slice(0, aPage).map(toRow), more: raw.length > aPage }
}

/** The query of a page and one row more; it reads the index `numbers_list` as far as the page goes. */
export function pageQuery(actor: MemberActor, { q, after }: { q?: string; after?: string }): SQL {
  const conditions = [
    sql`n.workspace_id = ${actor.workspaceId}`,
    sql`n.removed_at is null`,
    ...(q ? [numbersLike(q)] : []),
    // Its row is there also when it was removed meanwhile, so that the page goes on where it ended.
    ...(after && isId(after)
      ? [
          sql`(lower(n.label), n.id) > (select lower(a.label), a.id from numbers a
            where a.id = ${after} and a.workspace_id = ${actor.workspaceId})`,
        ]
      : []),
  ]
  return sql`select n.id, n.e164, n.label, u.name as owner, n.carries_calls as calls, n.carries_messages as messages,
      (select count(distinct c.connection_id)::int from connection_numbers c where c.number_id = n.id) as connections
    from numbers n join members m on m.id = n.owner_id join users u on u.id = m.user_id
    where ${sql.join(conditions, sql` and `)} order by lower(n.label), n.id limit ${aPage + 1}`
}

function toRow({ e164, ...raw }: Raw): NumberRow {
  const { text, country } = shownNumber(e164)
  return { ...raw, shown: text, country }
}
