import { expect, expectAccessible, expectMode, test } from './fixtures.ts'

// The defence: `securityHeaders` at the door, and `pagePolicy` in `proxy.ts`.
test('every answer carries its policy, and no nonce comes twice (A-116)', async ({ request, stack }) => {
  const nonces = new Set<string>()
  for (const path of [
    '/sign-in',
    '/sign-in',
    '/',
    '/no/such/page',
    '/api/health/live',
    '/api/no-such',
    '/icon.svg',
  ]) {
    const response = await request.get(path, { maxRedirects: 0 })
    const headers = response.headers()
    const policy = headers['content-security-policy'] ?? ''
    expect(policy, path).toContain("default-src 'none'")
    expect(policy, path).toContain("frame-ancestors 'none'")
    expect(policy, path).not.toMatch(/unsafe|\*/)
    expect(headers['x-content-type-options'], path).toBe('nosniff')
    expect(headers['x-powered-by'], path).toBeUndefined()
    const nonce = /'nonce-([^']+)'/.exec(policy)?.[1]
    if (nonce) expect(nonces.has(nonce), path).toBe(false)
    if (nonce) nonces.add(nonce)
  }
  expect(nonces.size).toBeGreaterThan(3)
  const page = await request.get('/sign-in')
  expect(page.headers()['cache-control']).toContain('no-store')
  const script = /src="(\/_next\/static\/[^"]+\.js)"/.exec(await page.text())?.[1]
  const asset = await request.get(String(script))
  expect(asset.headers()['cache-control']).toContain('immutable')
  expect(asset.headers()['x-content-type-options']).toBe('nosniff')
  expect(stack.appUrl).toContain('http://localhost:')
})

// The defence: `isForeign` in `proxy.ts`.
test('a write from somewhere else changes nothing and says so (A-108)', async ({ request, stack }) => {
  const form = { email: 'a@example.com' }
  for (const headers of [
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site', origin: 'http://other.localhost' },
    { origin: stack.appUrl, 'sec-fetch-site': 'cross-site' },
    { origin: 'https://evil.example', 'x-forwarded-host': 'evil.example' },
  ]) {
    const response = await request.post('/sign-in', { form, headers, maxRedirects: 0 })
    expect(response.status(), JSON.stringify(headers)).toBe(403)
    expect(await response.text()).toContain('This came from another site')
  }
})

test('the sign-in page shows itself without a complaint @firefox @no-js', async ({ page, scripts }) => {
  await page.goto('/sign-in')
  await expectMode(page, scripts)
  await expect(page.getByRole('main')).toBeVisible()
  if (scripts === 'on') await expectAccessible(page)
})
