import { scryptSync } from 'node:crypto'
import { encode } from 'next-auth/jwt'
import { expect, test } from 'vitest'
import { cookieNames, deviceCookie, newVisitor, openDevice, openSession, sessionCookie } from '#lib/auth.ts'
import { hashPassword } from '#lib/crypto/password.ts'
import { sqlClient } from '#lib/db/client.ts'
import { makeWorkspace } from '#lib/db/testing.ts'
import { workspacesOf } from '#lib/members/workspaces-of.ts'
import { POST as enter } from '../(public)/sign-in/enter/route.ts'
import { POST as save } from '../account/save/route.ts'
import { POST as leave } from '../sign-out/route.ts'
import { cookiesOf } from './cookies.ts'
import { enterRoute, personOfRequest } from './here.ts'
import { formRequest, givePassword, sentBack, sessionOf, signedIn } from './testing.ts'

const right = 'ferry plank quay lantern'
const hashed = hashPassword(right)
const withCookie = (cookie: string) => new Request('http://localhost:3000/', { headers: { cookie } })
const isIn = (cookie: string) =>
  personOfRequest(withCookie(cookie)).then(
    () => true,
    () => false,
  )

async function makePerson() {
  const workspace = await makeWorkspace()
  await givePassword(workspace.owner.userId, await hashed)
  return workspace
}

// Taken out with: `attributes` in `auth.ts`.
test('A-110: signing in sets a cookie for this host alone, that no script reads and nobody can open, and goes where it was asked', async () => {
  const { owner, slug } = await makePerson()
  const fields = { email: owner.email, password: right, next: `/w/${slug}/positions?q=a` }
  const answer = await enter(formRequest('/sign-in/enter', fields))
  expect(answer.status).toBe(303)
  expect(answer.headers.get('location')).toBe(`/w/${slug}/positions?q=a`)
  const cookie = sessionOf(answer) ?? ''
  expect(cookie).toMatch(
    /^__Host-gangway-session=[\w.-]+; Max-Age=604800; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
  )
  expect(cookie).not.toMatch(/domain/i)
  const parts = sentBack(cookie).split('.')
  expect(parts).toHaveLength(5)
  const header = JSON.parse(Buffer.from(parts[0]?.split('=')[1] ?? '', 'base64url').toString())
  expect(header).toEqual({ alg: 'dir', enc: 'A256GCM' })
  for (const part of parts)
    expect(Buffer.from(part, 'base64url').toString('latin1')).not.toContain(owner.userId)
  const here = await enterRoute(withCookie(sentBack(cookie)), slug)
  expect(here.actor).toMatchObject({ kind: 'member', role: 'owner', email: owner.email })
})

test('each sign-in has a secret of its own, of which the database has the hash', async () => {
  const { owner } = await makePerson()
  const tokens = await Promise.all(
    [1, 2].map(async () => openSession((await signedIn(owner)).slice(cookieNames.session.length + 1))),
  )
  expect(tokens[0]?.secret).toMatch(/^[\w-]{43}$/)
  expect(tokens[0]?.secret).not.toBe(tokens[1]?.secret)
  const rows =
    await sqlClient()`select * from sessions where user_id = ${owner.userId} and id <> ${owner.sessionId}`
  expect(rows).toHaveLength(2)
  expect(JSON.stringify(rows)).not.toContain(tokens[0]?.secret)
})

test('a new sign-in ends the session that the browser had, and learns the zone that it tells', async () => {
  const { owner } = await makePerson()
  await sqlClient()`update users set time_zone = null where id = ${owner.userId}`
  const before = await signedIn(owner)
  const fields = { email: owner.email, password: right, zone: 'Asia/Tokyo' }
  const answer = await enter(formRequest('/sign-in/enter', fields, before))
  expect(await isIn(before)).toBe(false)
  const cookie = sentBack(sessionOf(answer) ?? '')
  expect((await personOfRequest(withCookie(cookie))).reads.timeZone).toBe('Asia/Tokyo')
  await enter(formRequest('/sign-in/enter', { ...fields, zone: 'Mars/Olympus' }))
  await enter(formRequest('/sign-in/enter', { ...fields, zone: 'Europe/Paris' }))
  expect((await personOfRequest(withCookie(cookie))).reads.timeZone).toBe('Asia/Tokyo')
})

