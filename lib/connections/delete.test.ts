import { and, desc, eq, isNull, sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import type { MemberActor } from '#lib/actors.ts'
import { runCheck } from '#lib/checks/run.ts'
import { openSandbox } from '#lib/connectors/workable/testing.ts'
import * as passwords from '#lib/crypto/password.ts'
import { db, transaction } from '#lib/db/client.ts'
import {
  checks,
  connections,
  credentials,
  dataKeys,
  deletionReceipts,
  events,
  identities,
  jobs,
  positionLinks,
  sessions,
} from '#lib/db/schema/index.ts'
import { makeMember, makeWorkspace } from '#lib/db/testing.ts'
import { newId } from '#lib/ids.ts'
import { fetchJobs } from '#lib/jobs/fetch.ts'
import { giveItThisKey } from '#lib/link-sessions/confirm.ts'
import { startLinkSession } from '#lib/link-sessions/start.ts'
import { keptIn, makePosition, sessionRow, userOf } from '#lib/link-sessions/testing.ts'
import { linkJob } from '#lib/position-links/link-job.ts'
import { readLink } from '#lib/position-links/read.ts'
import { readPosition } from '#lib/positions/read.ts'
import { checkNow } from './check-now.ts'
import { deleteConnection } from './delete.ts'
import { listConnections } from './list.ts'
import { readConnection } from './read.ts'
import { listReceipts, readReceipt, sayRevoked } from './receipts.ts'
import { connectTo, linkedPosition, rowOf } from './testing.ts'

const sandbox = await openSandbox()
const password = 'harbour lantern tuesday oak'

// The limits are of interest here and the hash is not: a cheap one stands in.
vi.mock('#lib/crypto/password.ts', { spy: true })
beforeEach(() => {
  vi.mocked(passwords.verifyPassword).mockImplementation(
    async (typed, kept) => kept !== null && typed === password,
  )
  vi.mocked(passwords.needsRehash).mockReturnValue(false)
})
beforeAll(() => sandbox.set({ rateLimit: false }))
afterAll(() => sandbox.stop())

/** Signs a person in, `minutes` ago. */
async function signedIn(actor: MemberActor, minutes = 0): Promise<MemberActor> {
  const id = newId()
  await db()
    .insert(sessions)
    .values({
      id,
      userId: actor.userId,
      secretHash: id,
      provenAt: sql`now() - make_interval(mins => ${minutes})`,
      expiresAt: sql`now() + interval '1 day'`,
    })
  await db()
    .insert(identities)
    .values({ id: newId(), userId: actor.userId, kind: 'password', passwordHash: '$scrypt$…' })
    .onConflictDoNothing()
  return { ...actor, sessionId: id }
}

async function connected() {
  const workspace = await makeWorkspace()
  const owner = await signedIn(workspace.owner)
  const connection = await connectTo(sandbox, owner, 'acme', { partnerClientId: 'partner-1' })
  return { ...workspace, ...connection, owner, remove: (typed = {}) => remove(owner, connection.id, typed) }
}

const remove = (actor: MemberActor, connectionId: string, typed: Record<string, string> = {}) =>
  deleteConnection(actor, {
    connectionId,
    fields: { word: 'DELETE', ...typed },
    from: { address: '10.0.0.1' },
  })

const eventsOf = async (id: string) =>
  (await db().select({ name: events.name }).from(events).where(eq(events.subjectId, id))).map(row => row.name)

test('deleting shreds the data key and the credential, ends the links, and leaves a receipt', async () => {
  const { id, owner, workspaceId, token, remove } = await connected()
  const { positionId, linkId, jobId } = await linkedPosition(owner, id)
  await db().insert(jobs).values({
    id: newId(),
    workspaceId,
    connectionId: id,
    remoteId: 'free',
    remoteRef: 'F',
    title: 'Free',
    state: 'published',
    search: 'free',
  })
  const receipt = await remove()
  expect(await rowOf(id)).toMatchObject({
    status: 'deleted',
    deletedAt: expect.any(Date),
    partnerClientId: null,
    nextCheckAt: null,
  })
  expect(await db().$count(dataKeys, eq(dataKeys.ownerId, id))).toBe(0)
  expect(await db().$count(credentials, eq(credentials.connectionId, id))).toBe(0)
  const [link] = await db().select().from(positionLinks).where(eq(positionLinks.id, linkId))
  expect(link).toMatchObject({ endedBy: owner.memberId, endedAt: expect.any(Date) })
  expect(await readLink(owner, positionId)).toBeUndefined()
  expect((await readPosition(owner, positionId)).link).toBeUndefined()
  const left = await db().select({ id: jobs.id }).from(jobs).where(eq(jobs.connectionId, id))
  expect(left).toEqual([{ id: jobId }])
  expect(await eventsOf(id)).toEqual(['connection.deleted'])
  expect(await eventsOf(positionId)).toEqual(['position.unlinked'])
  expect(await readReceipt(owner, receipt)).toMatchObject({
    connectionId: id,
    name: 'Workable, acme',
    lastFour: token.slice(-4),
    endedLinks: [{ positionId, title: 'Customs Declarant' }],
    deletedByName: owner.name,
    number: expect.stringMatching(/^R-\d{4}-[0-9A-F]{8}$/),
    keysUrl: `${sandbox.origin.replace('//', '//acme.')}/backend/settings/integrations`,
    revokedAt: null,
  })
})

test('a deleted connection is nowhere any more, but for its receipt; the account can be connected again', async () => {
  const { id, owner, remove } = await connected()
  const receipt = await remove()
  expect(await listConnections(owner)).toEqual([])
  await expect(readConnection(owner, id)).rejects.toMatchObject({ code: 'not_found' })
  await expect(checkNow(owner, { connectionId: id })).rejects.toMatchObject({ code: 'not_found' })
  await expect(startLinkSession(owner, { mendConnectionId: id })).rejects.toMatchObject({ code: 'not_found' })
  expect((await listReceipts(owner)).map(row => row.id)).toEqual([receipt])
  const { id: second } = await connectTo(sandbox, owner, 'acme')
  expect((await listConnections(owner)).map(row => row.id)).toEqual([second])
})

test('without the word nothing happens, and it is said at the word', async () => {
  const { id, remove } = await connected()
  for (const word of ['', 'delete', 'DELETE it'])
    await expect(remove({ word })).rejects.toMatchObject({
      problems: { word: { key: 'connections.delete.problems.word' } },
    })
  expect((await rowOf(id)).status).toBe('active')
  await remove({ word: ' DELETE ' })
})

test('after 15 minutes it wants the password again; a wrong one deletes nothing, the right one makes the session fresh', async () => {
  const { id, ...workspace } = await connected()
  const owner = await signedIn(workspace.owner, 16)
  const at = (key: string) => ({ problems: { password: { key } } })
  await expect(remove(owner, id)).rejects.toMatchObject(at('prove.needed'))
  await expect(remove(owner, id, { password: 'wrong' })).rejects.toMatchObject(at('prove.wrong'))
  expect((await rowOf(id)).status).toBe('active')
  await remove(owner, id, { password })
  expect((await rowOf(id)).status).toBe('deleted')
  const other = await connectTo(sandbox, owner, 'larkfield')
  await remove(owner, other.id)
})

test('a wrong password counts as a try to sign in: the eleventh is not looked at any more', async () => {
  const { id, ...workspace } = await connected()
  const owner = await signedIn(workspace.owner, 60)
  for (let n = 0; n < 10; n++)
    await expect(remove(owner, id, { password: 'wrong' })).rejects.toMatchObject({ code: 'invalid' })
  await expect(remove(owner, id, { password })).rejects.toMatchObject({ code: 'too_many' })
  expect((await rowOf(id)).status).toBe('active')
})

test('deleted in two tabs and by two people at once it is deleted once, with one receipt', async () => {
  const { id, owner, ...workspace } = await connected()
  const admin = await signedIn(await makeMember(workspace, 'admin'))
  const { positionId } = await linkedPosition(owner, id)
  const receipts = await Promise.all([owner, owner, admin, admin].map(actor => remove(actor, id)))
  expect(new Set(receipts).size).toBe(1)
  expect(await remove(admin, id, { word: '' })).toBe(receipts[0])
  expect(await db().$count(deletionReceipts, eq(deletionReceipts.connectionId, id))).toBe(1)
  expect(await eventsOf(id)).toEqual(['connection.deleted'])
  expect(await eventsOf(positionId)).toEqual(['position.unlinked'])
})

test('deleted while it is checked it stays deleted, whatever the check finds, and is asked no further', async () => {
  const { id, owner, tokenId } = await connected()
  await checkNow(owner, { connectionId: id })
  const newest = async () => {
    const [row] = await db()
      .select()
      .from(checks)
      .where(eq(checks.connectionId, id))
      .orderBy(desc(checks.createdAt))
    return row
  }
  await sandbox.fault('/spi/v3/accounts/acme', { kind: 'delay', ms: 500 })
  const running = runCheck((await newest())?.id ?? '')
  await vi.waitFor(async () => expect(await newest()).toMatchObject({ state: 'running' }))
  await remove(owner, id)
  await running
  expect(await rowOf(id)).toMatchObject({ status: 'deleted', lastCheckedAt: null })
  expect(await newest()).toMatchObject({ state: 'cancelled' })
  expect((await sandbox.ledger(tokenId)).length).toBeLessThanOrEqual(1)
  await runCheck((await newest())?.id ?? '')
  await fetchJobs(id)
  expect((await sandbox.ledger(tokenId)).length).toBeLessThanOrEqual(1)
})

test('a walk that was to give it a new key ends, and the key typed in it goes with it', async () => {
  const { id, owner, workspaceId, remove } = await connected()
  const { id: sessionId } = await startLinkSession(owner, { mendConnectionId: id })
  const { keepCandidate } = await import('#lib/link-sessions/candidate-credential.ts')
  const { Secret } = await import('#lib/crypto/secret.ts')
  await transaction(tx => keepCandidate(tx, { id: sessionId, workspaceId }, new Secret('a-new-key'), '-key'))
  await remove()
  expect(await sessionRow(sessionId)).toMatchObject({ state: 'abandoned' })
  expect(await keptIn(workspaceId)).toMatchObject({ credentials: 0, candidates: 0 })
  expect(await db().$count(dataKeys, eq(dataKeys.workspaceId, workspaceId))).toBe(0)
  await expect(giveItThisKey(userOf(owner), { sessionId })).rejects.toMatchObject({ code: 'gone' })
})

// Taken out with: `for('share')` in `link-job.ts`, and the walks that are locked first in `delete.ts`.
test('a position that is linked at the very moment ends up unlinked', async () => {
  for (let round = 0; round < 5; round++) {
    const { id, owner, remove } = await connected()
    const { jobId } = await linkedPosition(owner, id)
    const position = { positionId: await makePosition(owner), useConnectionId: id }
    const { id: sessionId } = await startLinkSession(owner, position)
    const [linked, removed] = await Promise.allSettled([
      linkJob(userOf(owner), { sessionId, jobId }),
      remove(),
    ])
    expect(removed.status).toBe('fulfilled')
    if (linked.status === 'rejected') expect(linked.reason).toMatchObject({ code: 'gone' })
    const living = and(eq(positionLinks.connectionId, id), isNull(positionLinks.endedAt))
    expect(await db().$count(positionLinks, living)).toBe(0)
  }
})

test('only who manages integrations deletes, and only her own workspace’s', async () => {
  const { id, owner: _, ...workspace } = await connected()
  for (const role of ['recruiter', 'viewer'] as const)
    await expect(remove(await signedIn(await makeMember(workspace, role)), id)).rejects.toMatchObject({
      code: 'forbidden',
    })
  const stranger = await signedIn((await makeWorkspace('Other')).owner)
  for (const odd of [id, 'x', "' or true --"])
    await expect(remove(stranger, odd)).rejects.toMatchObject({ code: 'not_found' })
  expect(await db().$count(connections, and(eq(connections.id, id), isNull(connections.deletedAt)))).toBe(1)
})

test('a receipt is read by everybody of the workspace and by nobody else; that the key is revoked is said once', async () => {
  const { id, owner, remove, ...workspace } = await connected()
  const receiptId = await remove()
  const viewer = await makeMember(workspace, 'viewer')
  const { owner: stranger } = await makeWorkspace('Other')
  expect(await readReceipt(viewer, receiptId)).toMatchObject({ connectionId: id })
  await expect(readReceipt(stranger, receiptId)).rejects.toMatchObject({ code: 'not_found' })
  await expect(readReceipt(owner, 'x')).rejects.toMatchObject({ code: 'not_found' })
  await expect(sayRevoked(viewer, { receiptId })).rejects.toMatchObject({ code: 'forbidden' })
  await expect(sayRevoked(stranger, { receiptId })).rejects.toMatchObject({ code: 'not_found' })
  await sayRevoked(owner, { receiptId })
  const { revokedAt } = await readReceipt(viewer, receiptId)
  await sayRevoked(await makeMember(workspace, 'admin'), { receiptId })
  expect(await readReceipt(viewer, receiptId)).toMatchObject({ revokedAt, revokedByName: owner.name })
  expect(await eventsOf(id)).toEqual(['connection.deleted', 'connection.key_revoked'])
})
