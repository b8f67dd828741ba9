import { inspect } from 'node:util'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { AtsError } from '../api.ts'
import { apiOf, examine, inShort, openSandbox } from './testing.ts'

const sandbox = await openSandbox()
afterAll(() => sandbox.stop())
beforeEach(async () => {
  await sandbox.control('/switches', 'DELETE')
  await sandbox.control('/faults', 'DELETE')
})

const larkfield = { subdomain: 'larkfield' }

const outcome = async (key: string, about = larkfield): Promise<string[] | string> => {
  try {
    return inShort(await examine(apiOf(about.subdomain, key), about))
  } catch (error) {
    if (error instanceof AtsError) return `${error.failure} ${error.message}`
    throw error
  }
}

const good = [
  'account passed/passed',
  'read_jobs passed/passed',
  'read_candidates passed/passed',
  'write_candidates not_certain/not_refused',
  'member passed/passed',
  'rate passed/passed',
]
const rest = (detail = 'account_first') =>
  ['read_jobs', 'read_candidates', 'write_candidates', 'member', 'rate'].map(
    check => `${check} not_tried/${detail}`,
  )

describe('a good key', () => {
  test('passes in five requests, with the rate limit on, and is in the header only', async () => {
    const { id, token } = await sandbox.token('larkfield')
    const findings = await examine(apiOf('larkfield', token), larkfield)
    expect(inShort(findings)).toEqual(good)
    expect(findings[0]?.account).toMatchObject({ name: 'Larkfield Logistics', subdomain: 'larkfield' })
    expect(findings[4]?.member).toMatchObject({ name: 'Mariana Oyelaran-Whitcombe', role: 'admin' })
    expect(findings[5]?.values).toEqual({ limit: 10, remaining: expect.any(Number) })
    const asked = await sandbox.ledger(id)
    expect(asked.map(({ method, path, status }) => `${method} ${path} ${status}`)).toEqual([
      'GET /spi/v3/accounts/larkfield 200',
      'GET /spi/v3/jobs?limit=1 200',
      'GET /spi/v3/candidates?limit=1 200',
      'PUT /spi/v3/candidates/0/tags 404',
      'GET /spi/v3/members?email=mariana%40larkfield.example 200',
    ])
    expect(inspect(findings, { depth: 9 })).not.toContain(token)
    expect(JSON.stringify(await sandbox.ledger())).not.toContain(token)
  })

  test('for reading only asks nothing that writes', async () => {
    const { id, token } = await sandbox.token('larkfield')
    const about = { ...larkfield, permissions: 'read' as const }
    expect(inShort(await examine(apiOf('larkfield', token), about))).toContain(
      'write_candidates not_tried/not_chosen',
    )
    expect((await sandbox.ledger(id)).every(({ method }) => method === 'GET')).toBe(true)
  })

  test('with a Partner Client ID that Workable knows has its limit, and sends it on each call', async () => {
    await sandbox.control('/partners', 'PUT', { client_ids: ['uid-1'] })
    const { id, token } = await sandbox.token('larkfield')
    const api = apiOf('larkfield', token, { partner: 'uid-1' })
    const findings = await examine(api, larkfield)
    expect(findings[5]?.values).toEqual({ limit: 50, remaining: expect.any(Number) })
    for (const { partner } of await sandbox.ledger(id)) expect(partner).toBe(true)
    const more = Array.from({ length: 15 }, () => api.request({ path: '/jobs', query: { limit: 1 } }))
    for (const { status } of await Promise.all(more)) expect(status).toBe(200)
  })
})

describe('who the person is in Workable', () => {
  const memberOf = async (email: string, subdomain = 'larkfield') => {
    const { id, token } = await sandbox.token(subdomain)
    const findings = await examine(apiOf(subdomain, token), { subdomain, email })
    return { member: findings[4], requests: (await sandbox.ledger(id)).length }
  }

  test('is found whatever the letter case, in six requests', async () => {
    const { member, requests } = await memberOf('MARIANA@Larkfield.Example')
    expect(member).toMatchObject({ state: 'passed', member: { name: 'Mariana Oyelaran-Whitcombe' } })
    expect(requests).toBe(6)
  })

  test('is not guessed: a near address and an inactive member are unknown', async () => {
    const near = await memberOf('mariana@larkfield.example.com')
    expect(near.member).toMatchObject({ state: 'unknown_person', detail: 'unknown' })
    expect(near.requests).toBe(6)
    expect((await memberOf('beatrix@larkfield.example')).member?.state).toBe('unknown_person')
  })

  test('is not certain where the list is too long to look through', async () => {
    const members = Array.from({ length: 320 }, (_, n) => ({
      name: `Person ${n}`,
      email: `p${n}@big.example`,
    }))
    await sandbox.control('/accounts', 'POST', { subdomain: 'big', name: 'Big', members })
    expect((await memberOf('P319@big.example', 'big')).member).toMatchObject({
      state: 'not_certain',
      detail: 'too_many',
    })
    expect((await memberOf('P250@big.example', 'big')).member?.state).toBe('passed')
  })
})

