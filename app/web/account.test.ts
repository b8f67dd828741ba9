import { expect, test } from 'vitest'
import { sqlClient } from '#lib/db/client.ts'
import { makeWorkspace } from '#lib/db/testing.ts'
import { POST as save } from '../account/save/route.ts'
import { formRequest, signedIn } from './testing.ts'

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
  expect(answer.headers.get('location')).toBe('/account?saved=yes')
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
  const stranger = await save(formRequest('/account/save', { name: 'X', zone: 'UTC' }))
  expect(stranger.headers.get('location')).toMatch(/^\/sign-in\?next=%2Faccount%3Fform/)
  expect(await stored(owner.userId)).toEqual(before)
})
