import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeEach, expect, test, vi } from 'vitest'
import { openSandbox } from '#lib/connectors/workable/testing.ts'
import { db, sqlClient, transaction } from '#lib/db/client.ts'
import { events, revocations } from '#lib/db/schema/index.ts'
import { dataKeys } from '#lib/db/schema/keys.ts'
import { makeWorkspace } from '#lib/db/testing.ts'
import { env } from '#lib/env.ts'
import { newId } from '#lib/ids.ts'
import { resumeRevocations, revokeLater } from './revocations.ts'
import { revokeGrant } from './revoke.ts'
import { isAlive, newGrant, newOAuthApp } from './testing.ts'

const sandbox = await openSandbox()
afterAll(() => sandbox.stop())
beforeEach(async () => {
  await sandbox.control('/faults', 'DELETE')
  await sandbox.control('/switches', 'DELETE')
})

/** A grant of a connection that was deleted a moment ago. */
async function toRevoke(wish: { expired?: boolean; endedEarly?: boolean } = {}) {
  const { partnerId, workspaceId } = await makeWorkspace()
  const app = await newOAuthApp(sandbox, partnerId)
  const { id: grantId, tokens } = await newGrant(sandbox, app.clientId)
  if (wish.expired || wish.endedEarly) await sandbox.control(`/oauth/grants/${grantId}/expire`, 'POST', {})
  const accessExpiresAt = wish.expired ? new Date(Date.now() - 1000) : tokens.accessExpiresAt
  const connectionId = newId()
  const of = { workspaceId, appId: app.row.id, connectionId, reason: 'deleted' as const }
  const where = { connector: 'workable', environment: 'sandbox' as const }
  const id = await transaction(tx => revokeLater(tx, { ...of, ...where }, { ...tokens, accessExpiresAt }))
  const row = async () => {
    const [found] = await db().select().from(revocations).where(eq(revocations.id, id))
    return found
  }
  return {
    id,
    workspaceId,
    connectionId,
    grantId,
    row,
    keys: () => db().$count(dataKeys, eq(dataKeys.ownerId, id)),
  }
}

test('a grant is revoked, proven by a 401, and its tokens are destroyed', async () => {
  const { id, grantId, row, keys, workspaceId } = await toRevoke()
  expect(await isAlive(sandbox, grantId)).toBe(true)
  expect(await keys()).toBe(1)
  await revokeGrant(id)
  expect(await isAlive(sandbox, grantId)).toBe(false)
  expect(await row()).toMatchObject({ state: 'proven', accessToken: null, refreshToken: null })
  expect(await keys()).toBe(0)
  const names = await db()
    .select({ name: events.name })
    .from(events)
    .where(eq(events.workspaceId, workspaceId))
  expect(names.map(({ name }) => name)).toEqual(['grant.revoked'])
})

test('one whose access token has expired is refreshed first, since some servers revoke no other', async () => {
  await sandbox.set({ revokeExpired: 'no_effect' })
  const { id, grantId, row } = await toRevoke({ expired: true })
  await revokeGrant(id)
  expect([(await row())?.state, await isAlive(sandbox, grantId)]).toEqual(['proven', false])
})

// Taken out with: `isDead` beside `accessExpiresAt` in `attempt`.
test('one whose access token has ended before its time, as a clock that is late sees it, is not dead by that', async () => {
  await sandbox.set({ revokeExpired: 'no_effect' })
  const { id, grantId, row } = await toRevoke({ endedEarly: true })
  await revokeGrant(id)
  expect([(await row())?.state, await isAlive(sandbox, grantId)]).toEqual(['proven', false])
})

// Taken out with: `keepRefreshed` in `refreshed`: the pair before is refused then, which looks as if the grant were dead.
test('one that was refreshed first and could not be revoked yet is revoked by what it was given, not by what it had', async () => {
  const { id, grantId, row } = await toRevoke({ expired: true })
  await sandbox.fault('/oauth/revoke', { kind: 'status', status: 503 }, 1)
  await revokeGrant(id)
  expect(await row()).toMatchObject({ state: 'waiting', attempts: 1 })
  await revokeGrant(id)
  expect([(await row())?.state, await isAlive(sandbox, grantId)]).toEqual(['proven', false])
})

// Taken out with: `noAnswer` in `isDead`.
test('a server that lists accounts in a way that nobody understands is asked to revoke all the same', async () => {
  const { id, grantId, row } = await toRevoke()
  await sandbox.fault('/spi/v3/accounts', { kind: 'status', status: 200, body: { accounts: 'many' } }, 1)
  await revokeGrant(id)
  expect([(await row())?.state, await isAlive(sandbox, grantId)]).toEqual(['proven', false])
})

