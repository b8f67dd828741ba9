import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { db, sqlClient } from './client.ts'
import { events } from './schema/index.ts'
import { makeMember, makeWorkspace } from './testing.ts'

test('what happened can be added and never changed or removed', async () => {
  const { partnerId, workspaceId, owner } = await makeWorkspace()
  await db().insert(events).values({
    id: randomUUID(),
    partnerId,
    workspaceId,
    name: 'connection.activated',
    actorKind: 'member',
    actorId: owner.memberId,
    subjectKind: 'connection',
    subjectId: randomUUID(),
    data: {},
  })
  const sql = sqlClient()
  await expect(sql`update events set name = 'other'`).rejects.toThrow('append-only')
  await expect(sql`delete from events`).rejects.toThrow('append-only')
  await expect(sql`truncate events`).rejects.toThrow('append-only')
  expect(await sql`select name from events`).toEqual([{ name: 'connection.activated' }])
})

test('two people of a workspace have roles of their own', async () => {
  const workspace = await makeWorkspace()
  const viewer = await makeMember(workspace, 'viewer')
  const rows =
    await sqlClient()`select role from members where workspace_id = ${workspace.workspaceId} order by role`
  expect(rows.map(row => row.role)).toEqual(['owner', 'viewer'])
  expect(viewer.workspaceId).toBe(workspace.workspaceId)
})
