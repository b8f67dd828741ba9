import { eq } from 'drizzle-orm'
import { afterAll, expect, test } from 'vitest'
import { connectTo, linkedPosition } from '#lib/connections/testing.ts'
import { openSandbox } from '#lib/connectors/workable/testing.ts'
import { db } from '#lib/db/client.ts'
import { events, positionLinks } from '#lib/db/schema/index.ts'
import { makeMember, makeWorkspace } from '#lib/db/testing.ts'
import { readLink } from './read.ts'
import { unlink } from './unlink.ts'

const sandbox = await openSandbox()
afterAll(() => sandbox.stop())

async function linked() {
  const workspace = await makeWorkspace()
  const { id: connectionId } = await connectTo(sandbox, workspace.owner, 'acme')
  return { ...workspace, connectionId, ...(await linkedPosition(workspace.owner, connectionId)) }
}

const namesOf = async (positionId: string) =>
  (await db().select({ name: events.name }).from(events).where(eq(events.subjectId, positionId))).map(
    row => row.name,
  )

test('a recruiter unlinks a position; the link’s row stays as what happened, with who ended it', async () => {
  const { positionId, linkId, ...workspace } = await linked()
  const recruiter = await makeMember(workspace, 'recruiter')
  await unlink(recruiter, { positionId })
  expect(await readLink(recruiter, positionId)).toBeUndefined()
  const [row] = await db().select().from(positionLinks).where(eq(positionLinks.id, linkId))
  expect(row).toMatchObject({ endedBy: recruiter.memberId, endedAt: expect.any(Date) })
  expect(await namesOf(positionId)).toEqual(['position.unlinked'])
})

test('pressed twice it is unlinked once', async () => {
  const { positionId, owner } = await linked()
  await Promise.all([
    unlink(owner, { positionId }),
    unlink(owner, { positionId }),
    unlink(owner, { positionId }),
  ])
  expect(await namesOf(positionId)).toEqual(['position.unlinked'])
})

test('a viewer may not, and another workspace’s position is left alone', async () => {
  const { positionId, owner, ...workspace } = await linked()
  const viewer = await makeMember(workspace, 'viewer')
  await expect(unlink(viewer, { positionId })).rejects.toMatchObject({ code: 'forbidden' })
  const { owner: stranger } = await makeWorkspace('Other')
  await expect(unlink(stranger, { positionId })).rejects.toMatchObject({ code: 'not_found' })
  await expect(unlink(stranger, { positionId: 'no id' })).rejects.toMatchObject({ code: 'not_found' })
  expect(await readLink(stranger, positionId)).toBeUndefined()
  expect(await readLink(owner, positionId)).toBeDefined()
})
