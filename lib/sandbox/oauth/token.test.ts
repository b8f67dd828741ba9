import { describe, expect, test } from 'vitest'
import { ask } from '../test/ask.ts'
import { allow, CALLBACK, registerApp, signedIn, type TestApp } from '../test/oauth.ts'
import { startTrial, type Trial } from '../test/running.ts'
import { challengeOf } from './codes.ts'

const MARIANA = 'mariana@larkfield.example'
/** RFC 7636, appendix B. */
const VERIFIER = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk'
const CHALLENGE = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM'
const pkce = { code_challenge: CHALLENGE, code_challenge_method: 'S256' }

async function codeFor(trial: Trial, app: TestApp, changes: Record<string, string> = {}): Promise<string> {
  return allow(await signedIn(trial, MARIANA), app.query(changes))
}

const exchange = (code: string, more: Record<string, string> = {}) => ({
  grant_type: 'authorization_code',
  code,
  redirect_uri: CALLBACK,
  ...more,
})

const published = {
  access_token: expect.stringMatching(/^[\w-]{43}$/),
  token_type: 'bearer',
  expires_in: 7200,
  refresh_token: expect.stringMatching(/^[\w-]{43}$/),
}

describe('a code for tokens, as workable-api section 9.1 has it', () => {
  test('the reply has the published members, and is not kept', async () => {
    const trial = await startTrial()
    const app = await registerApp(trial)
    const answer = await app.token(exchange(await codeFor(trial, app)))
    expect(answer.status).toBe(200)
    expect(answer.json).toEqual({
      ...published,
      scope: 'r_jobs r_candidates w_candidates',
      created_at: Date.UTC(2026, 6, 23, 19, 21, 0) / 1000,
    })
    expect(answer.headers['cache-control']).toBe('no-store')
  })

  test('the two published replies can be had as they stand', async () => {
    const trial = await startTrial()
    const app = await registerApp(trial)
    await trial.set({ scopeInExchange: 'r_jobs' })
    const first = await app.token(exchange(await codeFor(trial, app)))
    expect(first.json).toEqual({ ...published, scope: 'r_jobs', created_at: expect.any(Number) })
    const { refresh_token = '' } = Object(first.json)
    const second = await app.token({ grant_type: 'refresh_token', refresh_token })
    expect(second.json).toEqual({ ...published, scope: 'r_jobs r_candidates w_candidates' })
  })

  test.each([
    [{ scopeInExchange: 'absent' }, { scope: undefined }],
    [{ createdAtInExchange: false }, { created_at: undefined }],
    [{ accessTokenSeconds: 60 }, { expires_in: 60 }],
    [{ expiresInTold: 'as_text' }, { expires_in: '7200' }],
    [{ expiresInTold: 'absent' }, { expires_in: undefined }],
    [{ expiresInTold: -1 }, { expires_in: -1 }],
    [{ tokenTypeTold: 'mac' }, { token_type: 'mac' }],
    [{ scopesWithheld: ['w_candidates'] }, { scope: 'r_jobs r_candidates' }],
  ])('with %o it says %o', async (switches, members) => {
    const trial = await startTrial()
    const app = await registerApp(trial)
    await trial.set(switches)
    const answer = await app.token(exchange(await codeFor(trial, app)))
    for (const [name, value] of Object.entries(members)) expect(Object(answer.json)[name]).toEqual(value)
  })

  test('multipart, urlencoded and JSON are all understood; the query is not', async () => {
    const trial = await startTrial()
    const app = await registerApp(trial)
    const fields = async () => ({
      client_id: app.id,
      client_secret: app.secret,
      ...exchange(await codeFor(trial, app)),
    })
    const send = (type: string, body: string, query = '') =>
      ask(trial.port, `/oauth/token${query}`, {
        host: 'www',
        method: 'POST',
        headers: { 'Content-Type': type },
        body,
      })
    const parts = Object.entries(await fields()).map(
      ([name, value]) => `--edge\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
    )
    const multipart = await send('multipart/form-data; boundary=edge', `${parts.join('')}--edge--\r\n`)
    const json = await send('application/json', JSON.stringify(await fields()))
    const inQuery = await send(
      'application/x-www-form-urlencoded',
      '',
      `?${new URLSearchParams(await fields())}`,
    )
    const bad = await send('application/json', '{')
    expect([multipart, json, inQuery, bad].map(answer => answer.status)).toEqual([200, 200, 401, 401])
    const rows = await trial.ledger()
    expect(rows.filter(row => row.path === '/oauth/token').map(row => row.oauth)).toMatchObject([
      { format: 'multipart', outcome: 'issued' },
      { format: 'json', outcome: 'issued' },
      { format: 'json', outcome: 'invalid_request' },
    ])
  })
})

describe('codes', () => {
  test('twenty exchanges of one code at once are one success', async () => {
    const trial = await startTrial()
    const app = await registerApp(trial)
    const code = await codeFor(trial, app)
    const answers = await Promise.all(Array.from({ length: 20 }, () => app.token(exchange(code))))
    expect(answers.filter(answer => answer.status === 200)).toHaveLength(1)
    expect(answers.filter(answer => answer.text.includes('invalid_grant'))).toHaveLength(19)
  })

  test('a code lives for 600 seconds', async () => {
    const trial = await startTrial()
    const app = await registerApp(trial)
    const [early, late] = [await codeFor(trial, app), await codeFor(trial, app)]
    trial.wait(599_000)
    expect((await app.token(exchange(early))).status).toBe(200)
    trial.wait(1_000)
    expect((await app.token(exchange(late))).text).toContain('invalid_grant')
  })

  test('another redirect URI or another client gets nothing, and the code is not used up', async () => {
    const trial = await startTrial()
    const app = await registerApp(trial)
    const other = await registerApp(trial, { name: 'Other' })
    const code = await codeFor(trial, app)
    expect((await app.token(exchange(code, { redirect_uri: `${CALLBACK}/` }))).text).toContain(
      'invalid_grant',
    )
    expect((await other.token(exchange(code))).text).toContain('invalid_grant')
    expect((await app.token({ grant_type: 'authorization_code', code })).text).toContain('invalid_request')
    expect((await app.token(exchange(code))).status).toBe(200)
  })

  test('a second use takes away what came of the first only by the switch', async () => {
    const trial = await startTrial()
    const app = await registerApp(trial)
    const code = await codeFor(trial, app)
    const { access_token = '' } = Object((await app.token(exchange(code))).json)
    await app.token(exchange(code))
    expect((await trial.api(access_token, '/accounts')).status).toBe(200)
    await trial.set({ codeReuseRevokes: true })
    expect((await app.token(exchange(code))).text).toContain('invalid_grant')
    expect((await trial.api(access_token, '/accounts')).text).toContain('revoked')
  })
})

describe('PKCE, as RFC 7636 has it', () => {
  test('the vector of appendix B', () => {
    expect(challengeOf(VERIFIER)).toBe(CHALLENGE)
    for (const bad of ['x'.repeat(42), 'x'.repeat(129), `${'x'.repeat(43)}=`, 'é'.repeat(43)])
      expect(challengeOf(bad)).toBeNull()
  })

  test('a challenge that was sent wants its verifier', async () => {
    const trial = await startTrial()
    const app = await registerApp(trial)
    const code = await codeFor(trial, app, pkce)
    const tries: Record<string, string>[] = [
      {},
      { code_verifier: 'x'.repeat(43) },
      { code_verifier: CHALLENGE },
    ]
    for (const more of tries) expect((await app.token(exchange(code, more))).text).toContain('invalid_grant')
    expect((await app.token(exchange(code, { code_verifier: VERIFIER }))).status).toBe(200)
  })

  test('a verifier without a challenge is refused, and the switch turns the check off', async () => {
    const trial = await startTrial()
    const app = await registerApp(trial)
    const code = await codeFor(trial, app)
    expect((await app.token(exchange(code, { code_verifier: VERIFIER }))).text).toContain('invalid_grant')
    await trial.set({ pkceChecked: false })
    const bound = await codeFor(trial, app, pkce)
    expect((await app.token(exchange(bound))).status).toBe(200)
  })
})

describe('errors, as section 9.2 has them', () => {
  const errors: [string, Record<string, string>, 400 | 401][] = [
    ['invalid_client', { client_secret: 'wrong' }, 401],
    ['invalid_client', { client_id: 'nobody' }, 401],
    ['invalid_grant', {}, 400],
    ['invalid_request', { grant_type: '' }, 400],
    ['invalid_request', { code: '' }, 400],
    ['unsupported_grant_type', { grant_type: 'password' }, 400],
    ['unsupported_grant_type', { grant_type: '__proto__' }, 400],
  ]
  test.each(errors)('%s with %o is 401, or %i by the switch', async (error, changes, today) => {
    const trial = await startTrial()
    const app = await registerApp(trial)
    const before = await app.token(exchange('none', changes))
    expect([before.status, Object(before.json).error]).toEqual([401, error])
    expect(Object(before.json).error_description).toMatch(/\.$/)
    expect(before.headers['cache-control']).toBe('no-store')
    expect(before.headers['www-authenticate']).toMatch(
      new RegExp(`^Bearer realm="Doorkeeper", error="${error}", error_description="[^"]+"$`),
    )
    await trial.set({ tokenErrorStatus: 400, tokenErrorChallenge: false })
    const after = await app.token(exchange('none', changes))
    expect([after.status, after.headers['www-authenticate']]).toEqual([today, undefined])
  })

  test('the words of invalid_grant are the published ones', async () => {
    const trial = await startTrial()
    const app = await registerApp(trial)
    expect((await app.token(exchange('none'))).json).toEqual({
      error: 'invalid_grant',
      error_description:
        'The provided authorization grant is invalid, expired, revoked, does not match the redirection URI used in the authorization request, or was issued to another client.',
    })
  })

  test('without a body, or with a page of HTML', async () => {
    const trial = await startTrial()
    const app = await registerApp(trial)
    await trial.set({ tokenErrorBody: 'none' })
    const none = await app.token(exchange('none'))
    expect([none.status, none.text]).toEqual([401, ''])
    await trial.set({ tokenErrorBody: 'html' })
    expect((await app.token(exchange('none'))).headers['content-type']).toContain('text/html')
  })

  test('a parameter that came twice is an error', async () => {
    const trial = await startTrial()
    const app = await registerApp(trial)
    const code = await codeFor(trial, app)
    const fields = new URLSearchParams({ client_id: app.id, client_secret: app.secret, ...exchange(code) })
    fields.append('code', 'another')
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded' }
    const twice = await ask(trial.port, '/oauth/token', {
      host: 'www',
      method: 'POST',
      headers,
      body: String(fields),
    })
    expect(twice.text).toContain('invalid_request')
  })

  test('Basic is refused, or accepted by the switch', async () => {
    const trial = await startTrial()
    const app = await registerApp(trial)
    const code = await codeFor(trial, app)
    const basic = { Authorization: `Basic ${Buffer.from(`${app.id}:${app.secret}`).toString('base64')}` }
    const withoutBody = exchange(code, { client_id: '', client_secret: '' })
    expect((await app.token(withoutBody, basic)).text).toContain('invalid_client')
    await trial.set({ clientAuthentication: 'body_or_basic' })
    expect((await app.token(withoutBody, basic)).status).toBe(200)
  })
})

