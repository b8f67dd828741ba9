import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { PartnerActor } from '#lib/actors.ts'
import { openSandbox } from '#lib/connectors/workable/testing.ts'
import { Secret } from '#lib/crypto/secret.ts'
import { db, sqlClient } from '#lib/db/client.ts'
import { eventsOf } from '#lib/members/testing.ts'
import { refreshTokens } from '#lib/oauth/client.ts'
import { newGrant } from '#lib/oauth/testing.ts'
import { listOAuthApps, newAppAt, readOwnOAuthApp } from './list-oauth-apps.ts'
import { livingOAuthApp, openOAuthApp, readOAuthApp } from './oauth-apps.ts'
import { removeOAuthApp } from './remove-oauth-app.ts'
import { replaceOAuthSecret } from './replace-oauth-secret.ts'
import { saveOAuthApp } from './save-oauth-app.ts'
import { testOAuthApp } from './test-oauth-app.ts'
import { partnerPerson } from './testing.ts'

const sandbox = await openSandbox()
afterAll(() => sandbox.stop())

const from = { address: '::1' }
const place = 'workable/sandbox'
const typed = { place, client_id: 'brightside', client_secret: 'CNRY-secret-of-brightside-9f2c' }

const client = z.object({ client_id: z.string(), client_secret: z.string() })
const register = async () =>
  client.parse(await sandbox.control('/oauth/clients', 'POST', { name: 'Brightside', redirect_uris: [] }))

/** An app whose client the sandbox knows. */
async function registered(actor: PartnerActor) {
  const known = await register()
  const id = await saveOAuthApp(actor, { place, ...known }, from)
  return { id, known }
}

const longAgo = ({ sessionId }: PartnerActor) =>
  sqlClient()`update sessions set proven_at = now() - interval '16 minutes' where id = ${sessionId}`

test('the redirect URI is told before there is a client id, and is the one that the app then has', async () => {
  const owner = await partnerPerson('owner')
  const { redirectUri } = await newAppAt(owner, place)
  expect((await newAppAt(owner, place)).redirectUri).toBe(redirectUri)
  expect((await newAppAt(owner, 'workable/live')).redirectUri).not.toBe(redirectUri)
  expect((await newAppAt(await partnerPerson('owner'), place)).redirectUri).not.toBe(redirectUri)
  const id = await saveOAuthApp(owner, typed, from)
  expect((await readOwnOAuthApp(owner, id)).redirectUri).toBe(redirectUri)
  expect(
    await livingOAuthApp(db(), { partnerId: owner.partnerId, connector: 'workable', environment: 'sandbox' }),
  ).toMatchObject({ id, clientId: 'brightside', source: 'console', createdBy: owner.userId })
  expect(await newAppAt(owner, place)).toMatchObject({ appId: id })
  expect(await eventsOf(id)).toEqual(['oauth_app.saved'])
})

// Taken out with: `sealFor` in `insertOAuthApp`, `picked` in `list-oauth-apps.ts`.
test('A-072 A-091 the secret lies sealed, and no view, event or error has it', async () => {
  const owner = await partnerPerson('owner')
  const id = await saveOAuthApp(owner, typed, from)
  await replaceOAuthSecret(owner, {
    appId: id,
    fields: { ...typed, client_secret: 'CNRY-the-next-one' },
    from,
  })
  const views = JSON.stringify([await listOAuthApps(owner), await readOwnOAuthApp(owner, id)])
  expect(views).toContain('"secretLastFour":"-one"')
  expect(views).not.toMatch(/CNRY|cv1\./)
  const [row] = await sqlClient()`select to_jsonb(a) as app,
    (select jsonb_agg(to_jsonb(e)) from events e where e.subject_id = ${id}) as events from oauth_apps a where id = ${id}`
  expect(JSON.stringify(row)).not.toContain('CNRY')
  const error = await saveOAuthApp(owner, { ...typed, client_id: 'CNRY with space' }, from).catch(e => e)
  expect(JSON.stringify({ ...error, message: error.message, stack: error.stack })).not.toContain('CNRY')
})

