import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { connectors } from '#lib/connectors/registry.ts'
import { openSandbox } from '#lib/connectors/workable/testing.ts'
import { db } from '#lib/db/client.ts'
import { connections, rateLimits } from '#lib/db/schema/index.ts'
import { signedInConnection } from '#lib/oauth/testing.ts'
import { refresh } from './refresh.ts'
import { refreshConnection, refreshDue } from './refresh-due.ts'
import { rowOf } from './testing.ts'
import {
  appRow,
  asked,
  comesDue,
  eventsOf,
  expire,
  failureOf,
  freshStart,
  partnerWith,
  secondsUntil,
  tried,
  use,
} from './testing-tokens.ts'

const sandbox = await openSandbox()
afterAll(() => sandbox.stop())
beforeEach(() => freshStart(sandbox))

const accounts = '/spi/v3/accounts'
const notAuthorized = { kind: 'status', status: 401, body: { error: 'Not authorized' } }

/** Of its own pace a connection has so many requests left, for a minute. */
async function leave(requests: number, id: string): Promise<void> {
  const key = `pace:${(await rowOf(id)).workspaceId}:workable:sandbox:larkfield`
  const row = {
    points: connectors.workable.manifest.limits.requests - 1 - requests,
    expire: Date.now() + 60_000,
  }
  await db()
    .insert(rateLimits)
    .values({ key, ...row })
    .onConflictDoUpdate({ target: rateLimits.key, set: row })
}

test('a lost answer of a server that forgives none is never silent: refused, confirmed, said', async () => {
  await sandbox.set({ refreshRotation: 'immediate' })
  const { made, id } = await partnerWith(sandbox)
  for (const one of made) await expire(sandbox, one)
  await sandbox.fault('/oauth/token', { kind: 'drop', acted: true })
  expect(await failureOf(id)).toBe('ats_unavailable')
  expect(await rowOf(id)).toMatchObject({ status: 'active', refreshProblem: 'grant_refused', refusals: 1 })
  await comesDue(id)
  await refreshConnection(id)
  expect((await rowOf(id)).status).toBe('needs_reauth')
  expect(await eventsOf(id)).toEqual(['connection.needs_reauth'])
  expect(await tried(id)).toEqual(['unclear', 'grant_refused', 'grant_refused'])
})

// Taken out with: either half of `dead` in `verdict` of `refresh.ts`.
test.each([
  ['switched off and on again at once', 'inactive', { refreshProblem: 'grant_refused', refusals: 2 }],
  ['asked about after an outage', 'needs_reauth', { refreshProblem: 'unclear', refusals: 2 }],
] as const)(
  'a dead grant that is %s is still dead, and its server no silent one',
  async (_, status, then) => {
    const { made, id, of, grantId } = await partnerWith(sandbox)
    await sandbox.control(`/oauth/grants/${grantId}/revoke`, 'POST', {})
    for (const one of made) await expire(sandbox, one)
    const fresh = () => refresh({ of, version: 1, statuses: ['inactive', 'needs_reauth'] })
    const soon = { refreshDueAt: sql`now() + interval '30 seconds'` }
    const waits = status === 'inactive' ? soon : { refreshDueAt: null }
    await db()
      .update(connections)
      .set({ status, ...then, refreshFailures: 2, ...waits })
      .where(eq(connections.id, id))
    expect(await fresh()).toEqual({ kind: 'dead' })
  },
)

describe.each([400, 401])('a refused grant, answered with %i', status => {
  // Taken out with: `deadAfter` in `after-refresh.ts`.
  test('is asked about once more after half a minute, and only then needs a person', async () => {
    await sandbox.set({ tokenErrorStatus: status })
    const { app, made, id, grantId } = await partnerWith(sandbox)
    await sandbox.control(`/oauth/grants/${grantId}/revoke`, 'POST', {})
    for (const one of made) await expire(sandbox, one)
    expect(await failureOf(id)).toBe('ats_unavailable')
    expect(await failureOf(id)).toBe('ats_unavailable')
    const row = await rowOf(id)
    expect([row.status, row.refusals, await asked(sandbox, app)]).toEqual(['active', 1, 1])
    expect(secondsUntil(row.refreshDueAt)).toBeGreaterThan(25)
    expect(secondsUntil(row.refreshDueAt)).toBeLessThanOrEqual(30)
    await comesDue(id)
    await refreshDue()
    expect([(await rowOf(id)).status, await asked(sandbox, app), (await appRow(app)).state]).toEqual([
      'needs_reauth',
      2,
      'working',
    ])
  })
})

