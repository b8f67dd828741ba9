import { expect, test } from 'vitest'
import type { PartnerActor } from '#lib/actors.ts'
import { db, sqlClient } from '#lib/db/client.ts'
import { connections, linkSessions, workspaces } from '#lib/db/schema/index.ts'
import { makeMember, makeWorkspace } from '#lib/db/testing.ts'
import { newId } from '#lib/ids.ts'
import { listCustomers, pageQuery } from './list.ts'
import { sumsOf } from './sums.ts'

const ownerOf = async (): Promise<PartnerActor> => {
  const { owner, partnerId } = await makeWorkspace('Aardvark')
  const { userId, sessionId, name, email } = owner
  return { kind: 'partner', partnerId, userId, sessionId, name, email, role: 'owner' }
}

const customer = async ({ partnerId }: PartnerActor, name: string): Promise<string> => {
  const id = newId()
  await db().insert(workspaces).values({ id, partnerId, slug: id, name })
  return id
}

/** A connection of a workspace, as the database knows it; nothing is asked. */
async function connected(
  partnerId: string,
  workspaceId: string,
  wish: Partial<typeof connections.$inferInsert> = {},
): Promise<string> {
  const { memberId } = await makeMember({ partnerId, workspaceId }, 'admin')
  const id = newId()
  await db()
    .insert(connections)
    .values({
      id,
      workspaceId,
      connector: 'workable',
      environment: 'live',
      name: 'Workable',
      way: 'oauth',
      permissions: 'read_write',
      remoteAccountId: id,
      accountName: 'Acme',
      subdomain: 'acme',
      lastFour: '',
      createdBy: memberId,
      ...wish,
    })
  return id
}

test("a partner sees its own customers by name, and nobody else's", async () => {
  const owner = await ownerOf()
  await ownerOf()
  await customer(owner, 'zebra')
  const { rows, more } = await listCustomers(owner)
  expect(rows.map(({ name, positions, connections }) => [name, positions, connections])).toEqual([
    ['Aardvark', 0, 0],
    ['zebra', 0, 0],
  ])
  expect(more).toBe(false)
})

test('the next page begins after the last row of the one before, and an odd address is the first page', async () => {
  const owner = await ownerOf()
  const made = Array.from({ length: 55 }, (_, at) => ({ id: newId(), name: `Customer ${100 + at}` }))
  await db()
    .insert(workspaces)
    .values(made.map(each => ({ ...each, partnerId: owner.partnerId, slug: each.id })))
  const first = await listCustomers(owner)
  const second = await listCustomers(owner, { after: first.rows.at(-1)?.id })
  expect([first.rows.length, first.more]).toEqual([50, true])
  expect([...first.rows, ...second.rows].map(({ name }) => name)).toEqual([
    'Aardvark',
    ...made.map(({ name }) => name),
  ])
  expect((await listCustomers(owner, { after: "' or 1=1" })).rows).toEqual(first.rows)
})

// Taken out with: `partner_id` behind `after` in `lib/customers/list.ts`.
test('A-106 the id of another partner’s customer tells nothing, not even where its name would stand', async () => {
  const owner = await ownerOf()
  const { workspaceId } = await makeWorkspace('AAA')
  expect((await listCustomers(owner, { after: workspaceId })).rows).toEqual([])
})

test('a search finds a customer by a part of its name, signs and letter case aside, and which ones she is in herself', async () => {
  const owner = await ownerOf()
  for (const name of ['Zebra 100%', 'Zebra 1000']) await customer(owner, name)
  const found = async (q: string) =>
    (await listCustomers(owner, { q })).rows.map(({ name, mine }) => [name, mine])
  expect(await found('zEBRA 100%')).toEqual([['Zebra 100%', false]])
  expect(await found('ark')).toEqual([['Aardvark', true]])
  for (const odd of ['_', '\\', "' or true --", 'a\0ardvark?']) expect(await found(odd)).toEqual([])
})

test('a customer comes with its connections, those in need first, deleted ones left out; in need is what somebody has to look at', async () => {
  const owner = await ownerOf()
  const [fine, sick] = [await customer(owner, 'Fine'), await customer(owner, 'Sick')]
  const { partnerId } = owner
  await connected(partnerId, fine, { name: 'Works' })
  await connected(partnerId, fine, { name: 'Off', status: 'inactive', health: 'failing' })
  await connected(partnerId, sick, { name: 'Over', status: 'needs_reauth', health: 'failing' })
  await connected(partnerId, sick, { name: 'Fresh' })
  await connected(partnerId, sick, { name: 'Gone', status: 'deleted', health: 'failing' })
  const all = await listCustomers(owner)
  expect(
    all.rows.map(({ name, connections, worst }) => [name, connections, worst.map(each => each.name)]),
  ).toEqual([
    ['Aardvark', 0, []],
    ['Fine', 2, ['Off', 'Works']],
    ['Sick', 2, ['Over', 'Fresh']],
  ])
  expect(JSON.stringify(all.rows)).not.toMatch(/remoteAccount|lastFour|subdomain/)
  expect((await listCustomers(owner, { show: 'need' })).rows.map(({ name }) => name)).toEqual(['Sick'])
  expect(await sumsOf(owner)).toEqual({
    customers: 3,
    need: 1,
    invited: 0,
    connections: 4,
    health: { healthy: 2, degraded: 0, failing: 0, needs_reauth: 1, inactive: 1 },
  })
})

test('of a customer without a connection it is told where somebody stands in the wizard, while the walk is open', async () => {
  const owner = await ownerOf()
  const workspaceId = await customer(owner, 'Walking')
  const { memberId } = await makeMember({ partnerId: owner.partnerId, workspaceId }, 'owner')
  const id = newId()
  const expiresAt = new Date(Date.now() + 3_600_000)
  await db()
    .insert(linkSessions)
    .values({ id, workspaceId, startedBy: memberId, answers: {}, step: 'permissions', expiresAt })
  const walkOf = async () => (await listCustomers(owner, { q: 'walking' })).rows.map(({ walk }) => walk?.leg)
  expect(await walkOf()).toEqual(['allow'])
  await sqlClient()`update link_sessions set expires_at = now() where id = ${id}`
  expect(await walkOf()).toEqual([undefined])
})

test('a page among ten thousand customers is read from an index', async () => {
  const owner = await ownerOf()
  const { partnerId } = owner
  await sqlClient()`insert into workspaces (id, partner_id, slug, name)
    select gen_random_uuid(), ${partnerId}, 'crowd-' || n || '-' || left(${partnerId}, 8), 'Harbour ' || lpad(n::text, 5, '0')
    from generate_series(1, 10000) n`
  await sqlClient()`analyze workspaces`
  const first = await listCustomers(owner)
  const { sql, params } = pageQuery(owner, { after: first.rows.at(-1)?.id }).toSQL()
  const plan = await sqlClient().unsafe(`explain ${sql}`, params as string[])
  const lines = plan.map(row => String(row['QUERY PLAN'])).join('\n')
  expect(lines).toMatch(/Index (Only )?Scan using workspaces_by_name on workspaces/)
  expect(lines).not.toMatch(/Seq Scan on workspaces|Sort/)
  expect((await listCustomers(owner, { q: 'harbour 09999' })).rows).toHaveLength(1)
})