describe('what is pasted wrongly is named, at its field', () => {
  let owner: PartnerActor
  beforeAll(async () => {
    owner = await partnerPerson('owner')
  })
  test.each([
    ['nothing', { client_id: '  ', client_secret: '' }, { client_id: 'empty', client_secret: 'empty' }],
    ['the id as the secret too', { client_secret: 'brightside' }, { client_secret: 'same' }],
    ['the redirect URI as the secret', { client_secret: 'its redirect URI' }, { client_secret: 'address' }],
    ['an address as the id', { client_id: 'https://www.example.com' }, { client_id: 'address' }],
    ['a space within', { client_secret: 'two words-of-a-secret' }, { client_secret: 'space' }],
    ['an unseen character', { client_id: 'bright\u200bside' }, { client_id: 'characters' }],
    ['a control character', { client_secret: 'a\u0000b-of-a-secret' }, { client_secret: 'characters' }],
    ['more than 1 KB', { client_secret: 'x'.repeat(1025) }, { client_secret: 'long' }],
  ])('%s', async (_, typedSo, problems) => {
    const { redirectUri } = await newAppAt(owner, place)
    const wrong = Object.fromEntries(
      Object.entries(typedSo).map(([field, text]) => [field, text.replace('its redirect URI', redirectUri)]),
    )
    const named = Object.fromEntries(
      Object.entries(problems).map(([field, key]) => [field, { key: `partner.oauth.problems.${key}` }]),
    )
    await expect(saveOAuthApp(owner, { ...typed, ...wrong }, from)).rejects.toMatchObject({ problems: named })
    expect((await listOAuthApps(owner)).every(({ app }) => app === undefined)).toBe(true)
  })

  test('white space around it is none of it', async () => {
    const id = await saveOAuthApp(owner, { ...typed, client_id: ' brightside\n' }, from)
    expect(await readOAuthApp(id)).toMatchObject({ clientId: 'brightside' })
  })
})

test('a second app of one place is refused, also at the same moment', async () => {
  const owner = await partnerPerson('owner')
  const tries = await Promise.allSettled([1, 2, 3].map(() => saveOAuthApp(owner, typed, from)))
  expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  for (const each of tries)
    if (each.status === 'rejected') expect(each.reason).toMatchObject({ code: 'conflict' })
  await expect(saveOAuthApp(owner, { ...typed, place: 'workable/elsewhere' }, from)).rejects.toMatchObject({
    code: 'not_found',
  })
})

// Taken out with: `partnerId` in `ownOAuthApp`; `partnerMustBeAllowed` in each verb.
test('A-106 another partner has no such app, and support may not even look', async () => {
  const id = await saveOAuthApp(await partnerPerson('owner'), typed, from)
  const attempts = (who: PartnerActor) => [
    () => readOwnOAuthApp(who, id),
    () => testOAuthApp(who, { appId: id }),
    () => replaceOAuthSecret(who, { appId: id, fields: typed, from }),
    () => removeOAuthApp(who, { appId: id, fields: {}, from }),
  ]
  for (const attempt of attempts(await partnerPerson('owner')))
    await expect(attempt()).rejects.toMatchObject({ code: 'not_found' })
  const support = await partnerPerson('support')
  const more = [() => listOAuthApps(support), () => saveOAuthApp(support, typed, from)]
  for (const attempt of [...attempts(support), ...more])
    await expect(attempt()).rejects.toMatchObject({ code: 'forbidden' })
  expect(await readOAuthApp(id)).toMatchObject({ removedAt: null, testedAt: null, secretGeneration: 1 })
})

// Taken out with: `proveAgain` in each verb.
test('an old sign-in wants the password for what changes an app, and tests without it', async () => {
  const owner = await partnerPerson('admin')
  const { id } = await registered(owner)
  await longAgo(owner)
  const needed = { problems: { password: { key: 'prove.needed' } } }
  await expect(saveOAuthApp(owner, { ...typed, place: 'workable/live' }, from)).rejects.toMatchObject(needed)
  await expect(replaceOAuthSecret(owner, { appId: id, fields: typed, from })).rejects.toMatchObject(needed)
  await expect(removeOAuthApp(owner, { appId: id, fields: {}, from })).rejects.toMatchObject(needed)
  expect(await testOAuthApp(owner, { appId: id })).toBe('works')
})

