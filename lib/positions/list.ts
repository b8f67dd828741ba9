import { type SQL, sql } from 'drizzle-orm'
import type { MemberActor } from '#lib/actors.ts'
import { db } from '#lib/db/client.ts'
import { folded } from '#lib/forms/text.ts'
import { mustBeAllowed } from '#lib/members/roles.ts'
import type { PositionRow } from '#lib/views.ts'
import type { PositionCursor, PositionQuery, PositionSort } from './query.ts'
import { positionColumns, positionJoins, type RawPosition, toPositionRow } from './row.ts'

export const pageSize = 25

export type PositionPage = { rows: PositionRow[]; earlier?: PositionCursor; next?: PositionCursor }

type Order = { column: SQL; down: boolean; index: 'moment' | 'title' }

/** Each order is that of an index in `lib/db/schema/positions.ts`, the place of nulls included, or it would be sorted anew. */
const orders = {
  newest: { index: 'moment', column: sql`p.created_at`, down: true },
  oldest: { index: 'moment', column: sql`p.created_at`, down: false },
  title: { index: 'title', column: sql`lower(p.title)`, down: false },
  title_down: { index: 'title', column: sql`lower(p.title)`, down: true },
} as const satisfies Record<PositionSort, Order>

/**
 * A page of the workspace's positions with their links, in one query. Each state is read from its own index and only as far
 * as the page goes, so that ten thousand positions cost what fifty do.
 */
export async function listPositions(actor: MemberActor, query: PositionQuery): Promise<PositionPage> {
  mustBeAllowed(actor, 'look')
  const { cursor } = query
  const backward = cursor?.to === 'earlier'
  const found = await db().execute<RawPosition>(pageQuery(actor, query))
  const more = found.length > pageSize
  const page = found.slice(0, pageSize)
  if (backward) page.reverse()
  return pageOf(page, orders[query.sort], {
    before: backward ? more : Boolean(cursor),
    after: backward || more,
  })
}

/** The query of a page and one row more, which says whether there is a page behind it. Backward it is upside down. */
export function pageQuery(actor: MemberActor, query: PositionQuery): SQL {
  const order = orders[query.sort]
  const towards = { ...order, down: order.down !== (query.cursor?.to === 'earlier') }
  const states = query.state === 'all' ? (['open', 'closed'] as const) : [query.state]
  const parts = states.map(state => pageOfState(actor, query, state, towards))
  return sql`select * from (${sql.join(parts, sql` union all `)}) as pages
    order by ${columnOf(order)} ${direction(towards)}, id ${direction(towards)} limit ${pageSize + 1}`
}

/** One state's part of the page; within it the order is that of the index. */
function pageOfState(actor: MemberActor, query: PositionQuery, state: string, order: Order): SQL {
  const conditions = [
    sql`p.workspace_id = ${actor.workspaceId}`,
    sql`p.state = ${state}`,
    ...filters(query),
    ...beyond(query, order),
  ]
  return sql`(select ${positionColumns} from positions p ${positionJoins}
    where ${sql.join(conditions, sql` and `)}
    order by ${order.column} ${direction(order)}, p.id ${direction(order)} limit ${pageSize + 1})`
}

function filters(query: PositionQuery): SQL[] {
  const words = folded(query.q).split(' ').filter(Boolean).slice(0, 6)
  const conditions = words.map(word => sql`p.search like ${`%${word.replace(/[\\%_]/g, '\\$&')}%`}`)
  if (query.department) conditions.push(sql`p.department = ${query.department}`)
  if (query.owner) conditions.push(sql`p.owner_id = ${query.owner}`)
  if (query.ats === 'linked') conditions.push(sql`l.id is not null`)
  if (query.ats === 'unlinked') conditions.push(sql`l.id is null`)
  return conditions
}

function beyond(query: PositionQuery, order: Order): SQL[] {
  if (!query.cursor) return []
  const { key, id } = query.cursor
  const edge = order.index === 'title' ? sql`${key}::text` : sql`${key}::timestamptz`
  return [sql`(${order.column}, p.id) ${sql.raw(order.down ? '<' : '>')} (${edge}, ${id}::uuid)`]
}

/** An index is read in its own direction or backward; the nulls that there are none of have to lie where it has them. */
function direction({ index, down }: Order): SQL {
  if (index === 'moment') return down ? sql`desc nulls last` : sql`asc nulls first`
  return down ? sql`desc nulls first` : sql`asc nulls last`
}

const columnOf = ({ index }: Order) => (index === 'moment' ? sql`created_at` : sql`title_folded`)

function pageOf(
  raw: readonly RawPosition[],
  order: Order,
  there: { before: boolean; after: boolean },
): PositionPage {
  const keyOf = (row: RawPosition) => (order.index === 'moment' ? row.created_exact : row.title_folded)
  const [first, last] = [raw.at(0), raw.at(-1)]
  return {
    rows: raw.map(toPositionRow),
    ...(there.before && first && { earlier: { to: 'earlier', key: keyOf(first), id: first.id } }),
    ...(there.after && last && { next: { to: 'next', key: keyOf(last), id: last.id } }),
  }
}
