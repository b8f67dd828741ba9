import { setTimeout as sleep } from 'node:timers/promises'
import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeEach, expect, test, vi } from 'vitest'
import type { MemberActor } from '#lib/actors.ts'
import { openSandbox } from '#lib/connectors/workable/testing.ts'
import { db, transaction } from '#lib/db/client.ts'
import { credentials, dataKeys, revocations, sessions } from '#lib/db/schema/index.ts'
import { newId } from '#lib/ids.ts'
import { keepRefreshed } from '#lib/oauth/revocations.ts'
import { revokeGrant } from '#lib/oauth/revoke.ts'
import { isAlive, newGrant } from '#lib/oauth/testing.ts'
import { accessForConnection } from './access.ts'
import { deleteConnection } from './delete.ts'
import { receiptFile } from './receipt-file.ts'
import { listReceipts, readReceipt } from './receipts.ts'
import { rowOf } from './testing.ts'
import { expire, freshStart, partnerWith, use } from './testing-tokens.ts'

const sandbox = await openSandbox()
afterAll(() => sandbox.stop())
beforeEach(() => freshStart(sandbox))

async function signedIn(actor: MemberActor): Promise<MemberActor> {
  const id = newId()
  const times = { provenAt: sql`now()`, expiresAt: sql`now() + interval '1 day'` }
  await db()
    .insert(sessions)
    .values({ id, userId: actor.userId, secretHash: id, ...times })
  return { ...actor, sessionId: id }
}

/** A connection by OAuth, and what its deletion leaves. */
async function connected() {
  const partner = await partnerWith(sandbox)
  const actor = await signedIn(partner.owner)
  const remove = async () => {
    const from = { address: '10.0.0.1', userAgent: '' }
    const receipt = await deleteConnection(actor, {
      connectionId: partner.id,
      fields: { word: 'DELETE' },
      from,
    })
    const [row] = await db().select().from(revocations).where(eq(revocations.connectionId, partner.id))
    if (!row) throw new Error('no revocation')
    return { revocation: row.id, receipt: () => readReceipt(actor, receipt) }
  }
  return { ...partner, actor, remove }
}

// Taken out with: `statuses` in `usable` of `token-api.ts`.
test('a deleted sign-in is unusable here at once, revoked there, and the receipt says since when it is proven', async () => {
  const { id, grantId, actor, remove } = await connected()
  const row = await rowOf(id)
  const { api, connector } = await accessForConnection(row)
  const { revocation, receipt } = await remove()
  // What was under way goes no further, though the token lives over there still.
  await expect(connector.listJobs(api)).rejects.toMatchObject({ failure: 'credential_refused' })
  await expect(accessForConnection(row)).rejects.toMatchObject({ code: 'not_found' })
  expect(await db().$count(credentials, eq(credentials.connectionId, id))).toBe(0)
  expect(await db().$count(dataKeys, eq(dataKeys.ownerId, id))).toBe(0)
  expect(await receipt()).toMatchObject({ waits: false, revoked: { state: 'waiting', settledAt: null } })
  const reader = { workspace: 'Acme', locale: 'en' }
  expect(receiptFile(await receipt(), reader).text).toContain('Sign-in revoked in Workable: open')
  await revokeGrant(revocation)
  expect(await isAlive(sandbox, grantId)).toBe(false)
  expect(await receipt()).toMatchObject({
    waits: false,
    revoked: { state: 'proven', settledAt: expect.any(Date) },
  })
  expect(receiptFile(await receipt(), reader).text).toContain('Proven: Workable refuses its tokens')
  expect(await listReceipts(actor)).toMatchObject([{ state: 'proven', waits: false }])
})

test('a revocation that could not be proven for seven days becomes somebody’s turn', async () => {
  const { grantId, actor, remove } = await connected()
  const { revocation, receipt } = await remove()
  await sandbox.fault('/oauth/revoke', { kind: 'status', status: 503 }, null)
  await revokeGrant(revocation)
  expect((await receipt()).revoked?.state).toBe('waiting')
  await db()
    .update(revocations)
    .set({ endsAt: sql`now() - interval '1 second'` })
    .where(eq(revocations.id, revocation))
  await revokeGrant(revocation)
  expect(await receipt()).toMatchObject({ waits: true, revoked: { state: 'gave_up' } })
  expect(await listReceipts(actor)).toMatchObject([{ waits: true }])
  expect(await isAlive(sandbox, grantId)).toBe(true)
  // What is left is the customer's to do.
  await sandbox.control(`/oauth/grants/${grantId}/revoke`, 'POST', {})
})

// Taken out with: `deletionReceipts` in `revokeBeside` of `revocations.ts`.
test('refreshed by two that revoke it at the same moment, the receipt waits for both pairs', async () => {
  const { id, grantId, app, remove } = await connected()
  const { revocation, receipt } = await remove()
  const rows = () => db().select().from(revocations).where(eq(revocations.connectionId, id))
  const [read] = await rows()
  if (!read) throw new Error('no revocation')
  const [first, second] = [await newGrant(sandbox, app.clientId), await newGrant(sandbox, app.clientId)]
  await transaction(tx => keepRefreshed(tx, read, first.tokens))
  expect(await transaction(tx => keepRefreshed(tx, read, second.tokens))).toBeUndefined()
  await revokeGrant(revocation)
  expect([(await receipt()).revoked?.state, await isAlive(sandbox, second.id)]).toEqual(['waiting', true])
  for (const row of await rows()) await revokeGrant(row.id)
  expect([(await receipt()).revoked?.state, await isAlive(sandbox, second.id)]).toEqual(['proven', false])
  // That of the connection itself, which these pairs did not come of.
  await sandbox.control(`/oauth/grants/${grantId}/revoke`, 'POST', {})
})

// Taken out with: `disown` in `keep-tokens.ts`.
test.each(['on_use', 'immediate', 'grace'])(
  'rotation %s: deleted while its tokens are being refreshed, the new ones are revoked as well',
  async refreshRotation => {
    await sandbox.set({ refreshRotation, refreshGraceSeconds: 2 })
    const { id, grantId, made, remove } = await connected()
    for (const one of made) await expire(sandbox, one)
    await sandbox.fault('/oauth/token', { kind: 'delay', ms: 800 })
    const using = use(id).catch(() => {})
    await vi.waitFor(async () => expect((await rowOf(id)).refreshLease).not.toBeNull())
    await sleep(250) // by now the request is with the server
    const { receipt } = await remove()
    await using
    const rows = await db().select().from(revocations).where(eq(revocations.connectionId, id))
    expect(rows.length).toBe(2)
    for (const row of rows) await revokeGrant(row.id)
    // What forgives a lost answer for a moment lets the old token live out that moment.
    await vi.waitFor(async () => expect(await isAlive(sandbox, grantId)).toBe(false), { timeout: 4_000 })
    expect((await receipt()).revoked?.state).toBe('proven')
  },
)
