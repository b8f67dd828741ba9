import { expect, test } from 'vitest'
import type { PartnerActor } from '#lib/actors.ts'
import { db } from '#lib/db/client.ts'
import { workspaces } from '#lib/db/schema/index.ts'
import { makeWorkspace } from '#lib/db/testing.ts'
import { newId } from '#lib/ids.ts'
import { listWorkspaces } from './list-workspaces.ts'

const ownerOf = async (): Promise<PartnerActor> => {
  const { owner, partnerId } = await makeWorkspace('Aardvark')
  const { userId, sessionId, name, email } = owner
  return { kind: 'partner', partnerId, userId, sessionId, name, email, role: 'owner' }
}

test("a partner sees its own customers by name, and nobody else's", async () => {
  const owner = await ownerOf()
  await ownerOf()
  const id = newId()
  await db().insert(workspaces).values({ id, partnerId: owner.partnerId, slug: id, name: 'zebra' })
  const { rows, more } = await listWorkspaces(owner)
  expect(rows.map(({ name, people, connections }) => [name, people, connections])).toEqual([
    ['Aardvark', 1, 0],
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
  const first = await listWorkspaces(owner)
  const second = await listWorkspaces(owner, { after: first.rows.at(-1)?.id })
  expect([first.rows.length, first.more]).toEqual([50, true])
  expect([...first.rows, ...second.rows].map(({ name }) => name)).toEqual([
    'Aardvark',
    ...made.map(({ name }) => name),
  ])
  expect((await listWorkspaces(owner, { after: "' or 1=1" })).rows).toEqual(first.rows)
})

// Taken out with: `partner_id` behind `after` in `lib/partners/list-workspaces.ts`.
test('A-106 the id of another partner’s customer tells nothing, not even where its name would stand', async () => {
  const owner = await ownerOf()
  const { workspaceId } = await makeWorkspace('AAA')
  expect((await listWorkspaces(owner, { after: workspaceId })).rows).toEqual([])
})

test('a search finds a customer by a part of its name, signs and letter case aside, and which ones she is in herself', async () => {
  const owner = await ownerOf()
  const names = ['Zebra 100%', 'Zebra 1000']
  await db()
    .insert(workspaces)
    .values(names.map(name => ({ id: newId(), partnerId: owner.partnerId, slug: newId(), name })))
  const found = async (q: string) =>
    (await listWorkspaces(owner, { q })).rows.map(({ name, mine }) => [name, mine])
  expect(await found('zEBRA 100%')).toEqual([['Zebra 100%', false]])
  expect(await found('ark')).toEqual([['Aardvark', true]])
  for (const odd of ['_', '\\', "' or true --", 'a\0ardvark?']) expect(await found(odd)).toEqual([])
})
