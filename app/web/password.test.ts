import { expect, test, vi } from 'vitest'
import { hashPassword } from '#lib/crypto/password.ts'
import { hashToken, newToken } from '#lib/crypto/tokens.ts'
import { sqlClient } from '#lib/db/client.ts'
import { makeWorkspace } from '#lib/db/testing.ts'
import { speakablePath } from '#lib/door/access-log.ts'
import { newId } from '#lib/ids.ts'
import { POST as set } from '../(public)/password/[secret]/set/route.ts'
import { POST as ask } from '../(public)/password/ask/route.ts'
import { POST as enter } from '../(public)/sign-in/enter/route.ts'
import { ownPath } from './own-path.ts'
import { formRequest, givePassword, sessionOf, signedIn } from './testing.ts'

const right = 'ferry plank quay lantern'
const other = 'copper violin under seven maples'

async function makePerson() {
  const { owner } = await makeWorkspace()
  await givePassword(owner.userId, await hashPassword(right))
  return owner
}

/** A link as a mail has it. */
async function linkFor(userId: string): Promise<string> {
  const secret = newToken('gwr')
  await sqlClient()`insert into one_time_links (id, purpose, user_id, secret_hash, expires_at)
    values (${newId()}, 'password_reset', ${userId}, ${hashToken(secret)}, now() + interval '1 hour')`
  return secret
}

const send = (secret: string, password: string, cookie?: string) =>
  set(formRequest(`/password/${secret}/set`, { password }, cookie), { params: Promise.resolve({ secret }) })

// Taken out with: an answer of its own, in `askReset`, for whom there is no account.
test('A-114: a known address, an unknown one and that of somebody switched off get the same answer', async () => {
  const [known, off] = [await makePerson(), await makePerson()]
  await sqlClient()`update users set disabled_at = now() where id = ${off.userId}`
  const answers = []
  for (const email of [known.email, off.email, 'nobody@example.com']) {
    const answer = await ask(formRequest('/password/ask', { email }))
    answers.push([answer.status, [...answer.headers].toString(), await answer.text()])
  }
  expect(new Set(answers.map(answer => JSON.stringify(answer))).size).toBe(1)
  expect(answers[0]?.[0]).toBe(303)
  await vi.waitFor(async () => {
    const rows = await sqlClient()`select to_address from mails where kind = 'password_reset'`
    expect(rows.map(row => row.to_address)).toEqual([known.email])
  })
})

// Taken out with: `z.email` in `emailAddress`.
test('A-112: an address that only looks like hers is no address', async () => {
  const { email } = await makePerson()
  for (const lookAlike of [email.replace('@', '＠'), email.replace('o', 'о'), '', 'not an address']) {
    const answer = await ask(formRequest('/password/ask', { email: lookAlike }))
    expect(answer.headers.get('location')).toMatch(/^\/password\?form=/)
  }
})

// Taken out with: `countReset` in `ask-reset.ts`.
test('A-113: over the limit the answer is 429 with the seconds to wait', async () => {
  const statuses = []
  for (let n = 0; n < 6; n += 1)
    statuses.push((await ask(formRequest('/password/ask', { email: 'over@example.com' }))).status)
  expect(statuses).toEqual([303, 303, 303, 303, 303, 429])
})

test('the link’s form sets the password once and signs nobody in, whoever this browser is', async () => {
  const [owner, stranger] = [await makePerson(), await makePerson()]
  const secret = await linkFor(owner.userId)
  const weak = await send(secret, 'short')
  expect(weak.headers.get('location')).toMatch(new RegExp(`^/password/${secret}\\?form=`))
  const answer = await send(secret, other, await signedIn(stranger))
  expect(answer.headers.get('location')).toBe('/sign-in?reset=done')
  expect(sessionOf(answer)).toBeUndefined()
  expect((await send(secret, right)).status).toBe(410)
  const fields = { email: owner.email, password: other }
  expect(sessionOf(await enter(formRequest('/sign-in/enter', fields)))).toBeDefined()
})

test('the secret of a link stands in no line of the log, and a sign-in does not lead back to it', () => {
  const secret = newToken('gwr')
  expect(speakablePath(`/password/${secret}/set?form=x`)).toBe('/password/[…]/set')
  expect(ownPath(`/password/${secret}`)).toBe('/')
})

// Taken out with: `countKeptForm` in `answer-form.ts`.
test('A-113: whoever is not signed in fills no table with refused forms', async () => {
  const request = (n: number) => {
    const made = formRequest('/password/ask', { email: `not an address ${n}` })
    made.headers.set('x-forwarded-for', '203.0.113.77')
    return ask(made)
  }
  const count = async () => (await sqlClient()`select count(*)::int as n from form_states`)[0]?.n
  const before = Number(await count())
  const statuses = []
  for (let n = 0; n < 125; n += 1) statuses.push((await request(n)).status)
  expect(statuses.slice(118)).toEqual([303, 303, 429, 429, 429, 429, 429])
  expect(Number(await count()) - before).toBe(120)
})
