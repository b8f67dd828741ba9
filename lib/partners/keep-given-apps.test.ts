import { beforeAll, beforeEach, expect, test } from 'vitest'
import type { PartnerActor } from '#lib/actors.ts'
import { sqlClient, transaction } from '#lib/db/client.ts'
import { env } from '#lib/env.ts'
import { newId } from '#lib/ids.ts'
import { eventsOf } from '#lib/members/testing.ts'
import { keepGivenApps } from './keep-given-apps.ts'
import { listOAuthApps } from './list-oauth-apps.ts'
import { removeOAuthApp } from './remove-oauth-app.ts'
import { replaceOAuthSecret } from './replace-oauth-secret.ts'
import { saveOAuthApp } from './save-oauth-app.ts'
import { partnerPerson } from './testing.ts'

const from = { address: '::1' }
let owner: PartnerActor
beforeAll(async () => {
  owner = await partnerPerson('owner')
})
beforeEach(() => start())

const given = (wish: { id?: string; place?: string; clientId?: string; secret?: string } = {}) => ({
  id: newId(),
  place: 'workable/live',
  clientId: 'brightside',
  secret: 'secret-of-the-environment',
  ...wish,
})

/** A process starts with these apps in its environment. */
async function start(...apps: ReturnType<typeof given>[]): Promise<void> {
  Object.assign(env(), { OAUTH_APPS: apps })
  await transaction(tx => keepGivenApps(tx))
}

const live = async () => (await listOAuthApps(owner)).find(({ place }) => place.text === 'workable/live')?.app

test('an app of the environment is there after the start, with the redirect URI of its id, and not kept twice', async () => {
  const app = given()
  await start(app)
  await start(app)
  expect(await live()).toMatchObject({
    id: app.id,
    source: 'environment',
    clientId: 'brightside',
    secretLastFour: 'ment',
    redirectUri: `${env().APP_URL}/api/oauth/${app.id}/callback`,
  })
  expect(await eventsOf(app.id)).toEqual(['oauth_app.saved'])
})

test('another secret replaces the one before, with the overlap', async () => {
  const app = given()
  await start(app)
  await start({ ...app, secret: 'another-secret-of-it' })
  expect(await live()).toMatchObject({ id: app.id, secretLastFour: 'f-it', overlapsUntil: expect.any(Date) })
  expect(await eventsOf(app.id)).toEqual(['oauth_app.saved', 'oauth_app.secret_replaced'])
})

test('what is not said any more is removed, and is the same app when it comes back', async () => {
  const app = given()
  await start(app)
  await start()
  expect(await live()).toBeUndefined()
  await start(app)
  expect(await live()).toMatchObject({ id: app.id, removedAt: null })
})

test('the environment goes before what was entered in the console, and it is not changed there', async () => {
  const typed = { place: 'workable/live', client_id: 'by-hand', client_secret: 'secret-by-hand-1234' }
  const entered = await saveOAuthApp(owner, typed, from)
  const app = given()
  await start(app)
  expect(await live()).toMatchObject({ id: app.id })
  expect(await eventsOf(entered)).toContain('oauth_app.removed')
  await expect(removeOAuthApp(owner, { appId: app.id, fields: {}, from })).rejects.toMatchObject({
    code: 'conflict',
  })
  await expect(replaceOAuthSecret(owner, { appId: app.id, fields: typed, from })).rejects.toMatchObject({
    code: 'conflict',
  })
})

test('an id that another partner has, or another place, changes nothing there', async () => {
  const other = await partnerPerson('owner')
  const theirs = await saveOAuthApp(
    other,
    { place: 'workable/live', client_id: 'theirs', client_secret: 'secret-of-theirs' },
    from,
  )
  await start(given({ id: theirs }))
  expect(await live()).toBeUndefined()
  const [row] = await sqlClient()`select client_id, removed_at from oauth_apps where id = ${theirs}`
  expect(row).toEqual({ client_id: 'theirs', removed_at: null })
})

test('an ATS that is none is passed over, and the others are kept', async () => {
  const app = given()
  await start(given({ place: 'no-such-ats/live' }), app)
  expect(await live()).toMatchObject({ id: app.id })
})

test('while the sandbox is off its app is left as it is', async () => {
  const app = given({ place: 'workable/sandbox' })
  await start(app)
  Object.assign(env(), { SANDBOX: 'off' })
  await start()
  Object.assign(env(), { SANDBOX: 'on' })
  const [row] = await sqlClient()`select removed_at from oauth_apps where id = ${app.id}`
  expect(row).toEqual({ removed_at: null })
})
