import { eq } from 'drizzle-orm'
import { afterAll, expect, test } from 'vitest'
import { readCheck } from '#lib/checks/read.ts'
import { openSandbox } from '#lib/connectors/workable/testing.ts'
import { db } from '#lib/db/client.ts'
import { credentials, dataKeys, rateLimits } from '#lib/db/schema/index.ts'
import { makeMember, makeWorkspace } from '#lib/db/testing.ts'
import { agreePermissions } from '#lib/link-sessions/agree-permissions.ts'
import { chooseWay, sayAdmin } from '#lib/link-sessions/choose.ts'
import { giveItThisKey } from '#lib/link-sessions/confirm.ts'
import { enterForm } from '#lib/link-sessions/enter.ts'
import { startLinkSession } from '#lib/link-sessions/start.ts'
import { examined, userOf } from '#lib/link-sessions/testing.ts'
import { readLink } from '#lib/position-links/read.ts'
import { activityOf, consentsOf } from './read.ts'
import { checkAtOnce, connectTo, linkedPosition, rowOf } from './testing.ts'

const sandbox = await openSandbox()
afterAll(() => sandbox.stop())

/** A connection whose key was revoked, made by a recruiter, with a position that is linked through it. */
async function dead() {
  const workspace = await makeWorkspace()
  const recruiter = await makeMember(workspace, 'recruiter')
  const connection = await connectTo(sandbox, recruiter, 'acme', { permissions: 'read' })
  const { positionId } = await linkedPosition(recruiter, connection.id)
  await sandbox.control(`/tokens/${connection.tokenId}/revoke`, 'POST')
  const { workspaceId } = workspace
  await checkAtOnce({ workspaceId, connectionId: connection.id })
  expect(await rowOf(connection.id)).toMatchObject({ status: 'needs_reauth' })
  return { ...workspace, recruiter, connection, positionId }
}

/** Walks to the doctor with a key, as the page of the connection starts it. */
async function walkWith(actor: Awaited<ReturnType<typeof makeMember>>, connectionId: string, apiKey: string) {
  const { id: sessionId } = await startLinkSession(actor, { mendConnectionId: connectionId })
  const user = userOf(actor)
  await chooseWay(user, { sessionId, way: 'api_key' })
  await sayAdmin(user, { sessionId, admin: 'me' })
  await agreePermissions(user, { sessionId, permissions: 'read_write', locale: 'en' })
  await enterForm(user, { sessionId, typed: { subdomain: 'acme', api_key: apiKey } })
  await db().delete(rateLimits)
  await examined(sessionId)
  return { user, sessionId }
}

test('whoever made it gives it a new key: it works again, under the same id, with its links and the new consent', async () => {
  const { recruiter, connection, positionId, workspaceId } = await dead()
  const { token } = await sandbox.token('acme')
  const { user, sessionId } = await walkWith(recruiter, connection.id, token)
  expect(await giveItThisKey(user, { sessionId })).toBe('done')
  expect(await rowOf(connection.id)).toMatchObject({
    status: 'active',
    permissions: 'read_write',
    lastFour: token.slice(-4),
    version: 2,
  })
  expect((await readLink(recruiter, positionId))?.connection.id).toBe(connection.id)
  expect(await consentsOf(recruiter, connection.id)).toMatchObject([{ permissions: 'read_write' }])
  const names = (await activityOf(recruiter, connection.id)).map(event => event.name)
  expect(names).toEqual(['connection.key_replaced', 'connection.needs_reauth'])
  const shown = await readCheck({ workspaceId, permissions: 'read_write', connectionId: connection.id })
  expect(shown?.findings.at(0)).toMatchObject({ check: 'account', state: 'passed' })
})

test('the old key is not kept beside the new one', async () => {
  const { recruiter, connection } = await dead()
  const { token } = await sandbox.token('acme')
  const { user, sessionId } = await walkWith(recruiter, connection.id, token)
  await giveItThisKey(user, { sessionId })
  expect(await db().$count(credentials, eq(credentials.connectionId, connection.id))).toBe(1)
  expect(await db().$count(dataKeys, eq(dataKeys.ownerId, connection.id))).toBe(1)
})

test('a recruiter who did not make it cannot give it a key; an admin can', async () => {
  const { connection, ...workspace } = await dead()
  const other = await makeMember(workspace, 'recruiter')
  const admin = await makeMember(workspace, 'admin')
  const { token } = await sandbox.token('acme')
  await expect(walkWith(other, connection.id, token)).rejects.toMatchObject({ code: 'forbidden' })
  const { user, sessionId } = await walkWith(admin, connection.id, token)
  expect(await giveItThisKey(user, { sessionId })).toBe('done')
})