test('one that the customer revoked meanwhile counts as revoked', async () => {
  const { id, grantId, row } = await toRevoke({ expired: true })
  await sandbox.control(`/oauth/grants/${grantId}/revoke`, 'POST', {})
  await revokeGrant(id)
  expect((await row())?.state).toBe('proven')
})

test('200 is no proof: a grant that goes on living is tried again, for seven days, and then it says so', async () => {
  const { id, grantId, row, keys } = await toRevoke()
  await sandbox.fault('/oauth/revoke', { kind: 'status', status: 200, body: {} }, null)
  await revokeGrant(id)
  expect(await row()).toMatchObject({ state: 'waiting', attempts: 1, problem: 'still_alive' })
  expect(await isAlive(sandbox, grantId)).toBe(true)
  await db()
    .update(revocations)
    .set({ endsAt: sql`now() - interval '1 minute'` })
    .where(eq(revocations.id, id))
  await revokeGrant(id)
  expect(await row()).toMatchObject({ state: 'gave_up', accessToken: null })
  expect(await keys()).toBe(0)
  // What is left is the customer's to do.
  await sandbox.control(`/oauth/grants/${grantId}/revoke`, 'POST', {})
})

test.each([
  ['down', { kind: 'status', status: 503 }],
  ['silent', { kind: 'drop' }],
  ['odd', { kind: 'html', status: 502 }],
])('a server that is %s is asked again until it has done it', async (_, fault) => {
  const { id, grantId, row } = await toRevoke()
  await sandbox.fault('/oauth/revoke', fault, 2)
  await revokeGrant(id)
  await revokeGrant(id)
  expect(await row()).toMatchObject({ state: 'waiting', attempts: 2 })
  await revokeGrant(id)
  expect([(await row())?.state, await isAlive(sandbox, grantId)]).toEqual(['proven', false])
})

test('run twice at the same moment it is settled, and told, once', async () => {
  const { id, row, workspaceId } = await toRevoke()
  await Promise.all([revokeGrant(id), revokeGrant(id)])
  expect((await row())?.state).toBe('proven')
  expect(await db().$count(events, eq(events.workspaceId, workspaceId))).toBe(1)
})

// Taken out with: `holdUnchanged` in `keepRefreshed`; in `settle`.
test.each(['on_use', 'immediate', 'grace', 'none'])(
  'rotation %s: run twice at the same moment after its access token has ended, nothing that came of it lives on',
  async refreshRotation => {
    await sandbox.set({ refreshRotation, refreshGraceSeconds: 1 })
    const { id, grantId, connectionId } = await toRevoke({ expired: true })
    await sandbox.fault('/oauth/revoke', { kind: 'status', status: 503 }, 1)
    // One of them asks with what the other one has long refreshed.
    await sandbox.fault('/oauth/token', { kind: 'delay', ms: 300 }, 1)
    await Promise.all([revokeGrant(id), revokeGrant(id)])
    const rows = () => db().select().from(revocations).where(eq(revocations.connectionId, connectionId))
    // What forgives a lost answer for a moment lets the old token live out that moment.
    await vi.waitFor(
      async () => {
        for (const row of await rows()) await revokeGrant(row.id)
        const waiting = (await rows()).filter(({ state }) => state === 'waiting')
        expect([waiting, await isAlive(sandbox, grantId)]).toEqual([[], false])
      },
      { timeout: 5_000, interval: 200 },
    )
    for (const row of await rows()) {
      expect(row).toMatchObject({ state: 'proven', accessToken: null, refreshToken: null })
      expect(await db().$count(dataKeys, eq(dataKeys.ownerId, row.id))).toBe(0)
    }
  },
)

// Taken out with: `GangwayError` in `problemOf`.
test('one of the sandbox waits while that is switched off', async () => {
  const { id, row } = await toRevoke()
  Object.assign(env(), { SANDBOX: 'off' })
  try {
    await revokeGrant(id)
  } finally {
    Object.assign(env(), { SANDBOX: 'on' })
  }
  expect(await row()).toMatchObject({ state: 'waiting', attempts: 1, problem: 'unavailable' })
})

// Taken out with: `resumeRevocations`.
test('one whose task was lost, or failed for good, is taken up again; one that waits for its moment is not', async () => {
  const [lost, waits] = [await toRevoke(), await toRevoke()]
  await sqlClient()`delete from queue.job where data->>'revocationId' in (${lost.id}, ${waits.id})`
  await db()
    .update(revocations)
    .set({ nextTryAt: sql`now() - interval '16 minutes'` })
    .where(eq(revocations.id, lost.id))
  await resumeRevocations()
  await resumeRevocations()
  const tasks = await sqlClient()`select data->>'revocationId' as id from queue.job
    where data->>'revocationId' in (${lost.id}, ${waits.id})`
  expect(tasks).toMatchObject([{ id: lost.id }])
})