// Taken out with: `needsRehash` in `members/sign-in.ts`.
test('A-115: a hash of an older cost is made anew at the sign-in, and the new one fits', async () => {
  const { owner } = await makeWorkspace()
  const salt = Buffer.alloc(16, 7)
  const old = scryptSync(right, salt, 32, { N: 2 ** 10, r: 8, p: 1 })
    .toString('base64')
    .replace(/=+$/, '')
  await givePassword(
    owner.userId,
    `$scrypt$ln=10,r=8,p=1$${salt.toString('base64').replace(/=+$/, '')}$${old}`,
  )
  const stored = async () => {
    const [row] = await sqlClient()`select password_hash from identities where user_id = ${owner.userId}`
    return String(row?.password_hash)
  }
  const fields = { email: owner.email, password: right }
  expect(sessionOf(await enter(formRequest('/sign-in/enter', fields)))).toBeDefined()
  const renewed = await stored()
  expect(renewed).toMatch(/^\$scrypt\$ln=15,r=8,p=3\$/)
  expect(sessionOf(await enter(formRequest('/sign-in/enter', fields)))).toBeDefined()
  expect(await stored()).toBe(renewed)
})

test('a wrong password comes back with the address and without the password, for this browser alone', async () => {
  const { owner } = await makePerson()
  const answer = await enter(
    formRequest('/sign-in/enter', { email: owner.email, password: 'my secret', next: '//evil' }),
  )
  expect(answer.status).toBe(303)
  expect(answer.headers.get('location')).toMatch(/^\/sign-in\?form=[0-9a-f-]{36}$/)
  expect(sessionOf(answer)).toBeUndefined()
  const [kept] = await sqlClient()`select * from form_states order by expires_at desc limit 1`
  expect(kept?.values).toEqual({ email: owner.email })
  expect(JSON.stringify(kept)).not.toContain('my secret')
  expect(answer.headers.getSetCookie()[0]).toMatch(
    /^__Host-gangway-visitor=[\w-]{43}; Max-Age=600; .*HttpOnly/,
  )
})

// Taken out with: `countSignIn` in `members/sign-in.ts`.
test('A-113: over the limit the answer is 429 with the seconds to wait, as a page in words', async () => {
  const { owner } = await makePerson()
  const fields = { email: owner.email, password: 'wrong' }
  const answers: Response[] = []
  for (let n = 0; n < 11; n += 1) answers.push(await enter(formRequest('/sign-in/enter', fields)))
  expect(answers.slice(0, 10).map(answer => answer.status)).toEqual(Array(10).fill(303))
  const last = answers[10]
  expect(last?.status).toBe(429)
  expect(last?.headers.get('retry-after')).toBe('900')
  expect(await last?.text()).toContain('15 minutes')
}, 30_000)

// Taken out with: `endedAt` in `end-session.ts`.
test('A-110: after sign-out the old cookie opens nothing, and the browser is told to forget it', async () => {
  const { owner } = await makePerson()
  const [cookie, other] = [await signedIn(owner), await signedIn(owner)]
  const answer = await leave(formRequest('/sign-out', {}, cookie))
  expect(answer.status).toBe(303)
  expect(answer.headers.get('location')).toBe('/sign-in')
  expect(sessionOf(answer)).toMatch(/^__Host-gangway-session=; Max-Age=0; Path=\/; .*HttpOnly; Secure/)
  expect(await isIn(cookie)).toBe(false)
  expect(await isIn(other)).toBe(true)
})

// Taken out with: the lines of `livingSessions`, and `users.disabledAt` in `living` of `find-session.ts`, one by one.
test.each([
  ['ended', `update sessions set ended_at = now() where user_id = $1`],
  [
    'unused for twelve hours',
    `update sessions set last_used_at = now() - interval '12 hours 1 second' where user_id = $1`,
  ],
  ['a week old', `update sessions set expires_at = now() where user_id = $1`],
  ["a disabled user's", `update users set disabled_at = now() where id = $1`],
])('A-110: a session that is %s opens nothing at the next request', async (_, change) => {
  const { owner } = await makePerson()
  const cookie = await signedIn(owner)
  expect(await isIn(cookie)).toBe(true)
  await sqlClient().unsafe(change, [owner.userId])
  expect(await isIn(cookie)).toBe(false)
})

// Taken out with: `members.removedAt` in `findMember`; the role is read from there as well.
test('A-110: a role that changes holds from the next request on, and a removed member is a stranger', async () => {
  const { owner, slug } = await makePerson()
  const cookie = await signedIn(owner)
  await sqlClient()`update members set role = 'viewer' where id = ${owner.memberId}`
  expect((await enterRoute(withCookie(cookie), slug)).actor.role).toBe('viewer')
  await sqlClient()`update members set removed_at = now() where id = ${owner.memberId}`
  await expect(enterRoute(withCookie(cookie), slug)).rejects.toMatchObject({ code: 'not_found' })
})

