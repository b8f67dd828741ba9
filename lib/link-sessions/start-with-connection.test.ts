import { eq } from 'drizzle-orm'
import { afterAll, expect, test } from 'vitest'
import { connectTo, linkedPosition } from '#lib/connections/testing.ts'
import { openSandbox } from '#lib/connectors/workable/testing.ts'
import { db } from '#lib/db/client.ts'
import { linkSessions, positions } from '#lib/db/schema/index.ts'
import { makeMember, makeWorkspace } from '#lib/db/testing.ts'
import { startLinkSession } from './start.ts'

const sandbox = await openSandbox()
afterAll(() => sandbox.stop())

const sessionOf = async (id: string) =>
  (await db().select().from(linkSessions).where(eq(linkSessions.id, id)))[0]

async function linked(wish: Parameters<typeof connectTo>[3] = {}) {
  const workspace = await makeWorkspace()
  const { id: connectionId } = await connectTo(sandbox, workspace.owner, 'acme', wish)
  return { ...workspace, connectionId, ...(await linkedPosition(workspace.owner, connectionId)) }
}

test('changing the job starts the walk at the job, with the connection that is there; an open walk is started over', async () => {
  const { owner, positionId, connectionId } = await linked()
  const open = await startLinkSession(owner, { positionId })
  const { id } = await startLinkSession(owner, { positionId, useConnectionId: connectionId })
  expect(await sessionOf(open.id)).toMatchObject({ state: 'abandoned' })
  expect(await sessionOf(id)).toMatchObject({
    state: 'open',
    step: 'job',
    connector: 'workable',
    environment: 'sandbox',
    connectionId,
    answers: { useConnectionId: connectionId },
  })
})

test('a connection that needs a new key, is switched off or of another workspace changes no job', async () => {
  const dead = await linked({ status: 'needs_reauth' })
  await expect(
    startLinkSession(dead.owner, { positionId: dead.positionId, useConnectionId: dead.connectionId }),
  ).rejects.toMatchObject({ code: 'conflict', said: { key: 'connections.not_usable.needs_reauth' } })
  const off = await linked({ status: 'inactive' })
  await expect(
    startLinkSession(off.owner, { positionId: off.positionId, useConnectionId: off.connectionId }),
  ).rejects.toMatchObject({ code: 'conflict' })
  const own = await linked()
  await expect(
    startLinkSession(own.owner, { positionId: own.positionId, useConnectionId: dead.connectionId }),
  ).rejects.toMatchObject({ code: 'not_found' })
  await expect(
    startLinkSession(own.owner, { positionId: dead.positionId, useConnectionId: own.connectionId }),
  ).rejects.toMatchObject({ code: 'not_found' })
})

test('a viewer changes no job, and nobody that of a closed position', async () => {
  const { owner, positionId, connectionId, ...workspace } = await linked()
  const viewer = await makeMember(workspace, 'viewer')
  const input = { positionId, useConnectionId: connectionId }
  await expect(startLinkSession(viewer, input)).rejects.toMatchObject({ code: 'forbidden' })
  await db().update(positions).set({ state: 'closed' }).where(eq(positions.id, positionId))
  await expect(startLinkSession(owner, input)).rejects.toMatchObject({ code: 'conflict' })
})

test('a new key for a connection: the walk knows name and subdomain already, and begins with the way', async () => {
  const { owner, connectionId } = await linked({ status: 'needs_reauth' })
  const { id } = await startLinkSession(owner, { mendConnectionId: connectionId })
  expect(await sessionOf(id)).toMatchObject({
    positionId: null,
    step: 'how',
    connectionId: null,
    answers: { name: 'Workable, acme', fields: { subdomain: 'acme' } },
  })
})

test('a recruiter gives a new key to the connection that she made, and to no other', async () => {
  const workspace = await makeWorkspace()
  const recruiter = await makeMember(workspace, 'recruiter')
  const own = await connectTo(sandbox, recruiter, 'acme')
  const other = await connectTo(sandbox, workspace.owner, 'larkfield')
  await startLinkSession(recruiter, { mendConnectionId: own.id })
  await expect(startLinkSession(recruiter, { mendConnectionId: other.id })).rejects.toMatchObject({
    code: 'forbidden',
    said: { key: 'connections.replace_forbidden' },
  })
  const { owner: stranger } = await makeWorkspace('Other')
  await expect(startLinkSession(stranger, { mendConnectionId: own.id })).rejects.toMatchObject({
    code: 'not_found',
  })
})

test('New authentication is for admins, and for an ATS that there is', async () => {
  const workspace = await makeWorkspace()
  const input = { connector: 'workable', environment: 'sandbox' as const }
  const { id } = await startLinkSession(workspace.owner, input)
  expect(await sessionOf(id)).toMatchObject({ step: 'how', connector: 'workable', environment: 'sandbox' })
  const recruiter = await makeMember(workspace, 'recruiter')
  await expect(startLinkSession(recruiter, input)).rejects.toMatchObject({ code: 'forbidden' })
  await expect(startLinkSession(workspace.owner, { ...input, connector: 'toString' })).rejects.toMatchObject({
    code: 'not_found',
  })
})
