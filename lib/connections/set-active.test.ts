import { desc, eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { listCandidatesForPosition } from '#lib/candidates/list-for-position.ts'
import { readCheck } from '#lib/checks/read.ts'
import { runCheck } from '#lib/checks/run.ts'
import { openSandbox } from '#lib/connectors/workable/testing.ts'
import { db } from '#lib/db/client.ts'
import { checks, connections, linkSessions, positionLinks } from '#lib/db/schema/index.ts'
import { makeMember, makeWorkspace } from '#lib/db/testing.ts'
import { fetchJobs } from '#lib/jobs/fetch.ts'
import { startLinkSession } from '#lib/link-sessions/start.ts'
import { makePosition, userOf } from '#lib/link-sessions/testing.ts'
import { useConnection } from '#lib/link-sessions/use-connection.ts'
import { linkJob } from '#lib/position-links/link-job.ts'
import { checkNow } from './check-now.ts'
import { activityOf } from './read.ts'
import { setActive } from './set-active.ts'
import { checkAtOnce, connectTo, linkedPosition, rowOf } from './testing.ts'

const sandbox = await openSandbox()
beforeAll(() => sandbox.set({ rateLimit: false }))
afterAll(() => sandbox.stop())

async function connected(subdomain = 'acme', wish: Parameters<typeof connectTo>[3] = {}) {
  const workspace = await makeWorkspace()
  const { owner } = workspace
  const connection = await connectTo(sandbox, owner, subdomain, wish)
  const { id: connectionId } = connection
  const press = (active: boolean) => setActive(owner, { connectionId, active })
  const check = async () => {
    const [row] = await db()
      .select()
      .from(checks)
      .where(eq(checks.connectionId, connectionId))
      .orderBy(desc(checks.createdAt))
      .limit(1)
    return row
  }
  const run = async () => runCheck((await check())?.id ?? '')
  const names = async () => (await activityOf(owner, connectionId)).map(event => event.name).reverse()
  return { ...workspace, ...connection, press, run, check, names, row: () => rowOf(connectionId) }
}

const asked = async (tokenId: string) => (await sandbox.ledger(tokenId)).length

test('switched off it asks the ATS nothing: no check, no jobs, no candidates, and nothing is linked through it', async () => {
  const { id, owner, workspaceId, tokenId, press, row, names } = await connected()
  const { positionId, jobId } = await linkedPosition(owner, id)
  const free = await makePosition(owner)
  const open = await startLinkSession(owner, { positionId: free })
  await db()
    .update(linkSessions)
    .set({
      connector: 'workable',
      environment: 'sandbox',
      connectionId: id,
      answers: { useConnectionId: id },
    })
    .where(eq(linkSessions.id, open.id))
  await press(false)
  await press(false)
  expect(await row()).toMatchObject({ status: 'inactive', nextCheckAt: null })
  expect((await checkAtOnce({ workspaceId, connectionId: id })).state).toBe('cancelled')
  await expect(checkNow(owner, { connectionId: id })).rejects.toMatchObject({ code: 'conflict' })
  await fetchJobs(id)
  expect(await listCandidatesForPosition(owner, { positionId })).toMatchObject({ failure: 'not_usable' })
  await linkJob(userOf(owner), { sessionId: open.id, jobId })
  await expect(startLinkSession(owner, { positionId: free, useConnectionId: id })).rejects.toMatchObject({
    said: { key: 'connections.not_usable.inactive' },
  })
  const other = await startLinkSession(owner, { positionId: await makePosition(owner) })
  const use = { sessionId: other.id, connectionId: id, from: 'ats' } as const
  expect(await useConnection(userOf(owner), use)).toBe('ats')
  expect(await db().$count(positionLinks, eq(positionLinks.connectionId, id))).toBe(1)
  expect(await asked(tokenId)).toBe(0)
  expect(await names()).toEqual(['connection.deactivated'])
})

test('switched on it is checked first, and is active only then', async () => {
  const { press, run, row, names, check, owner } = await connected('larkfield', { status: 'inactive' })
  await press(true)
  await press(true)
  expect((await row()).status).toBe('inactive')
  expect(await check()).toMatchObject({ purpose: 'activate', requestedBy: owner.memberId })
  await run()
  expect(await row()).toMatchObject({ status: 'active', healthReason: 'member_unknown' })
  expect((await row()).nextCheckAt?.getTime()).toBeGreaterThan(Date.now())
  expect(await names()).toEqual(['connection.activation_requested', 'connection.activated'])
})

test('a key that was refused meanwhile needs a new one', async () => {
  const { press, run, row, names, tokenId } = await connected('acme', { status: 'inactive' })
  await sandbox.control(`/tokens/${tokenId}/revoke`, 'POST')
  await press(true)
  await run()
  expect(await row()).toMatchObject({ status: 'needs_reauth', health: 'failing' })
  expect(await names()).toEqual(['connection.activation_requested', 'connection.needs_reauth'])
})

test('a key that cannot read stays switched off, and the check says why', async () => {
  const wish = { status: 'inactive' as const, scopes: ['r_jobs'] }
  const { id, workspaceId, press, run, row, names } = await connected('acme', wish)
  await press(true)
  await run()
  expect(await row()).toMatchObject({ status: 'inactive', health: 'healthy' })
  const shown = await readCheck({ workspaceId, permissions: 'read', connectionId: id })
  expect(shown).toMatchObject({ state: 'finished', purpose: 'activate', waitReason: 'scope_missing' })
  expect(await names()).toEqual(['connection.activation_requested', 'connection.activation_failed'])
})

test('an ATS that is down leaves it switched off; pressed again when it is back, it is active', async () => {
  const { press, run, row, check } = await connected('quietwater', { status: 'inactive' })
  await sandbox.fault('/spi/v3/accounts/quietwater', { kind: 'status', status: 503 }, null)
  await press(true)
  await run()
  await sandbox.control('/faults', 'DELETE')
  expect(await row()).toMatchObject({ status: 'inactive' })
  expect(await check()).toMatchObject({ waitReason: 'ats_unavailable' })
  await press(true)
  await run()
  expect(await row()).toMatchObject({ status: 'active' })
})

test('an account that was renamed meanwhile is followed, and the key tried there', async () => {
  await sandbox.control('/accounts', 'POST', { subdomain: 'before', name: 'Before' })
  const { press, run, row } = await connected('before', { status: 'inactive' })
  await sandbox.control('/accounts/before', 'PATCH', { subdomain: 'after' })
  await press(true)
  await run()
  expect(await row()).toMatchObject({ status: 'inactive', subdomain: 'after' })
  await run()
  expect(await row()).toMatchObject({ status: 'active', subdomain: 'after' })
})

// Taken out with: the state in `ask` of `run.ts`, and in `settle` of `connection-subject.ts`.
test('switched off while it is checked before, the check asks no further and switches nothing on', async () => {
  const { press, check, row, run, names, tokenId } = await connected('acme', { status: 'inactive' })
  await sandbox.fault('/spi/v3/accounts/acme', { kind: 'delay', ms: 500 })
  await press(true)
  const running = run()
  await vi.waitFor(async () => expect(await check()).toMatchObject({ state: 'running' }))
  await press(false)
  await running
  expect(await row()).toMatchObject({ status: 'inactive' })
  expect(await check()).toMatchObject({ state: 'cancelled' })
  expect(await asked(tokenId)).toBeLessThanOrEqual(1)
  expect(await names()).toEqual(['connection.activation_requested', 'connection.activation_stopped'])
})

test('a connection whose key is dead is switched off too, and switched on it is dead again', async () => {
  const { press, run, row, tokenId } = await connected('acme', { status: 'needs_reauth' })
  await sandbox.control(`/tokens/${tokenId}/revoke`, 'POST')
  await press(true)
  expect(await row()).toMatchObject({ status: 'needs_reauth' })
  await press(false)
  expect(await row()).toMatchObject({ status: 'inactive' })
  await press(true)
  await run()
  expect(await row()).toMatchObject({ status: 'needs_reauth' })
})

test('only who manages integrations switches, and only her own workspace’s', async () => {
  const { id, row, ...workspace } = await connected()
  for (const role of ['recruiter', 'viewer'] as const) {
    const actor = await makeMember(workspace, role)
    await expect(setActive(actor, { connectionId: id, active: false })).rejects.toMatchObject({
      code: 'forbidden',
    })
  }
  const { owner: stranger } = await makeWorkspace('Other')
  await expect(setActive(stranger, { connectionId: id, active: false })).rejects.toMatchObject({
    code: 'not_found',
  })
  expect(await row()).toMatchObject({ status: 'active' })
})

test('ten checks an hour count for switching on as well', async () => {
  const { press, row, id } = await connected('acme', { status: 'inactive' })
  for (let n = 0; n < 10; n++) await press(true)
  await expect(press(true)).rejects.toMatchObject({ code: 'too_many' })
  await db().update(connections).set({ status: 'active' }).where(eq(connections.id, id))
  await press(true)
  expect(await row()).toMatchObject({ status: 'active' })
})
