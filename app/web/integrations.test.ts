import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { afterAll, expect, test } from 'vitest'
import type { MemberActor } from '#lib/actors.ts'
import { connectTo, linkedPosition, rowOf } from '#lib/connections/testing.ts'
import { openSandbox } from '#lib/connectors/workable/testing.ts'
import { db, sqlClient } from '#lib/db/client.ts'
import { connections, consents, deletionReceipts, linkSessions } from '#lib/db/schema/index.ts'
import { makeMember, makeWorkspace } from '#lib/db/testing.ts'
import { newId } from '#lib/ids.ts'
import { formRequest, signedIn } from './testing.ts'

const sandbox = await openSandbox()
afterAll(() => sandbox.stop())

type Ids = { workspace: string; connector: string; id: string; consent: string; receipt: string }
type Handler = (request: Request, context: { params: Promise<Ids> }) => Promise<Response>
const routes = import.meta.glob<Record<string, Handler>>('../w/\\[workspace\\]/integrations/**/route.ts')

const actOf = (file: string) => (file.includes('/consents/') ? 'consents' : (file.split('/').at(-2) ?? ''))
const acts = Object.keys(routes).map(actOf)

type To = {
  slug: string
  id?: string
  connector?: string
  consent?: string
  receipt?: string
  cookie?: string
  fields?: Record<string, string>
}

async function send(act: string, to: To): Promise<Response> {
  const file = Object.keys(routes).find(each => actOf(each) === act) ?? ''
  const { GET, POST } = (await routes[file]?.()) ?? {}
  const ids = {
    workspace: to.slug,
    connector: to.connector ?? 'workable',
    id: to.id ?? '',
    consent: to.consent ?? '',
    receipt: to.receipt ?? '',
  }
  const address = `/w/${to.slug}/integrations/${ids.connector}/${ids.id}/${act}`
  const cookie = to.cookie ? { cookie: to.cookie } : {}
  const request = POST
    ? formRequest(address, to.fields ?? { environment: 'sandbox' }, to.cookie)
    : new Request(new URL(address, 'http://localhost:3000'), { headers: cookie })
  const answer = await (POST ?? GET)?.(request, { params: Promise.resolve(ids) })
  if (!answer) throw new Error(`no ${act}`)
  return answer
}

async function makePeople() {
  const workspace = await makeWorkspace()
  const { id } = await connectTo(sandbox, workspace.owner, 'acme')
  const recruiter = await makeMember(workspace, 'recruiter')
  const consent = newId()
  const { workspaceId, owner } = workspace
  const receipt = await receiptIn(workspace.owner)
  await db()
    .insert(consents)
    .values({
      id: consent,
      workspaceId,
      linkSessionId: newId(),
      connectionId: id,
      userId: owner.userId,
      memberId: owner.memberId,
      personName: owner.name,
      connector: 'workable',
      permissions: 'read',
      scopes: ['r_jobs'],
      locale: 'en',
      wording: { title: 'Permissions', groups: [] },
    })
  const cookies = {
    owner: await signedIn(owner),
    recruiter: await signedIn(recruiter),
    viewer: await signedIn(await makeMember(workspace, 'viewer')),
  }
  return { ...workspace, id, consent, receipt, cookies, recruiter }
}

/** Deletes a connection, and gives its receipt. */
async function receiptIn(owner: MemberActor): Promise<string> {
  const { id: connectionId } = await connectTo(sandbox, owner, 'quietwater')
  const id = newId()
  const { workspaceId, memberId, name } = owner
  await db().update(connections).set({ status: 'deleted' }).where(eq(connections.id, connectionId))
  await db().insert(deletionReceipts).values({
    id,
    workspaceId,
    connectionId,
    connector: 'workable',
    environment: 'sandbox',
    name: 'Quietwater',
    accountName: 'Quietwater',
    subdomain: 'quietwater',
    way: 'api_key',
    lastFour: 'c41e',
    endedLinks: [],
    deletedBy: memberId,
    deletedByName: name,
  })
  return id
}

const stateOf = async (workspaceId: string) => {
  const rows = await sqlClient()`
    select (select count(*) from checks where workspace_id = ${workspaceId}) as checks,
    (select string_agg(concat_ws(' ', name, status, version, key_expires_on), ',' order by id) from connections where workspace_id = ${workspaceId}) as connections,
    (select count(*) from credentials where workspace_id = ${workspaceId}) as credentials,
    (select count(revoked_at) from deletion_receipts where workspace_id = ${workspaceId}) as revoked,
    (select count(*) from link_sessions where workspace_id = ${workspaceId}) as sessions,
    (select count(*) from events where workspace_id = ${workspaceId}) as events`
  return rows[0]
}