// Taken out with: `sessionSalt` or `sessionClaims` in `auth.ts`, or `sessions.userId` in `living`.
test('A-111: no other token is taken for a session: other purpose, other key, other shape, none at all', async () => {
  const { owner } = await makePerson()
  const secret = process.env.AUTH_SECRET ?? ''
  const real = (await signedIn(owner)).slice(cookieNames.session.length + 1)
  // Of a session that there is: nothing but the token itself can be why it is refused.
  const good = { sid: (await openSession(real))?.secret, sub: owner.userId, ver: 1 }
  const made = (token: object, salt = 'gangway/session', key = secret, maxAge = 60) =>
    encode({ token: { ...token }, salt, secret: key, maxAge })
  expect(await isIn(`${cookieNames.session}=${await made(good)}`)).toBe(true)
  const tokens = [
    await made({ ...good, sid: 'a'.repeat(43) }),
    await made(good, 'gangway/session', secret, -60),
    await made(good, ''),
    await made(good, 'gangway/device'),
    await made(good, 'authjs.pkce'),
    await made(good, 'gangway/session', 'x'.repeat(44)),
    await made({ ...good, ver: 2 }),
    await made({ sub: owner.userId, ver: 1 }),
    await made({ ...good, sid: { length: 43 } }),
    sentBack(await deviceCookie(owner.userId)).split('=')[1],
    newVisitor().visitor,
    real.replace(/\.[\w-]/g, part => (part === '.A' ? '.B' : '.A')),
    real.split('.').slice(0, 3).join('.'),
    `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from(JSON.stringify(good)).toString('base64url')}.`,
    '%',
    'x'.repeat(9000),
  ]
  for (const token of tokens) expect(await isIn(`${cookieNames.session}=${token}`)).toBe(false)
  expect(await openDevice(real)).toBeUndefined()
  const bearer = new Request('http://localhost:3000/', { headers: { authorization: 'Bearer %' } })
  await expect(personOfRequest(bearer)).rejects.toMatchObject({ code: 'unauthenticated' })
  const other = await makePerson()
  const token = await openSession(real)
  const theirs = await sessionCookie({ secret: token?.secret ?? '', userId: other.owner.userId })
  expect(await isIn(sentBack(theirs))).toBe(false)
})

test('a person of two workspaces is led to the one that she was in last', async () => {
  const [one, two] = [await makePerson(), await makeWorkspace()]
  await sqlClient()`insert into members (id, workspace_id, user_id, role)
    values (gen_random_uuid(), ${two.workspaceId}, ${one.owner.userId}, 'viewer')`
  const cookie = await signedIn(one.owner)
  for (const { slug } of [two, one, two, one]) {
    expect((await enterRoute(withCookie(cookie), slug)).workspace.slug).toBe(slug)
    expect((await workspacesOf(one.owner))[0]?.slug).toBe(slug)
  }
})

test('of two cookies of one name the first counts, and a name from JavaScript is a name', () => {
  const cookies = cookiesOf(withCookie('a=1; a=2; __proto__=x;  b = c%7Cd=% ; e=%7C; =f; g'))
  expect(Object.entries(cookies)).toEqual([
    ['a', '1'],
    ['__proto__', 'x'],
    ['b', 'c%7Cd=%'],
    ['e', '|'],
  ])
})

// Taken out with: `next.path` in the sign-in's `enter/route.ts`, or `about.back` in `answer-form.ts`, read from `Referer`.
test('A-032: a Referer from somewhere else, or a host that was made up, leads nobody anywhere', async () => {
  const { owner, slug } = await makePerson()
  const headers = {
    referer: 'https://evil.example/',
    'x-forwarded-host': 'evil.example',
    host: 'evil.example',
  }
  const sent = (path: string, fields: Record<string, string>, cookie?: string) => {
    const request = formRequest(path, fields, cookie)
    for (const [name, value] of Object.entries(headers)) request.headers.set(name, value)
    return request
  }
  const cookie = await signedIn(owner)
  const answers = [
    await enter(sent('/sign-in/enter', { email: owner.email, password: right, next: `/w/${slug}` })),
    await enter(
      sent('/sign-in/enter', { email: owner.email, password: right, next: 'https://evil.example' }),
    ),
    await enter(sent('/sign-in/enter', { email: owner.email, password: 'wrong' })),
    await save(sent('/account/save', {}, cookie)),
    await save(sent('/account/save', {})),
    await leave(sent('/sign-out', {}, cookie)),
  ]
  for (const answer of answers) {
    expect(answer.status).toBe(303)
    expect(answer.headers.get('location')).toMatch(/^\/(?![/\\])/)
    expect(JSON.stringify([...answer.headers])).not.toContain('evil')
  }
})