describe("an app's secret", () => {
  test('is replaced with an overlap, and the old one then ends', async () => {
    const trial = await startTrial()
    const app = await registerApp(trial)
    const path = `/oauth/clients/${app.id}/secret`
    const body = { client_secret: 'the-next-one', overlap_seconds: 60 }
    expect((await trial.control(path, { method: 'POST', body })).status).toBe(200)
    const withNew = { client_secret: 'the-next-one' }
    expect((await app.token(exchange(await codeFor(trial, app)))).status).toBe(200)
    expect((await app.token(exchange(await codeFor(trial, app), withNew))).status).toBe(200)
    trial.wait(60_000)
    expect((await app.token(exchange('x'))).text).toContain('invalid_client')
    expect((await app.token(exchange('x', withNew))).text).toContain('invalid_grant')
  })

  test('is in no list', async () => {
    const trial = await startTrial()
    const app = await registerApp(trial)
    const list = await trial.control('/oauth/clients')
    expect(list.json).toMatchObject({ clients: [{ client_id: app.id, redirect_uris: [CALLBACK] }] })
    expect(list.text).not.toContain(app.secret)
  })

  test('an app that is deleted takes its tokens with it', async () => {
    const trial = await startTrial()
    const app = await registerApp(trial)
    const { access_token } = await app.pair()
    expect((await trial.control(`/oauth/clients/${app.id}`, { method: 'DELETE' })).status).toBe(204)
    expect((await trial.api(access_token, '/accounts')).status).toBe(401)
    expect((await app.token(exchange('x'))).text).toContain('invalid_client')
  })

  test.each([
    [{ redirect_uris: ['/callback'] }, 422],
    [{ redirect_uris: ['https://a.example/#x'] }, 422],
    [{ redirect_uris: ['https://user@a.example/'] }, 422],
    [{ redirect_uris: ['javascript:alert(1)'] }, 422],
    [{ redirect_uris: ["https://a.example;script-src'unsafe-inline'/"] }, 422],
    [{ redirect_uris: ['https://a.example/ x'] }, 422],
    [{ client_id: 'two words' }, 422],
    [{ name: '' }, 422],
  ])('an app with %o is not registered', async (wish, status) => {
    const trial = await startTrial()
    const body = { name: 'x', ...wish }
    expect((await trial.control('/oauth/clients', { method: 'POST', body })).status).toBe(status)
  })
})