// Taken out with: `refusalOf` in `replies.ts`.
describe('A-070 what is wrong with a key is told apart', () => {
  test('a wrong, an expired, a revoked key', async () => {
    expect(await outcome('no-such-key')).toEqual(['account refused/unknown_key', ...rest()])
    const expired = await sandbox.token('larkfield')
    await sandbox.control(`/tokens/${expired.id}/expire`, 'POST')
    expect(await outcome(expired.token)).toEqual(['account refused/expired', ...rest()])
    const revoked = await sandbox.token('larkfield')
    await sandbox.control(`/tokens/${revoked.id}/revoke`, 'POST')
    expect(await outcome(revoked.token)).toEqual(['account refused/revoked', ...rest()])
  })

  test('another account’s key: the account is named, nothing more is asked of it', async () => {
    const { id, token } = await sandbox.token('larkfield-nl')
    const findings = await examine(apiOf('larkfield', token), larkfield)
    expect(inShort(findings)).toEqual(['account different/other', ...rest()])
    expect(findings[0]?.account).toMatchObject({
      subdomain: 'larkfield-nl',
      name: 'Larkfield Nederland B.V.',
    })
    expect((await sandbox.ledger(id)).map(({ path }) => path)).toEqual([
      '/spi/v3/accounts/larkfield',
      '/spi/v3/accounts/larkfield',
      '/spi/v3/accounts',
    ])
  })

  test('each missing scope is named, and only that one', async () => {
    const without = async (...scopes: string[]) =>
      outcome((await sandbox.token('larkfield', { scopes })).token)
    expect(await without('r_jobs', 'w_candidates')).toEqual([
      good[0],
      good[1],
      'read_candidates missing/missing',
      'write_candidates not_tried/candidates_first',
      good[4],
      good[5],
    ])
    expect(await without('r_jobs', 'r_candidates')).toEqual([
      ...good.slice(0, 3),
      'write_candidates missing/missing',
      ...good.slice(4),
    ])
    expect(await without('r_candidates', 'w_candidates')).toEqual([
      'account not_certain/needs_r_jobs',
      'read_jobs missing/missing',
      ...good.slice(2, 4),
      'member not_certain/hidden',
      good[5],
    ])
  })

  test('a suspended account', async () => {
    const { token } = await sandbox.token('dunmore')
    expect(await outcome(token, { subdomain: 'dunmore' })).toEqual(['account odd/suspended', ...rest()])
  })

  test('too many requests: until when to wait', async () => {
    const { token } = await sandbox.token('larkfield')
    await sandbox.fault('/spi/v3/**', { kind: 'status', status: 429 })
    const error = await examine(apiOf('larkfield', token), larkfield).catch((reason: unknown) => reason)
    expect(error).toMatchObject({ failure: 'rate_limited', status: 429 })
    const wait = error instanceof AtsError ? (error.retryAt?.getTime() ?? 0) - Date.now() : 0
    expect(wait).toBeGreaterThan(0)
    expect(wait).toBeLessThan(11_000)
  })

  test.each([
    ['down', { kind: 'status', status: 503 }, 'ats_unavailable status 503'],
    ['a login page with status 200', { kind: 'html' }, 'unexpected_answer no JSON'],
    ['JSON that ends in its middle', { kind: 'truncated', cut: false }, 'unexpected_answer no JSON'],
    ['a redirect', { kind: 'redirect', location: 'http://169.254.169.254/' }, 'unexpected_answer status 302'],
    ['another teapot', { kind: 'status', status: 418 }, 'unexpected_answer status 418'],
    [
      'other JSON',
      { kind: 'status', status: 200, body: { hello: 1 } },
      'unexpected_answer a body of another shape',
    ],
  ])('Workable is %s', async (_, fault, said) => {
    const { token } = await sandbox.token('larkfield')
    await sandbox.fault('/spi/v3/accounts/larkfield', fault)
    expect(await outcome(token)).toBe(said)
  })

  test.each([
    ['cut off', { kind: 'truncated', cut: true }, 'unexpected_answer'],
    ['cut off before it begins', { kind: 'drop' }, 'ats_unavailable'],
    ['far too long', { kind: 'huge', bytes: 6_000_000 }, 'unexpected_answer'],
  ])('the answer is %s', async (_, fault, failure) => {
    const { token } = await sandbox.token('larkfield')
    await sandbox.fault('/spi/v3/accounts/larkfield', fault)
    expect(String(await outcome(token))).toContain(failure)
  })

  test('a 404 that is none is asked once more', async () => {
    const { token } = await sandbox.token('larkfield')
    await sandbox.fault('/spi/v3/accounts/larkfield', { kind: 'status', status: 404 })
    await sandbox.fault('/spi/v3/jobs', { kind: 'status', status: 404 })
    expect(await outcome(token)).toEqual(good)
  })

  test('a provider that echoes the key in its error does not get it into ours', async () => {
    const { token } = await sandbox.token('larkfield')
    const body = { error: `bad ${token}`, message: token }
    await sandbox.fault('/spi/v3/**', { kind: 'status', status: 418, body })
    const error = await examine(apiOf('larkfield', token), larkfield).catch((reason: unknown) => reason)
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(token)
  })
})

