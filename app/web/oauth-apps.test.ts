import { afterAll, expect, test } from 'vitest'
import { z } from 'zod'
import { openSandbox } from '#lib/connectors/workable/testing.ts'
import { sqlClient, transaction } from '#lib/db/client.ts'
import { makeMember, makeWorkspace } from '#lib/db/testing.ts'
import { createSay } from '#lib/intl.ts'
import { stopApp, tellPartner } from '#lib/oauth/stop-app.ts'
import { listOAuthApps, readOwnOAuthApp } from '#lib/partners/list-oauth-apps.ts'
import { readOAuthApp } from '#lib/partners/oauth-apps.ts'
import { saveOAuthApp } from '#lib/partners/save-oauth-app.ts'
import { testOAuthApp } from '#lib/partners/test-oauth-app.ts'
import { partnerPerson } from '#lib/partners/testing.ts'
import { POST as remove } from '../partner/oauth-apps/[app]/remove/route.ts'
import { POST as replace } from '../partner/oauth-apps/[app]/replace/route.ts'
import { POST as testApp } from '../partner/oauth-apps/[app]/test/route.ts'
import { POST as save } from '../partner/oauth-apps/save/route.ts'
import { stateWords } from '../partner/oauth-apps/state.ts'
import { formRequest, signedIn } from './testing.ts'

const sandbox = await openSandbox()
afterAll(() => sandbox.stop())

const client = z.object({ client_id: z.string(), client_secret: z.string() })
const register = async () =>
  client.parse(await sandbox.control('/oauth/clients', 'POST', { name: 'Brightside', redirect_uris: [] }))

const address = '/partner/oauth-apps/save?for=workable%2Fsandbox'
const at = (app: string) => ({ params: Promise.resolve({ app }) })
const locationOf = (answer: Response) => answer.headers.get('location') ?? ''

/** The owner of a partner of her own, with her cookie. */
const opened = async () => signedIn((await makeWorkspace()).owner)

async function entered() {
  const [cookie, known] = [await opened(), await register()]
  const answer = await save(formRequest(address, known, cookie))
  return { cookie, known, answer, id: locationOf(answer).split('/').at(-1) ?? '' }
}

test('an app that is entered is tested at once, and the answer leads to its page', async () => {
  const { answer, id, known } = await entered()
  expect(answer.status).toBe(303)
  expect(locationOf(answer)).toBe(`/partner/oauth-apps/${id}`)
  expect(await readOAuthApp(id)).toMatchObject({ clientId: known.client_id, testResult: 'works' })
})

// Taken out with: `mayShowId` in `shown`, `app/partner/oauth-apps/save/route.ts`.
test('A-072 a refused form keeps the client id and never the secret, also where it was pasted into both fields', async () => {
  const cookie = await opened()
  const secret = 'CNRY-in-both-fields'
  const first = await save(
    formRequest(address, { client_id: 'brightside', client_secret: 'two words CNRY' }, cookie),
  )
  expect(locationOf(first)).toMatch(/^\/partner\/oauth-apps\/new\?for=workable%2Fsandbox&form=[0-9a-f-]{36}$/)
  await save(formRequest(address, { client_id: secret, client_secret: secret }, cookie))
  const kept = await sqlClient()`select values from form_states where form = 'oauth-app' order by expires_at`
  expect(kept.map(({ values }) => values)).toEqual([{ client_id: 'brightside' }, {}])
})

// Taken out with: `eq(oauthApps.partnerId, …)` in `own-oauth-app.ts`.
test("A-106 another partner's app is a 404 for every act, and its secret stays", async () => {
  const { id } = await entered()
  const stranger = await opened()
  const fields = { client_id: 'taken', client_secret: 'secret-of-the-attacker' }
  const before = await readOAuthApp(id)
  for (const act of [testApp, replace, remove])
    expect((await act(formRequest(`/partner/oauth-apps/${id}/x`, fields, stranger), at(id))).status).toBe(404)
  expect(await readOAuthApp(id)).toEqual(before)
})

test('whoever is nobody at the partner finds no such form; support may not enter an app', async () => {
  const workspace = await makeWorkspace()
  const recruiter = await signedIn(await makeMember(workspace, 'recruiter'))
  expect((await save(formRequest(address, await register(), recruiter))).status).toBe(404)
  await sqlClient()`update partner_members set role = 'support' where user_id = ${workspace.owner.userId}`
  const support = await signedIn(workspace.owner)
  expect((await save(formRequest(address, await register(), support))).status).toBe(403)
})

test('a new secret is tested; a removed app leads back to the list', async () => {
  const { cookie, known, id } = await entered()
  const fields = { client_id: known.client_id, client_secret: 'not-known-there-yet' }
  const replaced = await replace(formRequest(`/partner/oauth-apps/${id}/replace`, fields, cookie), at(id))
  expect(locationOf(replaced)).toBe(`/partner/oauth-apps/${id}`)
  expect(await readOAuthApp(id)).toMatchObject({ testResult: 'app_refused', secretGeneration: 2 })
  const removed = await remove(formRequest(`/partner/oauth-apps/${id}/remove`, {}, cookie), at(id))
  expect(locationOf(removed)).toBe('/partner/oauth-apps')
  expect((await readOAuthApp(id))?.removedAt).toBeInstanceOf(Date)
})

test('a problem leaves its mark: the last one stands with the app, and a refusal without a reason is a doubt until a test', async () => {
  const owner = await partnerPerson('owner')
  const id = await saveOAuthApp(
    owner,
    { place: 'workable/sandbox', ...(await register()) },
    { address: '::1' },
  )
  const say = createSay('en', 'UTC')
  const shown = async () => {
    const app = await readOwnOAuthApp(owner, id)
    return [app.problem?.kind, stateWords(say, app).state]
  }
  const row = async () => (await readOAuthApp(id)) ?? Object.assign({})
  expect(await shown()).toEqual([undefined, 'untested'])
  const app = await row()
  await transaction(tx => stopApp(tx, app, 'app_refused'))
  expect(await shown()).toEqual(['app_refused', 'stopped_refused'])
  await testOAuthApp(owner, { appId: id })
  expect(await shown()).toEqual(['app_refused', 'works'])
  await transaction(tx => tellPartner(tx, app, { name: 'oauth_app.refused_oddly' }))
  expect(await shown()).toEqual(['refused_oddly', 'doubted'])
  const inList = (await listOAuthApps(owner)).flatMap(({ app: view }) => view?.problem?.kind ?? [])
  expect(inList).toEqual(['refused_oddly'])
  await testOAuthApp(owner, { appId: id })
  expect(await shown()).toEqual(['refused_oddly', 'works'])
})
