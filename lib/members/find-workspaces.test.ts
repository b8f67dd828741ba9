import { expect, test } from 'vitest'
import { db, sqlClient } from '#lib/db/client.ts'
import { members, workspaces } from '#lib/db/schema/index.ts'
import { makeWorkspace } from '#lib/db/testing.ts'
import { newId } from '#lib/ids.ts'
import { findWorkspaces } from './find-workspaces.ts'
import { workspacesOf } from './workspaces-of.ts'

test('somebody in sixty workspaces pages through them by name, finds one by a part of it, and sees no others', async () => {
  const { owner, partnerId } = await makeWorkspace('Aardvark')
  const made = Array.from({ length: 60 }, (_, at) => ({ id: newId(), name: `Branch ${100 + at}` }))
  await db()
    .insert(workspaces)
    .values(made.map(each => ({ ...each, partnerId, slug: each.id })))
  await db()
    .insert(members)
    .values(
      made.map(({ id }) => ({ id: newId(), workspaceId: id, userId: owner.userId, role: 'viewer' as const })),
    )
  await db().insert(workspaces).values({ id: newId(), partnerId, slug: newId(), name: 'Branch of others' })
  const first = await findWorkspaces(owner)
  const second = await findWorkspaces(owner, { after: first.rows.at(-1)?.id })
  expect([first.rows.length, first.more, second.more]).toEqual([50, true, false])
  expect([...first.rows, ...second.rows].map(({ name }) => name)).toEqual([
    'Aardvark',
    ...made.map(({ name }) => name),
  ])
  const found = async (q: string) => (await findWorkspaces(owner, { q })).rows.map(({ name }) => name)
  expect(await found('BRANCH 157')).toEqual(['Branch 157'])
  for (const odd of ['of others', '%', '_', "' or true --"]) expect(await found(odd)).toEqual([])
  await sqlClient()`update members set removed_at = now() where workspace_id = ${String(made[57]?.id)}`
  expect(await found('branch 157')).toEqual([])
  expect(await workspacesOf(owner, 13)).toHaveLength(13)
})

// Taken out with: the membership behind `after` in `find-workspaces.ts`.
test('A-106 the id of a workspace of others tells nothing, not even where its name would stand', async () => {
  const { owner } = await makeWorkspace('Zebra')
  const { workspaceId } = await makeWorkspace('Aardvark')
  expect((await findWorkspaces(owner, { after: workspaceId })).rows).toEqual([])
})
