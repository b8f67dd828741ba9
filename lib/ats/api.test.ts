import { inspect } from 'node:util'
import { afterAll, describe, expect, test, vi } from 'vitest'
import { AtsError } from '#lib/connectors/api.ts'
import type { Manifest } from '#lib/connectors/manifest.ts'
import { Secret } from '#lib/crypto/secret.ts'
import type { HttpReply, HttpRequest } from '#lib/http.ts'
import { HttpError } from '#lib/http-error.ts'
import { newId } from '#lib/ids.ts'
import { type ApiOptions, createApi } from './api.ts'
import { accountUrl, hostSuffix, originFor, parseContext } from './hosts.ts'

/** An ATS that no connector of ours is for: the core knows it by its manifest alone. */
const manifest: Manifest = {
  id: 'harbour',
  name: 'Harbour',
  monogram: 'H',
  hosts: { suffix: 'harbour.example', central: 'www', reserved: ['www'] },
  basePath: '/api/v1',
  ways: ['api_key'],
  fields: [],
  scopes: [],
  credentialHeader: { name: 'x-key', prefix: 'Key ' },
  extraHeaders: [{ name: 'x-partner', field: 'partner' }],
  rateHeaders: { limit: 'x-limit', remaining: 'x-remaining', reset: 'x-reset' },
  limits: { requests: 10, partnerRequests: 50, windowSeconds: 86_400 },
  partnerProgramme: { url: 'https://harbour.example/partners', mail: 'partners@harbour.example' },
}

function trial(reply: Partial<HttpReply> | Error = {}, options: Partial<ApiOptions> = {}) {
  const sent: HttpRequest[] = []
  const api = createApi({
    manifest,
    environment: 'live',
    subdomain: 'acme',
    secret: new Secret('k3y-of-acme'),
    paceKey: newId(),
    send: async request => {
      sent.push(request)
      if (reply instanceof Error) throw reply
      return { status: 200, headers: {}, body: '{"ok":true}', ...reply }
    },
    ...options,
  })
  return { api, sent }
}

afterAll(() => vi.useRealTimers())

describe('a request', () => {
  test('goes to the account’s host with the credential in its header, the partner’s beside it', async () => {
    const { api, sent } = trial({}, { extra: { partner: 'uid-1' } })
    const reply = await api.request({ path: '/jobs', query: { limit: 1, state: undefined, q: 'a&b=c' } })
    expect(reply).toEqual({ status: 200, headers: {}, json: { ok: true } })
    expect(sent[0]?.url.href).toBe('https://acme.harbour.example/api/v1/jobs?limit=1&q=a%26b%3Dc')
    expect(sent[0]?.credential).toMatchObject({ header: 'x-key', prefix: 'Key ' })
    expect(sent[0]?.headers).toEqual({ accept: 'application/json', 'x-partner': 'uid-1' })
    expect(sent[0]?.allow).toEqual(['https://acme.harbour.example', 'https://www.harbour.example'])
    expect(inspect(sent, { depth: 9 })).not.toContain('k3y-of-acme')
  })

  test('may go to everybody’s host, and may have a body', async () => {
    const { api, sent } = trial()
    await api.request({ method: 'PUT', host: 'central', path: '/x/0/tags', body: { tags: [] } })
    expect(sent[0]).toMatchObject({ method: 'PUT', body: '{"tags":[]}' })
    expect(sent[0]?.url.origin).toBe('https://www.harbour.example')
    expect(sent[0]?.headers).toMatchObject({ 'content-type': 'application/json' })
  })

  test.each([
    '/../../admin',
    '/jobs/..',
    '/jobs/%2e%2e/x',
    '//evil.com',
    '/jobs?x=1',
    '/jobs#x',
    '/a\\b',
    'jobs',
    '.evil.com/x',
    '@evil.com/x',
    ':8443/x',
  ])('R-20 a path that is none is refused, not repaired: %s', async path => {
    const { api, sent } = trial()
    await expect(api.request({ path })).rejects.toThrow()
    expect(sent).toHaveLength(0)
  })

  test.each([
    'https://evil.com/api/v1/jobs',
    'http://acme.harbour.example/api/v1/jobs',
    'https://acme.harbour.example:8443/',
    'https://www.harbour.example/api/v1/jobs',
    'https://user:word@acme.harbour.example/',
    'nonsense',
  ])('R-20 an address elsewhere is not followed: %s', async url => {
    const { api, sent } = trial()
    await expect(api.follow(url)).rejects.toMatchObject({ failure: 'unexpected_answer' })
    expect(sent).toHaveLength(0)
  })

  test('follows an address of the account as it was given', async () => {
    const { api, sent } = trial()
    await api.follow('https://acme.harbour.example/old/path?since_id=5')
    expect(sent[0]?.url.href).toBe('https://acme.harbour.example/old/path?since_id=5')
  })
})

