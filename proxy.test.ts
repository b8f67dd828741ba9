import { NextRequest } from 'next/server'
import { expect, test } from 'vitest'
import { signInOrigins } from '#lib/oauth/app.ts'
import { proxy } from './proxy.ts'

const home = 'http://localhost:3000'
const walk = '/link/0d9c1b7e-6f0e-4f7e-9a53-0f7f3f1f9d10'
const callback = '/api/oauth/0d9c1b7e-6f0e-4f7e-9a53-0f7f3f1f9d10/callback'

const pass = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  proxy(new NextRequest(home + path, { method, headers }))
const policyOf = (path: string) => pass(path).headers.get('content-security-policy') ?? ''
const directive = (policy: string, name: string) =>
  policy.split('; ').find(each => each.startsWith(`${name} `))

// Taken out with: `pagePolicy` in `proxy.ts`, or its nonce.
test('A-116 each page has a policy of its own, whose nonce comes once and reaches the page', () => {
  const nonces = ['/', '/', '/sign-in', '/no/such/page'].map(path => {
    const { headers } = pass(path, { 'content-security-policy': "script-src 'nonce-mine'" })
    const policy = headers.get('content-security-policy')
    expect(headers.get('x-middleware-request-content-security-policy')).toBe(policy)
    return /'nonce-([\w+/=]{24})'/.exec(policy ?? '')?.[1]
  })
  expect(new Set(nonces).size).toBe(4)
  expect(nonces).not.toContain(undefined)
})

// Taken out with: `leaves ? signInOrigins() : []` in `proxy.ts`, in either way.
test('A-116 a form leads out of the screen of the sign-in alone, and to the places where an ATS signs people in', () => {
  expect(signInOrigins().length).toBeGreaterThan(1)
  expect(directive(policyOf(`${walk}/sign-in`), 'form-action')).toBe(
    `form-action 'self' ${signInOrigins().join(' ')}`,
  )
  for (const path of [
    '/',
    `${walk}/account`,
    `${walk}/sign-in/start`,
    `${walk}/sign-in/back`,
    '/sign-in',
    callback,
  ])
    expect(directive(policyOf(path), 'form-action'), path).toBe("form-action 'self'")
})

// Taken out with: either `cross-origin-opener-policy` in `proxy.ts`.
test('A-086 an opener is kept on the way of the sign-in, its screen may open a window, and every other page is alone', () => {
  const policy = (path: string) => pass(path).headers.get('cross-origin-opener-policy')
  for (const path of [`${walk}/sign-in/start`, `${walk}/sign-in/back`, callback])
    expect(policy(path), path).toBe('unsafe-none')
  expect(policy(`${walk}/sign-in`)).toBe('same-origin-allow-popups')
  // None of its own: the door's stays, which is `same-origin`.
  for (const path of [
    '/',
    '/sign-in',
    `${walk}/account`,
    `${walk}/sign-in/state`,
    `${callback}/more`,
    '/partner/oauth-apps',
  ])
    expect(policy(path), path).toBeNull()
})

// Taken out with: `referrer-policy` in `proxy.ts`.
test('A-035 no address with a code in it is told to anybody', () => {
  const policy = (path: string) => pass(path).headers.get('referrer-policy')
  expect(policy(`${callback}?code=c&state=s`)).toBe('no-referrer')
  expect(policy(`${walk}/sign-in/back`)).toBe('no-referrer')
  expect(policy('/')).toBeNull()
})

// Taken out with: `isForeign` in `proxy.ts`.
test('A-018, A-108 what another site sends starts no sign-in, nor anything else', async () => {
  for (const path of [`${walk}/sign-in/start`, '/partner/oauth-apps/save', '/sign-in/check'])
    for (const headers of [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
      { origin: home, 'sec-fetch-site': 'same-site' },
      { origin: 'http://localhost:3000.evil.example' },
      {},
    ] satisfies Record<string, string>[]) {
      const answer = pass(path, headers, 'POST')
      expect([answer.status, answer.headers.get('x-middleware-next')], JSON.stringify(headers)).toEqual([
        403,
        null,
      ])
      expect(await answer.text()).toContain('another site')
    }
  const own = pass(`${walk}/sign-in/start`, { origin: home, 'sec-fetch-site': 'same-origin' }, 'POST')
  expect(own.headers.get('x-middleware-next')).toBe('1')
})

// Taken out with: `request.nextUrl.search` there: a sign-in would come back to half an address.
test('a page learns its own address from us, whatever the browser says that it is', () => {
  const { headers } = pass('/w/acme/positions?q=a%26b', { 'x-gangway-path': '//evil.example' })
  expect(headers.get('x-middleware-request-x-gangway-path')).toBe('/w/acme/positions?q=a%26b')
})
