import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { openSandbox } from '#lib/connectors/workable/testing.ts'
import { Secret } from '#lib/crypto/secret.ts'
import { db, transaction } from '#lib/db/client.ts'
import { oauthApps, refreshes } from '#lib/db/schema/index.ts'
import { stopApp } from '#lib/oauth/stop-app.ts'
import { signedInConnection } from '#lib/oauth/testing.ts'
import { replaceSecret } from '#lib/partners/oauth-apps.ts'
import { refreshDue } from './refresh-due.ts'
import { rowOf } from './testing.ts'
import {
  appComesDue,
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

/** So many connections of an app, all of them due. */
async function allDue(count: number) {
  const partner = await partnerWith(sandbox, count)
  for (const one of partner.made) await expire(sandbox, one)
  return partner
}

const newSecret = async ({ clientId }: { clientId: string }) => {
  const answer = await sandbox.control(`/oauth/clients/${clientId}/secret`, 'POST', {})
  return (answer as { client_secret: string }).client_secret
}

// Taken out with: `appIsOpen` in `lease.ts`, `isOpen` in `refresh-due.ts`, `stopFor` in `after-refresh.ts`.
describe.each([
  ['invalid_client', {}],
  ['HTML', { tokenErrorBody: 'html', tokenErrorChallenge: false }],
  ['no body at all', { tokenErrorBody: 'none', tokenErrorChallenge: false }],
])('a client secret that is refused, with %s', (_, switches) => {
  test('stops its app after a few requests and touches no connection; mended, all recover unaided', async () => {
    const { app, partnerId, made } = await allDue(30)
    const secret = await newSecret(app)
    await sandbox.set(switches)
    await refreshDue()
    for (let minute = 0; minute < 4; minute++) {
      await appComesDue(app)
      await refreshDue()
      await failureOf(made[minute]?.id ?? '')
    }
    expect(await asked(sandbox, app)).toBeLessThanOrEqual(20)
    const rows = await Promise.all(made.map(({ id }) => rowOf(id)))
    expect(rows.filter(({ status }) => status !== 'active')).toEqual([])
    expect(await appRow(app)).toMatchObject({ state: 'stopped', stoppedReason: 'app_refused' })
    expect(await eventsOf(app.row.id)).toEqual(['oauth_app.stopped'])

    const row = await appRow(app)
    await transaction(tx =>
      replaceSecret(tx, row, { clientId: app.clientId, secret: new Secret(secret), lastFour: '' }),
    )
    for (const { id } of made) await comesDue(id)
    await refreshDue()
    const after = await Promise.all(made.map(({ id }) => rowOf(id)))
    expect(after.filter(({ version, refreshProblem }) => version !== 2 || refreshProblem)).toEqual([])
    expect(partnerId).toBe(row.partnerId)
  })
})

test('mended over there, a stopped app goes on by itself at its next try, and that is said', async () => {
  const { app, made, id } = await allDue(3)
  const { secret } = app
  await newSecret(app)
  await refreshDue()
  expect(secondsUntil((await appRow(app)).retryAt)).toBeGreaterThan(50)
  const before = await asked(sandbox, app)
  await refreshDue()
  expect(await asked(sandbox, app)).toBe(before)
  await sandbox.control(`/oauth/clients/${app.clientId}/secret`, 'POST', { client_secret: secret })
  await appComesDue(app)
  await refreshDue()
  expect((await appRow(app)).state).toBe('working')
  expect(await eventsOf(app.row.id)).toEqual(['oauth_app.stopped', 'oauth_app.resumed'])
  const versions = await Promise.all(made.map(async one => (await rowOf(one.id)).version))
  expect(versions).toEqual([2, 2, 2])
  expect((await use(id)).items.length).toBeGreaterThan(0)
})

test('a server that answers nobody stops the app as well: few requests, nobody needs a person, all are fresh afterwards', async () => {
  const { app, made } = await allDue(12)
  await sandbox.fault('/oauth/token', { kind: 'status', status: 503 }, null)
  await refreshDue()
  expect(await appRow(app)).toMatchObject({ state: 'stopped', stoppedReason: 'unavailable' })
  for (const { id } of made) expect((await tried(id)).length).toBeLessThanOrEqual(2)
  await sandbox.control('/faults', 'DELETE')
  for (const { id } of made) await comesDue(id)
  await appComesDue(app)
  await refreshDue()
  const after = await Promise.all(made.map(({ id }) => rowOf(id)))
  expect(after.filter(({ version, status }) => version !== 2 || status !== 'active')).toEqual([])
})

// Taken out with: `random()` in `pick` of `refresh-due.ts`.
test('a grant that died meanwhile, of the customer who waits longest, does not keep the app stopped for all others', async () => {
  const { app, owner, made } = await allDue(2)
  const dead = await signedInConnection(sandbox, owner, app, {
    person: 'soren@larkfield.example',
    refreshDueAt: new Date(Date.now() - 3_600_000),
  })
  await sandbox.set({ tokenErrorBody: 'none', tokenErrorChallenge: false })
  await sandbox.control(`/oauth/grants/${dead.grantId}/revoke`, 'POST', {})
  await db().update(oauthApps).set({ state: 'stopped' }).where(eq(oauthApps.id, app.row.id))
  for (let tries = 0; tries < 30 && (await appRow(app)).state === 'stopped'; tries++) {
    await appComesDue(app)
    await refreshDue()
  }
  expect((await appRow(app)).state).toBe('working')
  const others = await Promise.all(made.map(({ id }) => rowOf(id)))
  expect(others).toMatchObject([{ version: 2 }, { version: 2 }])
})

// Taken out with: `secretGeneration` in `stopApp`.
test('a refusal of a secret that was replaced meanwhile does not stop the app', async () => {
  const { app } = await partnerWith(sandbox)
  const before = await appRow(app)
  const secret = new Secret('another-secret-of-this-test')
  await transaction(tx => replaceSecret(tx, before, { clientId: app.clientId, secret, lastFour: 'test' }))
  await transaction(tx => stopApp(tx, before, 'app_refused'))
  expect((await appRow(app)).state).toBe('working')
})

describe('a 401 that names nothing', () => {
  const silent = { tokenErrorBody: 'none', tokenErrorChallenge: false }

  async function refusedTimes(id: string, times: number) {
    for (let n = 0; n < times; n++) {
      await comesDue(id)
      await refreshDue()
    }
  }

  test('is the grant where others of the app get through: three confirmations over an hour, then a person', async () => {
    const { app, made, id, grantId } = await allDue(2)
    const [, other] = made
    await use(other?.id ?? '')
    await sandbox.set(silent)
    await sandbox.control(`/oauth/grants/${grantId}/revoke`, 'POST', {})
    await refusedTimes(id, 3)
    expect(await rowOf(id)).toMatchObject({ status: 'active', refusals: 3 })
    expect(secondsUntil((await rowOf(id)).refreshDueAt)).toBeGreaterThan(19 * 60)
    await refusedTimes(id, 1)
    expect((await rowOf(id)).status).toBe('needs_reauth')
    expect([(await appRow(app)).state, await eventsOf(app.row.id)]).toEqual(['working', []])
  })

  test('is the grant of an app that has no other, and the partner hears of it', async () => {
    const { app, id, grantId } = await allDue(1)
    await sandbox.set(silent)
    await sandbox.control(`/oauth/grants/${grantId}/revoke`, 'POST', {})
    await refusedTimes(id, 4)
    expect((await rowOf(id)).status).toBe('needs_reauth')
    expect(await eventsOf(app.row.id)).toEqual(['oauth_app.refused_oddly'])
  })

  test('is nobody yet where the others have not been tried for half an hour', async () => {
    const { app, id, grantId, made } = await allDue(2)
    const [, other] = made
    await use(other?.id ?? '')
    await db().update(refreshes).set({ at: sql`now() - interval '31 minutes'` })
    await sandbox.set(silent)
    await sandbox.control(`/oauth/grants/${grantId}/revoke`, 'POST', {})
    await refusedTimes(id, 6)
    expect([(await rowOf(id)).status, (await appRow(app)).state]).toEqual(['active', 'working'])
  })
})
