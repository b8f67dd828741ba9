import { describe, expect, test } from 'vitest'
import { startTrial } from '../test/running.ts'

const invalid =
  '{"error":{"error":{"error":{"name":"invalid_token","state":"unauthorized"},"reason":"unknown","description":"The access token is invalid"}}}'

describe('tokens that are not accepted, as section 3.1 has them', () => {
  test('none and an unknown one get the same bytes under any subdomain, without rate headers', async () => {
    const trial = await startTrial()
    const answers = await Promise.all([
      trial.api('nonsense', '/jobs'),
      trial.api('nonsense', '/jobs', { host: 'no-such-company' }),
      trial.api('nonsense', '/accounts', { host: 'www' }),
      trial.api('', '/candidates/27270275'),
    ])
    for (const answer of answers) {
      expect(answer.status).toBe(401)
      expect(answer.text).toBe(invalid)
      expect(answer.headers).not.toHaveProperty('x-rate-limit-limit')
    }
  })

  test('a token in the address is not looked at, and not kept by the ledger', async () => {
    const trial = await startTrial()
    const { token } = await trial.token('larkfield')
    expect((await trial.api('', `/jobs?access_token=${token}`)).status).toBe(401)
    expect(JSON.stringify(await trial.ledger())).not.toContain(token)
  })

  test('an expired and a revoked one are told apart, or not, by a switch', async () => {
    const trial = await startTrial()
    const ended = await trial.token('larkfield', { expires_in_days: 1 })
    const dropped = await trial.token('larkfield')
    await trial.control(`/tokens/${dropped.id}/revoke`, { method: 'POST' })
    trial.wait(86_400_000)
    expect((await trial.api(ended.token, '/jobs')).text).toContain(
      '"reason":"expired","description":"The access token expired"',
    )
    expect((await trial.api(dropped.token, '/jobs')).text).toContain(
      '"reason":"revoked","description":"The access token was revoked"',
    )
    await trial.set({ deadTokenReasonTold: false })
    expect((await trial.api(dropped.token, '/jobs')).text).toBe(invalid)
    await trial.set({ invalidTokenBody: 'plain' })
    expect((await trial.api(dropped.token, '/jobs')).text).toBe('{"error":"Not authorized"}')
  })
})

describe('good tokens in the wrong place', () => {
  test("another account's subdomain is a plain 404", async () => {
    const trial = await startTrial()
    const { token } = await trial.token('larkfield-nl')
    for (const path of ['/accounts/larkfield', '/accounts', '/jobs', '/candidates']) {
      const answer = await trial.api(token, path)
      expect([answer.status, answer.text]).toEqual([404, '{"error":"Not found"}'])
      expect(answer.headers['cache-control']).toBe('no-cache')
      expect(answer.headers).not.toHaveProperty('x-rate-limit-limit')
    }
    await trial.set({ otherAccountStatus: 403 })
    expect((await trial.api(token, '/jobs')).status).toBe(403)
  })

  test("another account's job and candidate are not found under one's own subdomain", async () => {
    const trial = await startTrial()
    const { token } = await trial.token('acme')
    expect((await trial.api(token, '/jobs/9CD658E13E', { host: 'acme' })).status).toBe(404)
    expect((await trial.api(token, '/candidates/27270275', { host: 'acme' })).status).toBe(404)
    expect((await trial.api(token, '/candidates?shortcode=9CD658E13E', { host: 'acme' })).status).toBe(404)
  })

  test('an account that is suspended refuses its own tokens', async () => {
    const trial = await startTrial()
    const { token } = await trial.token('dunmore')
    expect((await trial.api(token, '/jobs', { host: 'dunmore' })).status).toBe(403)
    await trial.control('/accounts/dunmore', { method: 'PATCH', body: { suspended: false } })
    expect((await trial.api(token, '/jobs', { host: 'dunmore' })).status).toBe(200)
  })

  test('a path that the API does not have is a plain 404', async () => {
    const trial = await startTrial()
    const { token } = await trial.token('larkfield')
    expect((await trial.api(token, '/nonsense')).text).toBe('{"error":"Not found"}')
    expect((await trial.api(token, '/jobs', { method: 'DELETE' })).status).toBe(404)
  })
})

describe('missing scopes', () => {
  test.each([
    ['r_jobs', '/jobs?limit=1', ['r_candidates']],
    ['r_candidates', '/candidates?limit=1', ['r_jobs']],
    ['r_jobs', '/accounts', ['w_candidates']],
    ['r_jobs', '/members', ['r_candidates']],
  ])('without %s, %s is refused and the scope is named', async (scope, path, scopes) => {
    const trial = await startTrial()
    const { token } = await trial.token('larkfield', { scopes })
    const answer = await trial.api(token, path)
    expect(answer.status).toBe(403)
    expect(answer.json).toEqual({
      error: {
        error: {
          error: { name: 'invalid_scope', state: 'forbidden' },
          scopes: [scope],
          description: expect.stringContaining(scope),
        },
      },
    })
  })

  test('status and body are switches', async () => {
    const trial = await startTrial()
    const { token } = await trial.token('larkfield', { scopes: [] })
    await trial.set({ missingScopeStatus: 401, missingScopeBody: 'plain' })
    const plain = await trial.api(token, '/jobs')
    expect([plain.status, plain.text]).toEqual([401, '{"error":"Forbidden"}'])
    await trial.set({ missingScopeBody: 'nested_insufficient_scope' })
    expect((await trial.api(token, '/jobs')).text).toContain('insufficient_scope')
  })
})
