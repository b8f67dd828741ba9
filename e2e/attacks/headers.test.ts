import type { APIResponse } from '@playwright/test'
import { expect, test } from '../fixtures.ts'
import { ask } from './ask.ts'
import { newEstate } from './estate.ts'
import { fill, routes } from './routes.ts'

const nothing = { secret: `gws_${'a'.repeat(43)}`, nextauth: 'session' }

/** The screen whose form leads to an ATS, and where the window that it opens passes by: only these keep an opener. */
const signInPage = /^\/link\/[^/]+\/sign-in$/
const signInWay = /^\/(link\/[^/]+\/sign-in\/(start|back)|api\/oauth\/[^/]+\/callback)$/

function openerPolicies(path: string): string[] {
  if (signInPage.test(path)) return ['same-origin', 'same-origin-allow-popups']
  return signInWay.test(path) ? ['same-origin', 'unsafe-none'] : ['same-origin']
}

function expectHeaders(response: APIResponse, nonces: Set<string>): void {
  const { pathname } = new URL(response.url())
  const where = `${response.status()} ${response.url()}`
  const headers = response.headers()
  const policy = headers['content-security-policy'] ?? ''
  expect(policy, where).toMatch(/default-src 'none'.*base-uri 'none'.*frame-ancestors 'none'/)
  const elsewhere = signInPage.test(pathname) ? policy.replace(/form-action [^;]*/, '') : policy
  expect(elsewhere, where).not.toMatch(/unsafe-|\*|https?:/)
  expect(headers['x-frame-options'], where).toBe('DENY')
  expect(headers['x-content-type-options'], where).toBe('nosniff')
  expect(headers['referrer-policy'], where).toMatch(/^(same-origin|no-referrer)$/)
  expect(headers['permissions-policy'], where).toContain('camera=()')
  expect(openerPolicies(pathname), where).toContain(headers['cross-origin-opener-policy'])
  expect(headers['cross-origin-resource-policy'], where).toBe('same-origin')
  expect(headers['x-powered-by'], where).toBeUndefined()
  expect(headers['access-control-allow-origin'], where).toBeUndefined()
  // nothing of ours may be kept on the way.
  expect(headers['cache-control'], where).toContain('no-store')
  const nonce = /'nonce-([^']+)'/.exec(policy)?.[1]
  if (!nonce) return
  expect(nonces.has(nonce), where).toBe(false)
  nonces.add(nonce)
}

// The defence: `securityHeaders` at the door, `pagePolicy` in `proxy.ts`, `no-store` at the door.
test('A-116, A-118 every answer of every address, whoever asks and however, carries its headers; no nonce twice', async ({
  request,
  stack,
  product,
  sandbox,
}) => {
  test.slow()
  const estate = await newEstate(product, sandbox)
  const { owner } = estate.team.people
  const nonces = new Set<string>()
  for (const { address, kind } of routes) {
    const id = address.includes('integrations') ? estate.ids.connection : estate.ids.position
    const path = fill(address, { ...nothing, ...estate.holes, id })
    for (const as of [undefined, owner]) expectHeaders(await ask(request, stack, 'GET', path, { as }), nonces)
    if (kind === 'handler')
      expectHeaders(
        await ask(request, stack, 'POST', path, { headers: { origin: 'https://evil.example' } }),
        nonces,
      )
    expectHeaders(await ask(request, stack, 'PUT', path, { as: owner }), nonces)
    expectHeaders(await ask(request, stack, 'GET', path, { as: owner, headers: { rsc: '1' } }), nonces)
  }
  for (const path of ['/no/such', '/%2e%2e/x', '/x;y', `/${'x'.repeat(9000)}`, '/favicon.ico'])
    expectHeaders(await ask(request, stack, 'GET', path), nonces)
  expect(nonces.size).toBeGreaterThan(50)
})

test('A-118 a claimed host, a claimed path and an odd `rsc` make no answer that the next reader gets', async ({
  request,
  stack,
}) => {
  const odd = [
    { 'x-forwarded-host': 'evil.example' },
    { 'x-invoke-path': '/account' },
    { rsc: '1' },
    { rsc: '1', 'next-router-state-tree': '%5B%22evil%22%5D' },
    { forwarded: 'host=evil.example' },
  ]
  for (const headers of odd) {
    await ask(request, stack, 'GET', '/sign-in', { headers })
    const next = await ask(request, stack, 'GET', '/sign-in')
    expect(await next.text()).not.toContain('evil.example')
    expect(next.headers()['content-type']).toContain('text/html')
  }
})
