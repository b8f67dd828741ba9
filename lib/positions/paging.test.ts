import { sql } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import type { MemberActor } from '#lib/actors.ts'
import { db, sqlClient } from '#lib/db/client.ts'
import { makeWorkspace } from '#lib/db/testing.ts'
import { countPositions } from './count.ts'
import { listPositions, pageQuery } from './list.ts'
import { type PositionQuery, positionAddress, positionQuery } from './query.ts'

const many = 10_000
let owner: MemberActor

beforeAll(async () => {
  owner = (await makeWorkspace()).owner
  const { workspaceId, memberId } = owner
  // Each moment ten times and each title twice, so that only the id parts rows that are equal otherwise.
  await sqlClient()`insert into positions (id, workspace_id, title, department, owner_id, search, state, created_at)
    select gen_random_uuid(), ${workspaceId}, 'Title ' || lpad((n / 2)::text, 5, '0'), 'Department ' || n % 7, ${memberId}, 'title ' || n,
      case when n % 5 = 0 then 'closed' else 'open' end, timestamptz '2026-01-01 00:00:00.123456+00' + (n / 10) * interval '1.000001 second'
    from generate_series(1, ${many}) n`
  await sqlClient()`analyze positions`
})

async function walk(query: PositionQuery, to: 'next' | 'earlier', mostPages = Number.POSITIVE_INFINITY) {
  const pages: string[][] = []
  let at: PositionQuery | undefined = query
  let last: PositionQuery = query
  while (at && pages.length < mostPages) {
    last = at
    const page = await listPositions(owner, at)
    pages.push(page.rows.map(row => row.id))
    const cursor = page[to]
    // Through the address, as a browser goes.
    const params = cursor && new URL(positionAddress('/p', { ...query, cursor }), 'http://x').searchParams
    at = params && positionQuery(Object.fromEntries(params))
  }
  return { pages, last }
}

test('every open position is met once on the way through the pages, and the way back is the same', async () => {
  const forth = await walk(positionQuery({}), 'next')
  expect(new Set(forth.pages.flat()).size).toBe(many * 0.8)
  expect(forth.pages.flat()).toHaveLength(many * 0.8)
  const back = await walk(forth.last, 'earlier')
  expect(back.pages.toReversed()).toEqual(forth.pages)
}, 60_000)

test.each(['newest', 'oldest', 'title', 'title_down'] as const)(
  'sorted by %s, open and closed come in one order',
  async sort => {
    const query = positionQuery({ sort, state: 'all' })
    const forth = await walk(query, 'next', 12)
    const ids = forth.pages.flat()
    const order = {
      newest: 'created_at desc, id desc',
      oldest: 'created_at, id',
      title: 'lower(title), id',
      title_down: 'lower(title) desc, id desc',
    }[sort]
    const rows = await sqlClient().unsafe(
      `select id from positions where workspace_id = '${owner.workspaceId}' order by ${order} limit ${ids.length}`,
    )
    expect(ids).toEqual(rows.map(row => row.id))
    const back = await walk(forth.last, 'earlier')
    expect(back.pages.toReversed()).toEqual(forth.pages)
  },
)

test.each([
  ['newest', 'positions_newest'],
  ['oldest', 'positions_newest'],
  ['title', 'positions_title'],
  ['title_down', 'positions_title'],
] as const)('a page sorted by %s is read out of its index, in both directions', async (sort, index) => {
  for (const state of ['open', 'all']) {
    const first = await listPositions(owner, positionQuery({ sort, state }))
    const second = { ...positionQuery({ sort, state }), cursor: first.next }
    const { earlier } = await listPositions(owner, second)
    for (const query of [second, { ...second, cursor: earlier }]) {
      const rows = await db().execute(sql`explain ${pageQuery(owner, query)}`)
      const plan = rows.map(row => String(row['QUERY PLAN'])).join('\n')
      expect(plan).toContain(`using ${index} on positions`)
      expect(plan).not.toContain('Seq Scan on positions')
    }
  }
})

test('numbers stop at a thousand: nobody waits for a count', async () => {
  expect(await countPositions(owner)).toEqual({ open: 1001, closed: 1001, linked: 0 })
})

test.each([
  'x',
  '%00',
  btoa('{}'),
  btoa('[1]'),
  btoa('{"to":"next","key":"2026","id":"x"}'),
  btoa(`{"to":"next","key":"'; drop table positions","id":"${crypto.randomUUID()}"}`),
  btoa(`{"to":"next","key":"2026-01-01 00:00:00+00","id":"${crypto.randomUUID()}","more":1}`),
  'A'.repeat(5000),
])('a page that somebody made up is the first page: %s', async page => {
  const query = positionQuery({ page, q: ['a', 'b'], sort: 'x', state: '__proto__', owner: '1' })
  expect(query).toEqual(positionQuery({}))
  expect((await listPositions(owner, query)).rows).toHaveLength(25)
})
