import { createHash } from 'node:crypto'
import { sql } from 'drizzle-orm'
import type { MemberActor } from '#lib/actors.ts'
import { db } from '#lib/db/client.ts'
import { mustBeAllowed } from '#lib/members/roles.ts'
import { shownNumber } from './phone.ts'
import { numbersLike } from './search.ts'
import type { Ticks } from './ticks.ts'

/** A number that a connection may use: for what it can be, is, and whom else it serves. */
export type NumberChoice = {
  id: string
  shown: string
  label: string
  owner: string
  can: { calls: boolean; messages: boolean }
  ticked: { calls: boolean; messages: boolean }
  /** Names of other connections that use it. */
  others: string[]
}

export type NumberChoices = {
  items: NumberChoice[]
  /** There are more that fit than are shown; those with a tick are always shown. */
  cut: boolean
  /** Stands for what is linked now: a form that was made before somebody changed it is told. */
  known: string
}

/** So many are shown besides those with a tick: a page of hundreds is searched, not read. */
export const mostShown = 200

type Raw = {
  id: string
  e164: string
  label: string
  owner: string
  carries_calls: boolean
  carries_messages: boolean
  calls: boolean
  messages: boolean
  others: string[] | null
  chosen: boolean
}

/**
 * The numbers to choose from for a connection: those with a tick first, then those that fit `q` by label, in one query. `ticks`
 * are those of a form that was sent already; without them, what is linked.
 */
export async function numberChoices(
  actor: MemberActor,
  of: { connectionId: string; q?: string; ticks?: Ticks | undefined },
): Promise<NumberChoices> {
  mustBeAllowed(actor, 'look')
  const { ticks } = of
  const raw = await db().execute<Raw>(choicesQuery(actor, of))
  const chosen = raw.filter(row => row.chosen)
  const others = raw.filter(row => !row.chosen)
  const linked = (use: 'calls' | 'messages') => raw.filter(row => row[use]).map(row => row.id)
  return {
    items: [...chosen, ...others.slice(0, mostShown)].map(row => toChoice(row, ticks)),
    cut: others.length > mostShown,
    known: knownOf({ calls: linked('calls'), messages: linked('messages') }),
  }
}

function choicesQuery(
  actor: MemberActor,
  { connectionId, q, ticks }: { connectionId: string; q?: string; ticks?: Ticks | undefined },
) {
  const ticked = [...(ticks?.calls ?? []), ...(ticks?.messages ?? [])]
  const isTicked = ticked.length > 0 ? sql`n.id in ${ticked}` : sql`false`
  const isLinked = sql`(l.calls or l.messages)`
  return sql`select * from (
      select n.id, n.e164, n.label, u.name as owner, n.carries_calls, n.carries_messages, l.calls, l.messages, l.others,
        (${isLinked} or ${isTicked}) as chosen,
        row_number() over (partition by (${isLinked} or ${isTicked}) order by lower(n.label), n.id) as place
      from numbers n
      join members m on m.id = n.owner_id
      join users u on u.id = m.user_id
      cross join lateral (
        select coalesce(bool_or(cn.connection_id = ${connectionId} and cn.use = 'calls'), false) as calls,
          coalesce(bool_or(cn.connection_id = ${connectionId} and cn.use = 'messages'), false) as messages,
          array_agg(distinct c.name) filter (where cn.connection_id <> ${connectionId}) as others
        from connection_numbers cn join connections c on c.id = cn.connection_id where cn.number_id = n.id
      ) l
      where n.workspace_id = ${actor.workspaceId} and n.removed_at is null
        and (${q ? numbersLike(q) : sql`true`} or ${isLinked} or ${isTicked})
    ) as found
    where chosen or place <= ${mostShown + 1}
    order by chosen desc, place`
}

function toChoice(row: Raw, ticks: Ticks | undefined): NumberChoice {
  const ticked = (use: 'calls' | 'messages') => (ticks ? ticks[use].includes(row.id) : row[use])
  return {
    id: row.id,
    shown: shownNumber(row.e164).text,
    label: row.label,
    owner: row.owner,
    can: { calls: row.carries_calls, messages: row.carries_messages },
    ticked: { calls: ticked('calls'), messages: ticked('messages') },
    others: row.others ?? [],
  }
}

/** Names a set of links, whatever their order. */
export function knownOf(links: Ticks): string {
  const text = [...links.calls.map(id => `calls ${id}`), ...links.messages.map(id => `messages ${id}`)]
  return createHash('sha256').update(text.sort().join('\n')).digest('base64url').slice(0, 16)
}
