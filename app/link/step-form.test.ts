import { expect, test } from 'vitest'
import { cookieNames } from '#lib/auth.ts'
import { sqlClient } from '#lib/db/client.ts'
import { makeMember } from '#lib/db/testing.ts'
import { newId } from '#lib/ids.ts'
import { keptIn, sessionRow, startedWalk, walkAtTheKey } from '#lib/link-sessions/testing.ts'
import { formRequest, sentBack, signedIn } from '../web/testing.ts'
import { POST as ask } from './[session]/ats/ask/route.ts'
import { POST as pick } from './[session]/ats/pick/route.ts'
import { POST as confirm } from './[session]/check/confirm/route.ts'
import { POST as replace } from './[session]/check/replace/route.ts'
import { POST as save } from './[session]/enter/[field]/save/route.ts'
import { POST as enterAll } from './[session]/enter-all/route.ts'
import { POST as feedback } from './[session]/feedback/route.ts'
import { POST as choose, GET as howAgain } from './[session]/how/choose/route.ts'
import { POST as startAgain } from './[session]/start-again/route.ts'

type Handler = (
  request: Request,
  context: { params: Promise<{ session: string; field?: string }> },
) => Promise<Response>

/** Sends a form of a walk, as a browser would. */
const send = (
  post: Handler,
  session: string,
  fields: Record<string, string>,
  cookie?: string,
  field?: string,
) =>
  post(formRequest('/', fields, cookie), {
    params: Promise.resolve({ session, ...(field ? { field } : {}) }),
  })

const to = (answer: Response) => answer.headers.get('location')

/** A body as nobody's browser sends it. */
const odd = (body: BodyInit, cookie: string, type?: string) =>
  new Request('http://localhost:3000/', {
    method: 'POST',
    body,
    headers: { cookie, ...(type && { 'content-type': type }) },
  })

test('a form is answered with the next screen, and a reload of that answer leads back to its screen', async () => {
  const { id, owner } = await startedWalk()
  const cookie = await signedIn(owner)
  const picked = await send(pick, id, { ats: 'workable/sandbox' }, cookie)
  expect([picked.status, to(picked)]).toEqual([303, `/link/${id}/how`])
  const chosen = await send(choose, id, { way: 'api_key' }, cookie)
  expect([chosen.status, to(chosen)]).toEqual([303, `/link/${id}/admin`])
  const again = await howAgain(new Request('http://localhost:3000/'), {
    params: Promise.resolve({ session: id }),
  })
  expect([again.status, to(again)]).toEqual([303, `/link/${id}/how`])
})

test('what is wrong stands at its field after the 303', async () => {
  const { id, owner } = await walkAtTheKey()
  const answer = await send(save, id, { subdomain: 'https://evil.com' }, await signedIn(owner), 'subdomain')
  expect([answer.status, to(answer)]).toEqual([303, `/link/${id}/enter/subdomain`])
  expect((await sessionRow(id)).shown).toMatchObject({ values: { subdomain: 'https://evil.com' } })
})

// Taken out with: `shapeOf` in `step-form.ts`.
test('A-057: what no form of ours sends is refused with 422, and nothing of it is kept', async () => {
  const { id, owner, workspaceId } = await walkAtTheKey()
  const cookie = await signedIn(owner)
  const before = await sessionRow(id)
  const file = new FormData()
  file.set('subdomain', new Blob(['acme']), 'acme.txt')
  const bodies: [BodyInit, string?][] = [
    ['subdomain=acme&subdomain=evil', 'application/x-www-form-urlencoded'],
    ['subdomain[]=acme', 'application/x-www-form-urlencoded'],
    ['subdomain[label]=acme', 'application/x-www-form-urlencoded'],
    ['__proto__=acme', 'application/x-www-form-urlencoded'],
    ['constructor=acme', 'application/x-www-form-urlencoded'],
    ['more=acme', 'application/x-www-form-urlencoded'],
    [`api_key=${'k'.repeat(20_000)}`, 'application/x-www-form-urlencoded'],
    ['{"subdomain":"acme"}', 'application/json'],
    ['{"subdomain":["acme"],"__proto__":{"a":1}}', 'application/json'],
    [file],
  ]
  for (const [body, type] of bodies) {
    for (const [post, field] of [
      [save, 'subdomain'],
      [save, 'api_key'],
      [enterAll, undefined],
    ] as const) {
      const copy = body instanceof FormData ? file : body
      const params = Promise.resolve({ session: id, ...(field ? { field } : {}) })
      const answer = await post(odd(copy, cookie, type), { params })
      expect([answer.status, body]).toEqual([422, body])
    }
  }
  expect(await sessionRow(id)).toEqual(before)
  expect(await keptIn(workspaceId)).toEqual({ connections: 0, credentials: 0, candidates: 0 })
})