describe('in every position of the sandbox’s switches', () => {
  const scopeless = async () => (await sandbox.token('larkfield', { scopes: ['r_candidates'] })).token

  test.each([
    { missingScopeStatus: 401, missingScopeBody: 'nested_invalid_scope' },
    { missingScopeStatus: 401, missingScopeBody: 'nested_insufficient_scope' },
    { missingScopeStatus: 401, missingScopeBody: 'plain' },
    { missingScopeStatus: 403, missingScopeBody: 'nested_insufficient_scope' },
    { missingScopeStatus: 403, missingScopeBody: 'plain' },
  ])('a missing scope is named: $missingScopeStatus $missingScopeBody', async switches => {
    await sandbox.set(switches)
    expect(await outcome(await scopeless())).toEqual([
      'account not_certain/needs_r_jobs',
      'read_jobs missing/missing',
      'read_candidates passed/passed',
      'write_candidates missing/missing',
      'member not_certain/hidden',
      'rate passed/passed',
    ])
  })

  test('scopes looked at after the record: writing is as far as can be told', async () => {
    await sandbox.set({ scopeCheckedBeforeLookup: false })
    const { token } = await sandbox.token('larkfield', { scopes: ['r_jobs', 'r_candidates'] })
    expect(await outcome(token)).toEqual(good)
  })

  test('a wrong key is refused where a 401 does not say why', async () => {
    await sandbox.set({ invalidTokenBody: 'plain' })
    expect(await outcome('no-such-key')).toEqual(['account refused/refused', ...rest()])
    await sandbox.set({ invalidTokenBody: 'nested', deadTokenReasonTold: false })
    const expired = await sandbox.token('larkfield')
    await sandbox.control(`/tokens/${expired.id}/expire`, 'POST')
    expect(await outcome(expired.token)).toEqual(['account refused/unknown_key', ...rest()])
  })

  test.each([404, 403, 401])(
    'another account’s key is told from a wrong one: %d',
    async otherAccountStatus => {
      await sandbox.set({ otherAccountStatus })
      const { token } = await sandbox.token('larkfield-nl')
      expect(await outcome(token)).toEqual(['account different/other', ...rest()])
    },
  )

  test.each([
    [404, 'odd/shut'],
    [403, 'odd/shut'],
    [401, 'refused/unknown_key'],
  ])('nor a connection where www does not say whose it is: %d', async (otherAccountStatus, said) => {
    await sandbox.set({ otherAccountStatus, wwwAnswersAccountTokens: false })
    const { token } = await sandbox.token('larkfield-nl')
    expect(await outcome(token)).toEqual([`account ${said}`, ...rest()])
  })

  test.each([
    [404, 'odd/shut'],
    [401, 'refused/unknown_key'],
  ])(
    'a suspended account that does not say so is no other account: %d',
    async (suspendedAccountStatus, said) => {
      await sandbox.set({ suspendedAccountStatus })
      const { token } = await sandbox.token('dunmore')
      expect(await outcome(token, { subdomain: 'dunmore' })).toEqual([`account ${said}`, ...rest()])
    },
  )

  test.each(['json', 'html', 'empty'])(
    'a refusal for too many requests is one, whatever its body: %s',
    async body => {
      await sandbox.set({ rateLimitBody: body, retryAfter: body === 'html' })
      const { token } = await sandbox.token('larkfield')
      const asks = Array.from({ length: 20 }, () => apiOf('larkfield', token))
      const results = await Promise.allSettled(
        asks.map(api => api.request({ path: '/jobs', query: { limit: 1 } })),
      )
      const refused = results.filter(result => result.status === 'rejected')
      expect(refused.length).toBeGreaterThan(0)
      for (const { reason } of refused) expect(reason).toMatchObject({ failure: 'rate_limited', status: 429 })
    },
  )
})