test('a test says whether the ATS knows id and secret, and takes nothing away', async () => {
  const owner = await partnerPerson('owner')
  const { id, known } = await registered(owner)
  const grant = await newGrant(sandbox, known.client_id)
  expect(await testOAuthApp(owner, { appId: id })).toBe('works')
  const view = await readOwnOAuthApp(owner, id)
  expect(view.testResult).toBe('works')
  expect(view.testedAt?.getTime()).toBeGreaterThan(Date.now() - 60_000)
  const row = await readOAuthApp(id)
  const still = row && (await refreshTokens(await openOAuthApp(db(), row), grant.tokens.refresh))
  expect(still?.kind).toBe('tokens')
  await sandbox.control(`/oauth/grants/${grant.id}/revoke`, 'POST', {})

  await sandbox.control(`/oauth/clients/${known.client_id}/secret`, 'POST', {})
  expect(await testOAuthApp(owner, { appId: id })).toBe('app_refused')
  await sandbox.fault('/oauth/token', { kind: 'status', status: 503 })
  expect(await testOAuthApp(owner, { appId: id })).toBe('unclear')
  expect(await eventsOf(id)).toEqual(['oauth_app.saved', ...Array(3).fill('oauth_app.tested')])
})

test('a test asks with the new secret alone, while the one before is still good for refreshing', async () => {
  const owner = await partnerPerson('owner')
  const { id, known } = await registered(owner)
  await replaceOAuthSecret(owner, {
    appId: id,
    fields: { client_id: known.client_id, client_secret: 'not-known-at-the-ats' },
    from,
  })
  expect((await readOwnOAuthApp(owner, id)).overlapsUntil?.getTime()).toBeGreaterThan(
    Date.now() + 6 * 86_400_000,
  )
  expect(await testOAuthApp(owner, { appId: id })).toBe('app_refused')
  const row = await readOAuthApp(id)
  const reply =
    row && (await refreshTokens(await openOAuthApp(db(), row), new Secret('nobody-was-given-this')))
  expect(reply).toMatchObject({ kind: 'grant_refused' })
})

test('a stopped app works again once a test finds it known, and stays stopped until then', async () => {
  const owner = await partnerPerson('owner')
  const { id, known } = await registered(owner)
  await sqlClient()`update oauth_apps set state = 'stopped', stopped_reason = 'app_refused', stopped_at = now(),
    retry_at = now() + interval '5 minutes' where id = ${id}`
  const fields = { client_id: known.client_id, client_secret: 'wrong-secret-again' }
  await sandbox.fault('/oauth/token', { kind: 'status', status: 503 })
  await testOAuthApp(owner, { appId: id })
  expect(await readOAuthApp(id)).toMatchObject({ state: 'stopped', stoppedReason: 'app_refused' })
  await testOAuthApp(owner, { appId: id })
  expect(await readOAuthApp(id)).toMatchObject({ state: 'working', stoppedReason: null, retryAt: null })
  expect(await eventsOf(id)).toContain('oauth_app.resumed')
  await replaceOAuthSecret(owner, { appId: id, fields, from })
  expect(await readOwnOAuthApp(owner, id)).toMatchObject({ testResult: null, testedAt: null })
})

test('a removed app signs nobody in and is still there for its connections; the next one has another redirect URI', async () => {
  const owner = await partnerPerson('owner')
  const { id } = await registered(owner)
  const { redirectUri } = await readOwnOAuthApp(owner, id)
  await removeOAuthApp(owner, { appId: id, fields: {}, from })
  await removeOAuthApp(owner, { appId: id, fields: {}, from })
  const of = { partnerId: owner.partnerId, connector: 'workable', environment: 'sandbox' } as const
  expect(await livingOAuthApp(db(), of)).toBeUndefined()
  expect(await testOAuthApp(owner, { appId: id })).toBe('works')
  expect((await newAppAt(owner, place)).redirectUri).not.toBe(redirectUri)
  expect(await saveOAuthApp(owner, typed, from)).not.toBe(id)
  expect((await eventsOf(id)).filter(name => name === 'oauth_app.removed')).toHaveLength(1)
})