// Taken out with: `mayBeDead` and `fetched` in `token-api.ts`.
test('a token that is refused before its time is refreshed once, and the request answered', async () => {
  const { app, made, id } = await partnerWith(sandbox)
  for (const { grantId } of made) await sandbox.control(`/oauth/grants/${grantId}/expire`, 'POST', {})
  expect((await use(id)).items.length).toBeGreaterThan(0)
  expect([await asked(sandbox, app), (await rowOf(id)).version]).toEqual([1, 2])
})

test('a token that is refused again after the refresh says that the grant is dead', async () => {
  const { app, id } = await partnerWith(sandbox)
  await sandbox.fault('/spi/v3/**', { kind: 'status', status: 401, body: { error: 'Not authorized' } }, null)
  expect(await failureOf(id)).toBe('credential_refused')
  expect([await asked(sandbox, app), (await rowOf(id)).status]).toEqual([1, 'needs_reauth'])
})

test('one address that always answers 401 costs a refresh a minute at most, and no connection', async () => {
  const { app, id } = await partnerWith(sandbox)
  await sandbox.fault(
    '/spi/v3/jobs',
    { kind: 'status', status: 401, body: { error: 'Not authorized' } },
    null,
  )
  for (let n = 0; n < 3; n++) expect(await failureOf(id)).toBe('credential_refused')
  expect([await asked(sandbox, app), (await rowOf(id)).status]).toEqual([1, 'active'])
})

// Taken out with: `sayNothing` in `token-api.ts`.
describe.each([
  ['our own pace', (id: string, requests: number) => leave(requests, id)],
  ['their limit', () => sandbox.fault(accounts, { kind: 'status', status: 429 }, null)],
  ['an outage', () => sandbox.fault(accounts, { kind: 'status', status: 503 }, null)],
  ['nonsense', () => sandbox.fault(accounts, { kind: 'html', status: 200 }, null)],
])('where %s hides whether the grant lives', (hidden, hide) => {
  const failure = hidden === 'an outage' ? 'ats_unavailable' : expect.stringMatching(/^(rate_limited|unexp)/)

  test('a refusal by one address is none of the grant: whoever asked comes back', async () => {
    const { app, id } = await partnerWith(sandbox)
    await sandbox.fault('/spi/v3/jobs', notAuthorized, null)
    expect(await failureOf(id)).toBe('credential_refused')
    await hide(id, 1)
    expect(await failureOf(id)).toEqual(failure)
    expect([await asked(sandbox, app), (await rowOf(id)).status]).toEqual([1, 'active'])
  })

  test('one that comes again after the refresh needs nobody yet, and is judged when somebody can be asked', async () => {
    const { app, id } = await partnerWith(sandbox)
    await hide(id, 2)
    await sandbox.fault('/spi/v3/**', notAuthorized, null)
    expect(await failureOf(id)).toEqual(failure)
    expect([await asked(sandbox, app), (await rowOf(id)).status]).toEqual([1, 'active'])
    await sandbox.control('/faults', 'DELETE')
    await sandbox.fault('/spi/v3/**', notAuthorized, null)
    await db().delete(rateLimits)
    await comesDue(id)
    expect(await failureOf(id)).toBe('credential_refused')
    expect((await rowOf(id)).status).toBe('needs_reauth')
  })
})

test.each([401, 403])('a missing scope is no reason to refresh, also as %i', async status => {
  await sandbox.set({ missingScopeStatus: status })
  const { owner, app } = await partnerWith(sandbox)
  const { id } = await signedInConnection(sandbox, owner, app, { scopes: ['r_candidates'] })
  await use(id).catch(() => {})
  expect([await asked(sandbox, app), (await rowOf(id)).status]).toEqual([0, 'active'])
})
