import { expect, test } from 'vitest'
import { hashPassword } from '#lib/crypto/password.ts'
import { sqlClient } from '#lib/db/client.ts'
import { makeWorkspace } from '#lib/db/testing.ts'
import { POST as change } from '../account/password/route.ts'
import { POST as save } from '../account/save/route.ts'
import { POST as end } from '../account/sessions/end/route.ts'
import { POST as endOthers } from '../account/sessions/end-others/route.ts'
import { personOfRequest } from './here.ts'
import { formRequest, givePassword, sentBack, sessionOf, signedIn } from './testing.ts'

const stored = async (userId: string) => {
  const [row] = await sqlClient()`select name, time_zone, email, locale from users where id = ${userId}`
  return row
}

test('a person changes her own name and zone, and nothing else of herself', async () => {
  const { owner } = await makeWorkspace()
  const fields = {
    name: ' Zoë  Quinn ',
    zone: 'America/Lima',
    email: 'x@example.com',
    locale: 'xx',
    userId: 'y',
  }
  const answer = await save(formRequest('/account/save', fields, await signedIn(owner)))
  expect(answer.headers.get('location')).toBe('/account?done=saved')
  expect(await stored(owner.userId)).toEqual({
    name: 'Zoë Quinn',
    time_zone: 'America/Lima',
    email: owner.email,
    locale: 'en',
  })
})

test('an empty name and a zone that is none are refused at their fields; without a session nothing happens', async () => {
  const { owner } = await makeWorkspace()
  const before = await stored(owner.userId)
  const cookie = await signedIn(owner)
  const answer = await save(formRequest('/account/save', { name: '\u200b', zone: 'Mars/Olympus' }, cookie))
  expect(answer.headers.get('location')).toMatch(/^\/account\?form=/)
  const [kept] = await sqlClient()`select problems from form_states order by expires_at desc limit 1`
  expect(kept?.problems).toEqual({ name: { key: 'forms.empty' }, zone: { key: 'account.problems.zone' } })
  await save(formRequest('/account/save', { name: 'evil.com', zone: 'UTC' }, cookie))
  const [address] = await sqlClient()`select problems from form_states order by expires_at desc limit 1`
  expect(address?.problems).toEqual({ name: { key: 'forms.address_in_name' } })
  const stranger = await save(formRequest('/account/save', { name: 'X', zone: 'UTC' }))
  expect(stranger.headers.get('location')).toMatch(/^\/sign-in\?next=%2Faccount%3Fform/)
  expect(await stored(owner.userId)).toEqual(before)
})

const isIn = (cookie: string) =>
  personOfRequest(new Request('http://localhost:3000/', { headers: { cookie } })).then(
    () => true,
    () => false,
  )
const right = 'ferry plank quay lantern'
const other = 'copper violin under seven maples'

async function makePerson() {
  const { owner } = await makeWorkspace()
  await givePassword(owner.userId, await hashPassword(right))
  return owner
}

test('a language that is not there is refused, and the one there is can be chosen', async () => {
  const { owner } = await makeWorkspace()
  const cookie = await signedIn(owner)
  const about = { name: 'Zoë', zone: 'UTC' }
  const refused = await save(formRequest('/account/save', { ...about, language: 'xx' }, cookie))
  expect(refused.headers.get('location')).toMatch(/^\/account\?form=/)
  await save(formRequest('/account/save', { ...about, language: 'en' }, cookie))
  expect(await stored(owner.userId)).toMatchObject({ name: 'Zoë', locale: 'en' })
})

// Taken out with: `endedAt` in `endSessionsOf` of `sessions.ts`.
test('A-110: after a change of the password this browser has a new cookie, and no older one opens anything', async () => {
  const owner = await makePerson()
  const [here, there] = [await signedIn(owner), await signedIn(owner)]
  const answer = await change(formRequest('/account/password', { current: right, password: other }, here))
  expect(answer.headers.get('location')).toBe('/account?done=password')
  const renewed = sentBack(sessionOf(answer) ?? '')
  expect(await Promise.all([renewed, here, there].map(isIn))).toEqual([true, false, false])
})

test('a refused change of the password names what is wrong at its field, and keeps neither password', async () => {
  const owner = await makePerson()
  const cookie = await signedIn(owner)
  const typed = { current: 'my old secret one', password: 'my new secret one' }
  const answer = await change(formRequest('/account/password', typed, cookie))
  expect(answer.headers.get('location')).toMatch(/^\/account\?form=/)
  expect(sessionOf(answer)).toBeUndefined()
  const [kept] = await sqlClient()`select values, problems from form_states order by expires_at desc limit 1`
  expect(kept).toEqual({ values: {}, problems: { current: { key: 'prove.wrong' } } })
})

// Taken out with: `endedAt` in `endOwnSession` and `endSessionsOf` of `sessions.ts`.
test('A-110: she signs another browser out, then all others; somebody else’s she cannot', async () => {
  const owner = await makePerson()
  const stranger = await makePerson()
  const [here, there, further] = [await signedIn(owner), await signedIn(owner), await signedIn(owner)]
  const theirs = await signedIn(stranger)
  // The first is the one she was made with.
  const idOf = async (person: { userId: string }, n = 0) => {
    const rows =
      await sqlClient()`select id from sessions where user_id = ${person.userId} order by created_at`
    return String(rows[n]?.id)
  }
  const foreign = await end(formRequest('/account/sessions/end', { session: await idOf(stranger) }, here))
  expect(foreign.status).toBe(404)
  await end(formRequest('/account/sessions/end', { session: await idOf(owner, 2) }, here))
  expect(await Promise.all([here, there, further, theirs].map(isIn))).toEqual([true, false, true, true])
  await endOthers(formRequest('/account/sessions/end-others', {}, here))
  expect(await Promise.all([here, further, theirs].map(isIn))).toEqual([true, false, true])
  const signedOut = await endOthers(formRequest('/account/sessions/end-others', {}, further))
  expect(signedOut.headers.get('location')).toBe('/sign-in?next=%2Faccount')
})