describe('a reply', () => {
  test('that is no JSON has none, and any status is returned', async () => {
    expect(await trial({ body: '<html>' }).api.request({ path: '/x' })).toMatchObject({
      status: 200,
      json: undefined,
    })
    expect(await trial({ status: 202, body: '' }).api.request({ path: '/x' })).toMatchObject({
      json: undefined,
    })
    expect(await trial({ status: 503 }).api.request({ path: '/x' })).toMatchObject({ status: 503 })
  })

  test('tells the rate limit, which is kept and told on', async () => {
    const rateSeen = vi.fn()
    const { api } = trial({ headers: { 'x-limit': '10', 'x-remaining': '6' } }, { rateSeen })
    expect(api.rate()).toBeUndefined()
    await api.request({ path: '/x' })
    expect(api.rate()).toEqual({ limit: 10, remaining: 6 })
    expect(rateSeen).toHaveBeenCalledWith({ limit: 10, remaining: 6 })
  })

  test('with one request left ends the window for everybody with this credential', async () => {
    const paceKey = newId()
    await trial({ headers: { 'x-limit': '10', 'x-remaining': '1' } }, { paceKey }).api.request({ path: '/x' })
    const { api, sent } = trial({}, { paceKey })
    await expect(api.request({ path: '/x' })).rejects.toMatchObject({ failure: 'rate_limited' })
    expect(sent).toHaveLength(0)
  })

  test.each([
    ['30', 30_000],
    ['0', 0],
    ['999999', 900_000],
    ['soon', 0],
  ])('429 with Retry-After %s says when to come back, to every process', async (header, least) => {
    const paceKey = newId()
    const short = { ...manifest, limits: { ...manifest.limits, windowSeconds: 2 } }
    const { api } = trial({ status: 429, headers: { 'retry-after': header } }, { paceKey, manifest: short })
    const before = Date.now()
    const error = await api.request({ path: '/x' }).catch((reason: unknown) => reason)
    expect(error).toMatchObject({ failure: 'rate_limited', status: 429 })
    const retryAt = error instanceof AtsError ? (error.retryAt?.getTime() ?? 0) : 0
    expect(retryAt).toBeGreaterThanOrEqual(before + least)
    expect(retryAt).toBeLessThan(before + least + 5000)
    const other = trial({}, { paceKey, manifest: short })
    if (least)
      await expect(other.api.request({ path: '/x' })).rejects.toMatchObject({ failure: 'rate_limited' })
  })
})

describe('no reply', () => {
  test.each([
    ['timeout', 'ats_unavailable'],
    ['connection', 'ats_unavailable'],
    ['name_not_found', 'ats_unavailable'],
    ['tls', 'ats_unavailable'],
    ['address_refused', 'ats_unavailable'],
    ['truncated', 'unexpected_answer'],
    ['too_large', 'unexpected_answer'],
  ] as const)('%s is %s, without the credential', async (failure, meant) => {
    const { api } = trial(new HttpError(failure, 'https://acme.harbour.example'))
    const error = await api.request({ path: '/x' }).catch((reason: unknown) => reason)
    expect(error).toMatchObject({ name: 'AtsError', failure: meant })
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain('k3y-of-acme')
  })
})

describe('where an account lives', () => {
  test('in the wild and in the sandbox', () => {
    expect(originFor(manifest, 'live', 'acme')).toBe('https://acme.harbour.example')
    expect(originFor(manifest, 'sandbox', 'acme')).toBe('http://acme.workable.localhost:4010')
    expect(hostSuffix(manifest, 'live')).toBe('harbour.example')
    expect(hostSuffix(manifest, 'sandbox')).toBe('workable.localhost:4010')
    expect(accountUrl(manifest, 'live', 'acme', '/settings')).toBe('https://acme.harbour.example/settings')
    expect(parseContext(manifest, 'live')).toMatchObject({
      today: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
    })
  })

  // Taken out with: `label` and the comparison of hosts in `originFor`, each of which stands in for the other.
  test.each([
    '',
    'evil.com/',
    'evil.com#',
    'evil.com\\',
    'a@evil.com',
    'ACME',
    'acme.',
    'a.b',
    'xn--a',
    'ａcme',
    'ac\tme',
    'acme\n',
    '-a',
    'a'.repeat(64),
    '127.0.0.1/',
    '[::1]',
  ])('A-051 not below a label that is none: %j', label => {
    expect(() => originFor(manifest, 'live', label)).toThrow('not the label')
    expect(() => originFor(manifest, 'sandbox', label)).toThrow('not the label')
    expect(() =>
      createApi({ manifest, environment: 'live', subdomain: label, secret: new Secret('x'), paceKey: 'x' }),
    ).toThrow()
  })
})