test('every address of Integrations that answers has a row here', () => {
  expect(acts.toSorted()).toEqual([
    'active',
    'check-now',
    'choose',
    'consents',
    'delete',
    'expiry',
    'file',
    'new-authentication',
    'new-key',
    'rename',
    'revoked',
  ])
})

// Taken out with: `members.userId` in `findMember`, and the workspace in each query; for nobody the session in `enterRoute`.
test.each(acts)(
  'A-106, A-107: %s gives and changes nothing for a stranger, another workspace or ids that are swapped',
  async act => {
    const [mine, theirs] = [await makePeople(), await makePeople()]
    const before = [await stateOf(mine.workspaceId), await stateOf(theirs.workspaceId)]
    const own = { slug: mine.slug, id: mine.id, consent: mine.consent, receipt: mine.receipt }
    for (const to of [own, { ...own, cookie: '__Host-gangway-session=x' }]) {
      const answer = await send(act, to)
      expect(answer.status).toBe(303)
      expect(answer.headers.get('location')).toMatch(/^\/sign-in\?next=%2Fw%2F/)
    }
    expect((await send(act, { ...own, cookie: theirs.cookies.owner })).status).toBe(404)
    expect((await send(act, { ...own, slug: 'nowhere', cookie: mine.cookies.owner })).status).toBe(404)
    if (act !== 'new-authentication')
      for (const id of [theirs.id, randomUUID(), 'x', "' or true --"]) {
        const swapped = { id, consent: theirs.consent, receipt: id === theirs.id ? theirs.receipt : id }
        const answer = await send(act, { ...own, ...swapped, cookie: mine.cookies.owner })
        expect(answer.status).toBe(404)
      }
    expect([await stateOf(mine.workspaceId), await stateOf(theirs.workspaceId)]).toEqual(before)
  },
)