// Taken out with: `maxKeyBytes` in `api-key.ts`, made larger.
test('A-068: a key of more than 4 KB is named at its field and sealed nowhere', async () => {
  const { id, owner, workspaceId } = await walkAtTheKey()
  const answer = await send(save, id, { api_key: 'k'.repeat(5_000) }, await signedIn(owner), 'api_key')
  expect(to(answer)).toBe(`/link/${id}/enter/api_key`)
  expect((await sessionRow(id)).shown?.problems).toHaveProperty('api_key')
  expect(await keptIn(workspaceId)).toMatchObject({ candidates: 0 })
})

// Taken out with: `members.userId` in `readWalk`.
test('A-107: nobody but the person whose walk it is can send its forms, whatever their role', async () => {
  const { id, owner, ...workspace } = await walkAtTheKey()
  const stranger = (await startedWalk()).owner
  const colleague = await makeMember(workspace, 'owner')
  const before = await sessionRow(id)
  for (const person of [stranger, colleague]) {
    const cookie = await signedIn(person)
    for (const [post, fields] of [
      [pick, { ats: 'workable' }],
      [choose, { way: 'api_key' }],
      [enterAll, { subdomain: 'evil' }],
      [confirm, {}],
      [startAgain, {}],
    ] as [Handler, Record<string, string>][]) {
      expect((await send(post, id, fields, cookie)).status).toBe(404)
    }
  }
  const nobody = await send(choose, id, { way: 'api_key' })
  expect([nobody.status, to(nobody)]).toEqual([303, `/sign-in?next=${encodeURIComponent(`/link/${id}/how`)}`])
  expect(await sessionRow(id)).toEqual(before)
})

test('a walk that there is not, and an address that is none, are not found', async () => {
  const { owner } = await startedWalk()
  const cookie = await signedIn(owner)
  for (const id of [newId(), '..', 'a/b', '%2f%2fevil'])
    expect((await send(choose, id, { way: 'api_key' }, cookie)).status).toBe(404)
})

test('a session that expired in the middle: what was typed waits behind the sign-in, the key never', async () => {
  const { id, owner } = await walkAtTheKey()
  const cookie = await signedIn(owner)
  await sqlClient()`update sessions set ended_at = now() where user_id = ${owner.userId}`
  const fields = { api_key: 'CNRY-key-of-hers', name: 'Ours', partner_client_id: 'uid-1' }
  const answer = await send(save, id, fields, cookie, 'api_key')
  const next = new URL(to(answer) ?? '', 'http://localhost:3000').searchParams.get('next') ?? ''
  expect(next).toMatch(new RegExp(`^/link/${id}/enter/api_key\\?form=[\\w-]{36}$`))
  const [kept] = await sqlClient()`select values, problems from form_states where id = ${next.slice(-36)}`
  expect(kept).toEqual({ values: { name: 'Ours', partner_client_id: 'uid-1' }, problems: {} })
  expect(answer.headers.getSetCookie().map(sentBack)[0]).toMatch(new RegExp(`^${cookieNames.visitor}=`))
})

test('a key in the wrong field does not wait behind the sign-in either', async () => {
  const { id, owner } = await walkAtTheKey()
  const cookie = await signedIn(owner)
  await sqlClient()`update sessions set ended_at = now() where user_id = ${owner.userId}`
  const key = 'CNRYq7Xf2_Jd9sLw0aVb3NcMk4TzRy8HuEi1GoPx5Qm'
  const answer = await send(save, id, { subdomain: key }, cookie, 'subdomain')
  expect(to(answer)).toBe(`/sign-in?next=${encodeURIComponent(`/link/${id}/enter/subdomain`)}`)
  const rows = await sqlClient()`select values from form_states`
  expect(JSON.stringify(rows)).not.toContain('CNRY')
})

