import { describe, expect, test } from 'vitest'
import { allow, CALLBACK, registerApp, signedIn } from '../test/oauth.ts'
import { startTrial, type Trial } from '../test/running.ts'

const MARIANA = 'mariana@larkfield.example'

async function grants(trial: Trial, query = '') {
  return Object((await trial.control(`/oauth/grants${query}`)).json).grants
}

describe('the truth about grants', () => {
  test('says what is alive, with ids and never a value', async () => {
    const trial = await startTrial()
    const app = await registerApp(trial)
    const first = await app.pair()
    const second = await app.refreshed(first.refresh_token)
    const told = await trial.control('/oauth/grants')
    const at = '2026-07-23T19:21:00.000Z'
    const live = { access_token: 'active', refresh_token_live: true, revoked_at: null, first_used_at: null }
    expect(Object(told.json).grants).toMatchObject([
      {
        client_id: app.id,
        person: MARIANA,
        scopes: ['r_jobs', 'r_candidates', 'w_candidates'],
        created_at: at,
        alive: true,
        access_token_live: true,
        refresh_token_live: true,
        access_token_expires_at: '2026-07-23T21:21:00.000Z',
        tokens: [live, live],
      },
    ])
    for (const value of [first.access_token, first.refresh_token, second.access_token, second.refresh_token])
      expect(told.text).not.toContain(value)
    const { access_token, refresh_token } = first
    expect((await trial.control('/oauth/secrets')).json).toMatchObject({
      client_secrets: [app.secret],
      codes: [expect.any(String)],
      tokens: [{ access_token, refresh_token }, { access_token: second.access_token }],
    })
    await trial.api(second.access_token, '/accounts')
    expect(await grants(trial)).toMatchObject([
      {
        tokens: [
          { access_token: 'revoked', revoked_at: at },
          { access_token: 'active', first_used_at: at },
        ],
      },
    ])
  })

  test('follows what ends: expiry, revocation, the customer', async () => {
    const trial = await startTrial()
    const app = await registerApp(trial)
    const { access_token, refresh_token } = await app.pair()
    const [{ id }] = await grants(trial)
    const expired = await trial.control(`/oauth/grants/${id}/expire`, { method: 'POST' })
    expect(expired.json).toMatchObject({ alive: true, access_token_live: false, refresh_token_live: true })
    expect((await trial.api(access_token, '/accounts')).text).toContain('expired')
    await app.revoke((await app.refreshed(refresh_token)).access_token)
    expect(await grants(trial, '?alive=true')).toHaveLength(1)
    const revoked = await trial.control(`/oauth/grants/${id}/revoke`, { method: 'POST' })
    expect(revoked.json).toMatchObject({ alive: false, access_token_live: false, refresh_token_live: false })
    expect(await grants(trial, '?alive=true')).toEqual([])
    expect((await trial.api(access_token, '/accounts')).text).toContain('revoked')
    expect((await trial.control('/oauth/grants/1/revoke', { method: 'POST' })).status).toBe(404)
  })

  test('what the customer revokes takes her outstanding codes as well', async () => {
    const trial = await startTrial()
    const app = await registerApp(trial)
    await app.pair()
    const code = await allow(await signedIn(trial, MARIANA), app.query())
    expect((await trial.control('/oauth/codes')).json).toMatchObject({
      codes: [{ client_id: app.id, person: MARIANA, redirect_uri: CALLBACK, pkce: false }],
    })
    expect((await trial.control('/oauth/codes')).text).not.toContain(code)
    const [{ id }] = await grants(trial)
    await trial.control(`/oauth/grants/${id}/revoke`, { method: 'POST' })
    const fields = { grant_type: 'authorization_code', code, redirect_uri: CALLBACK }
    expect((await app.token(fields)).text).toContain('invalid_grant')
  })

  test('grants are made by the thousand, and narrowed afterwards', async () => {
    const trial = await startTrial()
    const app = await registerApp(trial)
    const body = { client_id: app.id, person: MARIANA, count: 1000 }
    const made = await trial.control('/oauth/grants', { method: 'POST', body })
    const [first] = Object(made.json).grants
    expect(Object(made.json).grants).toHaveLength(1000)
    expect((await trial.api(first.access_token, '/candidates?limit=1')).status).toBe(200)
    const narrowed = { method: 'PATCH', body: { scopes: ['r_jobs'] } }
    expect((await trial.control(`/oauth/grants/${first.id}`, narrowed)).json).toMatchObject({
      scopes: ['r_jobs'],
    })
    expect((await trial.api(first.access_token, '/candidates?limit=1')).status).toBe(403)
    const unknown = { method: 'POST', body: { ...body, person: 'nobody@x.example' } }
    expect((await trial.control('/oauth/grants', unknown)).status).toBe(404)
  })

  test('token requests are counted by client, grant type and outcome', async () => {
    const trial = await startTrial()
    const app = await registerApp(trial)
    const { refresh_token } = await app.pair()
    await app.refreshed(refresh_token)
    await app.token({ grant_type: 'refresh_token', refresh_token: 'x' })
    await app.token({ grant_type: 'refresh_token', refresh_token: 'x' })
    await app.token({ grant_type: 'refresh_token', refresh_token: 'x', client_id: 'somebody' })
    await app.revoke('x')
    const common = { endpoint: 'token', clientId: app.id, grantType: 'refresh_token' }
    expect(Object((await trial.control('/oauth/grants')).json).requests).toEqual([
      { ...common, grantType: 'authorization_code', outcome: 'issued', count: 1 },
      { ...common, outcome: 'issued', count: 1 },
      { ...common, outcome: 'invalid_grant', count: 2 },
      { ...common, clientId: null, outcome: 'invalid_client', count: 1 },
      { endpoint: 'revoke', clientId: app.id, grantType: null, outcome: 'unknown_token', count: 1 },
    ])
    await trial.control('/ledger', { method: 'DELETE' })
    expect(Object((await trial.control('/oauth/grants')).json).requests).toEqual([])
  })
})

