import { eq } from 'drizzle-orm'
import { afterAll, expect, test } from 'vitest'
import { checkNow } from '#lib/connections/check-now.ts'
import { openSandbox } from '#lib/connectors/workable/testing.ts'
import { db } from '#lib/db/client.ts'
import { checks, consents } from '#lib/db/schema/index.ts'
import { makeMember, makeWorkspace } from '#lib/db/testing.ts'
import { newId } from '#lib/ids.ts'
import { consentFile } from './consent-file.ts'
import { listConnections } from './list.ts'
import { listConnectors, readConnector } from './list-connectors.ts'
import {
  activityOf,
  consentsOf,
  countLinkedPositions,
  linkedPositions,
  readConnection,
  readConsent,
} from './read.ts'
import { connectTo, linkedPosition } from './testing.ts'

const sandbox = await openSandbox()
afterAll(() => sandbox.stop())

const notFound = { code: 'not_found' }

test('a workspace sees its own connections, the newest first, with their positions; never the deleted ones', async () => {
  const { owner } = await makeWorkspace()
  const { owner: stranger } = await makeWorkspace('Other')
  const old = await connectTo(sandbox, owner, 'acme', { createdAt: new Date('2026-01-01') })
  const young = await connectTo(sandbox, owner, 'larkfield', { environment: 'live' })
  await connectTo(sandbox, owner, 'quietwater', { status: 'deleted' })
  await connectTo(sandbox, stranger, 'acme')
  await linkedPosition(owner, old.id)
  const rows = await listConnections(owner)
  expect(rows.map(row => [row.id, row.positions])).toEqual([
    [young.id, 0],
    [old.id, 1],
  ])
  expect(rows[0]).toMatchObject({
    createdBy: owner.memberId,
    createdByName: owner.name,
    lastFour: young.token.slice(-4),
  })
  expect(await listConnections(owner, { environment: 'sandbox' })).toHaveLength(1)
  expect(await listConnections(owner, { connector: 'nobody' })).toEqual([])
})

test('nothing of what a connection shows carries its key', async () => {
  const { owner } = await makeWorkspace()
  const { id, token } = await connectTo(sandbox, owner, 'acme')
  const all = [await listConnections(owner), await readConnection(owner, id), await activityOf(owner, id)]
  expect(JSON.stringify(all)).not.toContain(token)
})

test('a connection of another workspace does not exist, whatever is asked of it', async () => {
  const { owner } = await makeWorkspace()
  const { owner: stranger, workspaceId } = await makeWorkspace('Other')
  const { id } = await connectTo(sandbox, owner, 'acme')
  await linkedPosition(owner, id)
  const consentId = await agreed(owner, id)
  await expect(readConnection(stranger, id)).rejects.toMatchObject(notFound)
  await expect(checkNow(stranger, { connectionId: id })).rejects.toMatchObject(notFound)
  await expect(readConsent(stranger, { connectionId: id, consentId })).rejects.toMatchObject(notFound)
  expect(await linkedPositions(stranger, id)).toEqual([])
  expect(await countLinkedPositions(stranger, id)).toBe(0)
  expect(await activityOf(stranger, id)).toEqual([])
  expect(await consentsOf(stranger, id)).toEqual([])
  const own = await makeMember({ ...stranger, workspaceId }, 'viewer')
  await expect(readConnection(own, id)).rejects.toMatchObject(notFound)
})

test('an address that is none, or names another ATS, leads nowhere', async () => {
  const { owner } = await makeWorkspace()
  const { id } = await connectTo(sandbox, owner, 'acme')
  await expect(readConnection(owner, "' or true --")).rejects.toMatchObject(notFound)
  await expect(readConnection(owner, id, 'another')).rejects.toMatchObject(notFound)
  expect(() => readConnector(owner, 'constructor', 'live')).toThrow('not found')
  expect(listConnectors(owner).map(({ id: ats, environment }) => `${ats} ${environment}`)).toEqual([
    'workable live',
    'workable sandbox',
  ])
})

test('admins check any connection, a recruiter the one that she made, a viewer none', async () => {
  const workspace = await makeWorkspace()
  const recruiter = await makeMember(workspace, 'recruiter')
  const own = await connectTo(sandbox, recruiter, 'acme')
  const other = await connectTo(sandbox, workspace.owner, 'larkfield')
  const viewer = await makeMember(workspace, 'viewer')
  const forbidden = { code: 'forbidden', said: { key: 'connections.check_forbidden' } }
  await checkNow(recruiter, { connectionId: own.id })
  await checkNow(await makeMember(workspace, 'admin'), { connectionId: other.id })
  await expect(checkNow(recruiter, { connectionId: other.id })).rejects.toMatchObject(forbidden)
  await expect(checkNow(viewer, { connectionId: own.id })).rejects.toMatchObject(forbidden)
})

test('a check that is under way is enough, and more than ten an hour are refused with the minutes to wait', async () => {
  const { owner } = await makeWorkspace()
  const { id } = await connectTo(sandbox, owner, 'acme')
  for (let press = 1; press <= 10; press++) await checkNow(owner, { connectionId: id })
  await expect(checkNow(owner, { connectionId: id })).rejects.toMatchObject({
    code: 'too_many',
    said: { key: 'connections.too_many_checks', values: { minutes: 60 } },
  })
  expect(await db().$count(checks, eq(checks.connectionId, id))).toBe(1)
})

test('a connection that is switched off is not checked', async () => {
  const { owner } = await makeWorkspace()
  const { id } = await connectTo(sandbox, owner, 'acme', { status: 'inactive' })
  await expect(checkNow(owner, { connectionId: id })).rejects.toMatchObject({ code: 'conflict' })
})

test('the consent can be taken away as it was read: person, time, account, choice and the very words', async () => {
  const { owner } = await makeWorkspace('Larkfield')
  const { id } = await connectTo(sandbox, owner, 'acme')
  const consentId = await agreed(owner, id)
  const { name, text } = consentFile(await readConsent(owner, { connectionId: id, consentId }))
  expect(name).toBe('consent-2026-11-02.txt')
  for (const part of [
    'Larkfield',
    'acme',
    owner.name,
    '2026-11-02T09:30:00.000Z',
    'Read only',
    'r_jobs, r_candidates',
  ])
    expect(text).toContain(part)
  expect(text).toContain('Reads\n- Jobs: To find the job (r_jobs)')
})

async function agreed(actor: Awaited<ReturnType<typeof makeMember>>, connectionId: string): Promise<string> {
  const id = newId()
  await db()
    .insert(consents)
    .values({
      id,
      workspaceId: actor.workspaceId,
      linkSessionId: newId(),
      connectionId,
      userId: actor.userId,
      memberId: actor.memberId,
      personName: actor.name,
      connector: 'workable',
      permissions: 'read',
      scopes: ['r_jobs', 'r_candidates'],
      locale: 'en',
      wording: {
        title: 'Review the data permissions',
        groups: [{ title: 'Reads', rows: [{ what: 'Jobs', why: 'To find the job', scope: 'r_jobs' }] }],
      },
      agreedAt: new Date('2026-11-02T09:30:00Z'),
    })
  return id
}