test('who never had a session leaves no row behind', async () => {
  const { id } = await walkAtTheKey()
  const before = await sqlClient()`select count(*) from form_states`
  await send(save, id, { subdomain: 'acme' }, undefined, 'subdomain')
  expect(await sqlClient()`select count(*) from form_states`).toEqual(before)
})

test('a walk that has ended says so on its screen, and can be started again from there', async () => {
  const { id, owner, positionId } = await startedWalk()
  const cookie = await signedIn(owner)
  await sqlClient()`update link_sessions set expires_at = now() - interval '1 second' where id = ${id}`
  expect(to(await send(choose, id, { way: 'api_key' }, cookie))).toBe(`/link/${id}/how`)
  const again = to(await send(startAgain, id, {}, cookie)) ?? ''
  expect(again).toMatch(/^\/link\/[\w-]{36}\/ats$/)
  const fresh = again.split('/')[2] ?? ''
  expect(await sessionRow(fresh)).toMatchObject({ positionId, state: 'open' })
  // From the old one once more: what is open by now is gone on with, not started over.
  expect(to(await send(startAgain, id, {}, cookie))).toBe(again)
  expect(to(await send(startAgain, fresh, {}, cookie))).not.toBe(again)
  expect(await sessionRow(fresh)).toMatchObject({ state: 'abandoned' })
})

test('what people say on the way is kept for the partner, the last answer alone, and thanked for where it was said', async () => {
  const { id, owner } = await walkAtTheKey()
  const cookie = await signedIn(owner)
  const about = { screen: 'enter/api_key', kind: 'guide_answered', anchor: 'api_key' }
  await send(feedback, id, { ...about, yes: 'no' }, cookie)
  const answer = await send(feedback, id, { ...about, yes: 'yes' }, cookie)
  expect(to(answer)).toBe(`/link/${id}/enter/api_key?thanks=guide_answered`)
  const differs = { ...about, kind: 'guide_differs', words: 'The button is green.' }
  await send(feedback, id, differs, cookie)
  const rows =
    await sqlClient()`select kind, yes, words from feedback where link_session_id = ${id} order by kind`
  expect([...rows]).toEqual([
    { kind: 'guide_answered', yes: 'yes', words: '' },
    { kind: 'guide_differs', yes: null, words: 'The button is green.' },
  ])
  expect((await send(feedback, id, { ...about, screen: '//evil.com' }, cookie)).status).toBe(422)
})

test('an ATS that is not here is asked for once a workspace', async () => {
  const { id, owner, workspaceId } = await startedWalk()
  const cookie = await signedIn(owner)
  await send(ask, id, { name: 'Greenhouse' }, cookie)
  const answer = await send(ask, id, { name: ' greenhouse ' }, cookie)
  expect(to(answer)).toBe(`/link/${id}/ats?asked=greenhouse`)
  const rows = await sqlClient()`select name from ats_requests where workspace_id = ${workspaceId}`
  expect([...rows]).toEqual([{ name: 'Greenhouse' }])
})

// Taken out with: `mustBeProven` in `confirm.ts`.
test('a key is replaced by somebody who gave her password a moment ago; an older session gives it once more', async () => {
  const { id, owner } = await walkAtTheKey()
  const cookie = await signedIn(owner)
  const on = `/link/${id}/enter/api_key` // where the walk stands
  expect(to(await send(replace, id, {}, cookie))).toBe(on)
  await sqlClient()`update sessions set proven_at = now() - interval '16 minutes' where user_id = ${owner.userId}`
  const again = `/sign-in?again=yes&next=${encodeURIComponent(`/link/${id}/check`)}`
  expect(to(await send(replace, id, {}, cookie))).toBe(again)
  expect(to(await send(replace, id, {}, await signedIn(owner)))).toBe(on)
})