describe('the ledger of the OAuth endpoints', () => {
  test('tells what was asked and what came of it, and no code, state, token or secret', async () => {
    const trial = await startTrial()
    const app = await registerApp(trial)
    const { access_token, refresh_token } = await app.pair()
    const pkce = {
      code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
      code_challenge_method: 'S256',
    }
    const mariana = await signedIn(trial, MARIANA)
    await mariana.get(`/oauth/authorize?${app.query({ state: 'short', ...pkce })}&st%61te=sneaky&code=abc`)
    await mariana.get('/oauth/nothing?access_token=abc&refresh_token=def&client_secret=ghi&state=short')
    const code = await allow(mariana, app.query({ state: 'another' }))
    const rows = await trial.ledger()
    const text = JSON.stringify(rows)
    for (const value of [
      'short',
      'sneaky',
      'abc',
      'def',
      'ghi',
      'another',
      code,
      access_token,
      refresh_token,
    ])
      expect(text).not.toContain(value)
    expect(text).not.toContain(app.secret)
    expect(new Set(rows.map(row => row.area))).toEqual(new Set(['oauth']))
    expect(rows.map(row => row.oauth?.outcome)).toEqual([
      undefined,
      'consent',
      'code',
      'issued',
      undefined,
      'invalid_request',
      undefined,
      'code',
    ])
    expect(rows[5]?.oauth).toMatchObject({
      clientId: app.id,
      redirectUri: CALLBACK,
      scope: 'r_jobs r_candidates w_candidates',
      resource: 'user',
      challengeMethod: 'S256',
    })
    const [grant] = await grants(trial)
    expect(rows[3]).toMatchObject({
      tokenId: grant.tokens[0].id,
      oauth: {
        grantId: grant.id,
        grantType: 'authorization_code',
        format: 'urlencoded',
        clientPlace: 'body',
      },
    })
  })

  test('two states can be told apart by their hashes', async () => {
    const trial = await startTrial()
    const app = await registerApp(trial)
    const mariana = await signedIn(trial, MARIANA)
    for (const state of ['one', 'two', 'one']) await mariana.get(`/oauth/authorize?${app.query({ state })}`)
    const hashes = (await trial.ledger()).slice(1).map(row => row.oauth?.stateHash)
    expect(new Set(hashes).size).toBe(2)
    expect(hashes[0]).toMatch(/^[0-9a-f]{64}$/)
  })
})