// Taken out with: `POST` in `new-authentication/route.ts`, exported as `GET` too.
test('A-018: an image or a link on any page starts nothing: what changes something answers to a form alone', async () => {
  for (const [file, load] of Object.entries(routes)) {
    const exported = Object.keys(await load()).sort()
    expect([file, exported]).toEqual([file, /\/(consents|file)\//.test(file) ? ['GET'] : ['POST']])
  }
})

// Taken out with: `mustBeAllowed`, and `mustMend` of `may-mend.ts`.
test.each([
  'active',
  'check-now',
  'choose',
  'delete',
  'expiry',
  'new-authentication',
  'new-key',
  'rename',
  'revoked',
])('A-106: %s is not for a viewer, nor for a recruiter who did not make the connection', async act => {
  const { slug, id, receipt, cookies, workspaceId } = await makePeople()
  const before = await stateOf(workspaceId)
  for (const cookie of [cookies.viewer, cookies.recruiter]) {
    expect((await send(act, { slug, id, receipt, cookie })).status).toBe(403)
  }
  expect(await stateOf(workspaceId)).toEqual(before)
})

test('Check now leads back to where the rows fill; pressed too often it says when there are more', async () => {
  const { slug, id, cookies } = await makePeople()
  const press = () => send('check-now', { slug, id, cookie: cookies.owner })
  const answer = await press()
  expect([answer.status, answer.headers.get('location')]).toEqual([
    303,
    `/w/${slug}/integrations/workable/${id}`,
  ])
  for (let n = 2; n <= 10; n++) await press()
  const refused = await press()
  expect(refused.status).toBe(429)
  expect(refused.headers.get('retry-after')).toMatch(/^\d+$/)
  expect(await refused.text()).toContain('Ten checks an hour')
})

test('New authentication and a new key open the wizard at How', async () => {
  const { slug, id, cookies } = await makePeople()
  for (const act of ['new-authentication', 'new-key']) {
    const answer = await send(act, { slug, id, cookie: cookies.owner })
    expect(answer.headers.get('location')).toMatch(/^\/link\/[0-9a-f-]{36}(\/how)?$/)
  }
})

test('a recruiter gives a new key to the connection that she made', async () => {
  const { slug, recruiter, cookies } = await makePeople()
  const own = await connectTo(sandbox, recruiter, 'larkfield')
  const answer = await send('new-key', { slug, id: own.id, cookie: cookies.recruiter })
  const session = answer.headers.get('location')?.split('/').at(2) ?? ''
  const [row] = await db().select().from(linkSessions).where(eq(linkSessions.id, session))
  expect(row).toMatchObject({ environment: 'sandbox', answers: { fields: { subdomain: 'larkfield' } } })
})

test('an ATS that nobody wrote cannot be added', async () => {
  const { slug, cookies } = await makePeople()
  for (const connector of ['greenhouse', 'constructor', '__proto__', '..%2f'])
    expect((await send('new-authentication', { slug, connector, cookie: cookies.owner })).status).toBe(404)
})

test('a new name and a new day lead back to the settings; what is wrong with them is shown there', async () => {
  const { slug, id, cookies } = await makePeople()
  const settings = `/w/${slug}/integrations/workable/${id}/settings`
  const press = async (act: string, fields: Record<string, string>) =>
    (await send(act, { slug, id, cookie: cookies.owner, fields })).headers.get('location')
  expect(await press('rename', { name: 'Ours' })).toBe(`${settings}?saved=name`)
  expect(await press('expiry', { key_expires_on: '2027-01-31' })).toBe(`${settings}?saved=expiry`)
  expect(await rowOf(id)).toMatchObject({ name: 'Ours', keyExpiresOn: '2027-01-31' })
  expect(await press('expiry', { key_expires_on: '2027-01-31', drop: 'yes' })).toBe(
    `${settings}?saved=expiry`,
  )
  expect((await rowOf(id)).keyExpiresOn).toBeNull()
  expect(await press('rename', { name: '' })).toMatch(/settings\?form=[0-9a-f-]{36}$/)
  expect(await press('expiry', { key_expires_on: 'soon' })).toMatch(/settings\?form=[0-9a-f-]{36}$/)
})

test('off leads back to where the switch stands, on to where the check before it is seen', async () => {
  const { slug, id, cookies } = await makePeople()
  const list = `/w/${slug}/integrations`
  const page = `${list}/workable/${id}`
  const press = async (active: string, from: string) =>
    (await send('active', { slug, id, cookie: cookies.owner, fields: { active, from } })).headers.get(
      'location',
    )
  expect(await press('no', 'list')).toBe(list)
  expect((await rowOf(id)).status).toBe('inactive')
  expect(await press('yes', 'list')).toBe(page)
  expect(await press('no', 'settings')).toBe(`${page}/settings`)
  expect(await press('no', 'https://evil.example')).toBe(page)
})

test('deleted with the word, it leads to the receipt, which everybody of the workspace may take away', async () => {
  const { slug, id, cookies } = await makePeople()
  const press = (word: string) => send('delete', { slug, id, cookie: cookies.owner, fields: { word } })
  const back = (await press('delete')).headers.get('location')
  expect(back).toMatch(/\/settings\?ask=delete&form=[0-9a-f-]{36}$/)
  expect((await rowOf(id)).status).toBe('active')
  const to = (await press('DELETE')).headers.get('location') ?? ''
  expect(to).toMatch(new RegExp(`^/w/${slug}/integrations/receipts/[0-9a-f-]{36}$`))
  expect((await press('DELETE')).headers.get('location')).toBe(to)
  const receipt = to.split('/').at(-1) ?? ''
  const file = await send('file', { slug, receipt, cookie: cookies.viewer })
  expect(file.headers.get('content-disposition')).toMatch(/filename="receipt-R-\d{4}-[0-9A-F]{8}\.txt"$/)
  const text = await file.text()
  for (const part of ['acme.', 'Key destroyed: ', 'Key revoked in Workable: open'])
    expect(text).toContain(part)
  const said = await send('revoked', { slug, receipt, cookie: cookies.owner })
  expect(said.headers.get('location')).toBe(to)
})

test('a viewer may take the record of the consent away: a file, kept by nobody on the way', async () => {
  const { slug, id, consent, cookies } = await makePeople()
  const answer = await send('consents', { slug, id, consent, cookie: cookies.viewer })
  expect(answer.status).toBe(200)
  expect(answer.headers.get('content-disposition')).toMatch(
    /^attachment; filename="consent-\d{4}-\d\d-\d\d\.txt"$/,
  )
  expect(answer.headers.get('cache-control')).toBe('private, no-store')
  expect(await answer.text()).toContain('Permissions')
})

test('a consent does not open under another connection’s address', async () => {
  const { slug, consent, owner, cookies } = await makePeople()
  const other = await connectTo(sandbox, owner, 'larkfield')
  expect((await send('consents', { slug, id: other.id, consent, cookie: cookies.owner })).status).toBe(404)
})

test('Change job opens the wizard at the job', async () => {
  const { slug, owner, id, cookies } = await makePeople()
  const { positionId } = await linkedPosition(owner, id)
  const { POST } = await import('../w/[workspace]/positions/[id]/change-job/route.ts')
  const request = formRequest(
    `/w/${slug}/positions/${positionId}/change-job`,
    { connection: id },
    cookies.recruiter,
  )
  const answer = await POST(request, { params: Promise.resolve({ workspace: slug, id: positionId }) })
  expect(answer.headers.get('location')).toMatch(/^\/link\/[0-9a-f-]{36}\/job$/)
})
