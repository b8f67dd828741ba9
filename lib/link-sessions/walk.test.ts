import { eq } from 'drizzle-orm'
import { afterAll, expect, test } from 'vitest'
import { connectTo } from '#lib/connections/testing.ts'
import { openSandbox } from '#lib/connectors/workable/testing.ts'
import { db } from '#lib/db/client.ts'
import { consents, dataKeys, linkSessions, positions } from '#lib/db/schema/index.ts'
import { makeMember, makeWorkspace } from '#lib/db/testing.ts'
import { newId } from '#lib/ids.ts'
import { agreePermissions } from './agree-permissions.ts'
import { chooseWay, sayAdmin } from './choose.ts'
import { enterField } from './enter.ts'
import { pickAts } from './pick-ats.ts'
import { readWalk } from './read.ts'
import { startLinkSession } from './start.ts'
import { resume, startAgain } from './start-again.ts'
import { keptIn, makePosition, sessionRow, startedWalk, userOf, walkAtTheKey } from './testing.ts'

const sandbox = await openSandbox()
afterAll(() => sandbox.stop())

test('a walk goes on where it stood, after a closed browser and on another device', async () => {
  const { id, user } = await walkAtTheKey()
  expect(await resume({ ...user, sessionId: newId() }, id)).toEqual({ id, step: 'enter/api_key' })
})

test('two clicks at once, and a click tomorrow, find the one walk that is open for the position and person', async () => {
  const { owner } = await makeWorkspace()
  const positionId = await makePosition(owner)
  const started = await Promise.all([1, 2, 3].map(() => startLinkSession(owner, { positionId })))
  const later = await startLinkSession(owner, { positionId })
  expect(new Set([...started, later].map(each => each.id)).size).toBe(1)
})

test('a colleague has a walk of her own for the same position', async () => {
  const { owner, positionId, id, ...workspace } = await startedWalk()
  const colleague = await makeMember(workspace, 'recruiter')
  expect((await startLinkSession(colleague, { positionId })).id).not.toBe(id)
  await expect(readWalk(userOf(colleague), id)).rejects.toMatchObject({ code: 'not_found' })
})

test('a viewer connects nothing, and a closed position is not connected', async () => {
  const { owner, positionId, ...workspace } = await startedWalk()
  const viewer = await makeMember(workspace, 'viewer')
  await expect(startLinkSession(viewer, { positionId })).rejects.toMatchObject({ code: 'forbidden' })
  await db().update(positions).set({ state: 'closed' }).where(eq(positions.id, positionId))
  await expect(startLinkSession(owner, { positionId })).rejects.toMatchObject({ code: 'conflict' })
})

test('started again, the old walk has ended for good, and the key that was typed in it is shredded', async () => {
  const { id, user, enter, workspaceId } = await walkAtTheKey()
  await enter('a-key-that-was-typed')
  expect(await keptIn(workspaceId)).toMatchObject({ candidates: 1 })
  const fresh = await startAgain(user, { sessionId: id })
  expect(fresh.step).toBe('ats')
  expect(await keptIn(workspaceId)).toMatchObject({ candidates: 0 })
  expect(await db().$count(dataKeys, eq(dataKeys.workspaceId, workspaceId))).toBe(0)
  await expect(readWalk(user, id)).rejects.toMatchObject({ code: 'gone' })
})

test('an old tab sends a form that is not its turn: nothing changes, and it is led to where she stands', async () => {
  const { id, user } = await startedWalk()
  const before = await sessionRow(id)
  const typed = { subdomain: 'acme' }
  expect(await enterField(user, { sessionId: id, field: 'subdomain', typed })).toBe('ats')
  expect(await agreePermissions(user, { sessionId: id, permissions: 'read', locale: 'en' })).toBe('ats')
  expect(await sessionRow(id)).toEqual(before)
})

test('another ATS than before lets go of what was typed for the first; the same one keeps it', async () => {
  const { id, user, enter, workspaceId } = await walkAtTheKey()
  await enter('a-key-that-was-typed')
  expect(await pickAts(user, { sessionId: id, ats: 'workable/sandbox' })).toBe('how')
  expect(await keptIn(workspaceId)).toMatchObject({ candidates: 1 })
  await pickAts(user, { sessionId: id, ats: 'workable' })
  expect(await keptIn(workspaceId)).toMatchObject({ candidates: 0 })
  expect((await sessionRow(id)).answers).toEqual({ admin: 'me' })
})

test('an ATS that is not here, and a way that is not set up, are refused at their place', async () => {
  const { id, user } = await startedWalk()
  expect(await pickAts(user, { sessionId: id, ats: 'constructor' })).toBe('ats')
  expect((await sessionRow(id)).shown?.problems).toEqual({ ats: { key: 'wizard.ats.unknown' } })
  await pickAts(user, { sessionId: id, ats: 'workable' })
  expect(await chooseWay(user, { sessionId: id, way: 'oauth' })).toBe('how')
  expect((await sessionRow(id)).shown?.problems).toEqual({ way: { key: 'wizard.how.not_set_up' } })
})

test('somebody else is the admin: the screen waits for her answer, and goes on when she has the key', async () => {
  const { id, user } = await startedWalk()
  await pickAts(user, { sessionId: id, ats: 'workable' })
  await chooseWay(user, { sessionId: id, way: 'api_key' })
  expect(await sayAdmin(user, { sessionId: id, admin: 'other' })).toBe('admin')
  expect(await sayAdmin(user, { sessionId: id, admin: 'me' })).toBe('permissions')
})

test('what she agreed to is kept in the words of the screen, and agreeing otherwise replaces it', async () => {
  const { id, user, owner } = await walkAtTheKey('acme', 'read_write')
  await agreePermissions(user, { sessionId: id, permissions: 'read', locale: 'en-GB,en' })
  const kept = await db().select().from(consents).where(eq(consents.linkSessionId, id))
  expect(kept).toHaveLength(1)
  expect(kept[0]).toMatchObject({ permissions: 'read', personName: owner.name, memberId: owner.memberId })
  expect(kept[0]?.wording.groups[0]?.rows[0]).toEqual({
    what: 'Jobs and their stages',
    why: 'To offer you the job this position belongs to',
    scope: 'r_jobs',
  })
})

test('a walk lives 24 hours from its last step', async () => {
  const { id, user } = await walkAtTheKey()
  const { expiresAt, lastStepAt } = await sessionRow(id)
  expect(expiresAt.getTime() - lastStepAt.getTime()).toBe(24 * 3_600_000)
  await db()
    .update(linkSessions)
    .set({ expiresAt: new Date(Date.now() - 1000) })
    .where(eq(linkSessions.id, id))
  await expect(readWalk(user, id)).rejects.toMatchObject({ code: 'gone' })
  await expect(chooseWay(user, { sessionId: id, way: 'api_key' })).rejects.toMatchObject({ code: 'gone' })
})

test('a walk for a new key is started again for the same connection, also by who may not add another', async () => {
  const workspace = await makeWorkspace()
  const recruiter = await makeMember(workspace, 'recruiter')
  const own = await connectTo(sandbox, recruiter, 'acme')
  const { id } = await startLinkSession(recruiter, { mendConnectionId: own.id })
  const again = await startAgain(userOf(recruiter), { sessionId: id })
  expect(again).toEqual({ id: expect.not.stringMatching(id), step: 'how' })
  expect((await sessionRow(again.id)).answers).toMatchObject({ mendConnectionId: own.id })
})
