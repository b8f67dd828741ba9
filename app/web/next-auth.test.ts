import { expect, test } from 'vitest'
import { makeWorkspace } from '#lib/db/testing.ts'
import { GET as authGet, POST as authPost } from '../api/auth/[...nextauth]/route.ts'
import { personOfRequest } from './here.ts'
import { sentBack, signedIn } from './testing.ts'

const isIn = (cookie: string) =>
  personOfRequest(new Request('http://localhost:3000/', { headers: { cookie } })).then(
    () => true,
    () => false,
  )

const auth = (method: string, path: string, cookie = '', fields?: Record<string, string>) => {
  const nextauth = path.split('/')
  const body = fields && new URLSearchParams(fields)
  const request = new Request(`http://localhost:3000/api/auth/${path}`, {
    method,
    headers: { cookie },
    ...(body && { body }),
  })
  return (method === 'POST' ? authPost : authGet)(request, { params: Promise.resolve({ nextauth }) })
}

// Taken out with: `asked` in `auth.ts`.
test('A-112: next-auth signs nobody in: it has its token, its session and its sign-out, and nothing else is there', async () => {
  for (const [method, path] of [
    ['GET', 'signin'],
    ['POST', 'signin'],
    ['POST', 'signin/credentials'],
    ['POST', 'callback/credentials'],
    ['GET', 'callback/oauth'],
    ['GET', 'providers'],
    ['POST', 'session'],
    ['POST', '_log'],
    ['GET', 'error'],
    ['GET', 'constructor'],
    ['GET', 'csrf/more'],
  ] as const)
    expect((await auth(method, path, '', method === 'POST' ? {} : undefined)).status).toBe(404)
})

test('next-auth gives a session by name only, nothing to strangers, and signs out with its token', async () => {
  const { owner } = await makeWorkspace()
  const cookie = await signedIn(owner)
  expect(await (await auth('GET', 'session')).json()).toEqual({})
  const session = await (await auth('GET', 'session', cookie)).json()
  expect(session).toMatchObject({ user: { name: owner.name } })
  expect(JSON.stringify(session)).not.toContain(owner.userId)
  const csrf = await auth('GET', 'csrf')
  const { csrfToken } = await csrf.json()
  const csrfCookie = sentBack(csrf.headers.getSetCookie()[0] ?? '')
  await auth('POST', 'signout', cookie, { csrfToken: 'x' })
  expect(await isIn(cookie)).toBe(true)
  const out = await auth('POST', 'signout', `${cookie}; ${csrfCookie}`, {
    csrfToken,
    callbackUrl: 'https://evil.com',
  })
  expect(out.status).toBe(303)
  expect(out.headers.get('location')).toBe('http://localhost:3000/sign-in')
  expect(await isIn(cookie)).toBe(false)
})
