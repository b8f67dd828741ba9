import { describe, expect, test } from 'vitest'
import { allow, CALLBACK, registerApp, signedIn, type TestApp } from '../test/oauth.ts'
import { startTrial, type Trial } from '../test/running.ts'

const MARIANA = 'mariana@larkfield.example'

async function plan(trial: Trial, fault: Record<string, unknown>, path = '/oauth/token') {
  await trial.control('/faults', { method: 'POST', body: { path, fault } })
}

async function exchangeOf(trial: Trial, app: TestApp) {
  const code = await allow(await signedIn(trial, MARIANA), app.query())
  return { grant_type: 'authorization_code', code, redirect_uri: CALLBACK }
}

const aliveGrants = async (trial: Trial) =>
  Object((await trial.control('/oauth/grants?alive=true')).json).grants.length

describe('faults on the token endpoint', () => {
  test('an answer that is lost after the sandbox has acted: the code is used, the grant lives', async () => {
    const trial = await startTrial()
    const app = await registerApp(trial)
    const fields = await exchangeOf(trial, app)
    await plan(trial, { kind: 'drop', acted: true })
    await expect(app.token(fields)).rejects.toThrow()
    expect(await aliveGrants(trial)).toBe(1)
    expect((await trial.ledger()).at(-1)).toMatchObject({ status: null, oauth: { outcome: 'issued' } })
    expect((await app.token(fields)).text).toContain('invalid_grant')
  })

  test.each([
    ['on_use', true],
    ['grace', true],
    ['none', true],
    ['immediate', false],
  ])(
    'after a lost refresh the same refresh token works again with %s: %s',
    async (refreshRotation, works) => {
      const trial = await startTrial()
      await trial.set({ refreshRotation })
      const app = await registerApp(trial)
      const { refresh_token } = await app.pair()
      await plan(trial, { kind: 'drop', acted: true })
      const fields = { grant_type: 'refresh_token', refresh_token }
      await expect(app.token(fields)).rejects.toThrow()
      expect((await app.token(fields)).status === 200).toBe(works)
    },
  )

  test('a connection that is cut before the sandbox has acted leaves the code', async () => {
    const trial = await startTrial()
    const app = await registerApp(trial)
    const fields = await exchangeOf(trial, app)
    await plan(trial, { kind: 'drop' })
    await expect(app.token(fields)).rejects.toThrow()
    expect(await aliveGrants(trial)).toBe(0)
    expect((await trial.ledger()).at(-1)).toMatchObject({ path: '/oauth/token', status: null, oauth: null })
    expect((await app.token(fields)).status).toBe(200)
  })

  test('half an answer, a slow one, a late one', async () => {
    const trial = await startTrial()
    const app = await registerApp(trial)
    await plan(trial, { kind: 'truncated' })
    await expect(app.token(await exchangeOf(trial, app))).rejects.toThrow()
    await plan(trial, { kind: 'truncated', cut: false })
    await expect(app.token(await exchangeOf(trial, app))).rejects.toThrow(SyntaxError)
    await plan(trial, { kind: 'slow', bytes: 50, ms: 5 })
    expect((await app.token(await exchangeOf(trial, app))).json).toHaveProperty('access_token')
    await plan(trial, { kind: 'delay', ms: 60 })
    expect((await app.token(await exchangeOf(trial, app))).json).toHaveProperty('access_token')
    expect((await trial.ledger()).at(-1)?.wait).toBeGreaterThanOrEqual(55)
    expect(await aliveGrants(trial)).toBe(4)
  })

  test('a login page, 5 MB of JSON, a status, a redirect: nothing is acted on', async () => {
    const trial = await startTrial()
    const app = await registerApp(trial)
    const fields = await exchangeOf(trial, app)
    await plan(trial, { kind: 'html' })
    expect((await app.token(fields)).text).toContain('<h1>Sign in</h1>')
    await plan(trial, { kind: 'huge', bytes: 5_000_000 })
    expect((await app.token(fields)).text).toHaveLength(5_000_000)
    await plan(trial, { kind: 'status', status: 503, headers: { 'Retry-After': '2' } })
    expect((await app.token(fields)).status).toBe(503)
    await plan(trial, { kind: 'redirect', location: 'https://evil.example/' })
    expect((await app.token(fields)).headers.location).toBe('https://evil.example/')
    expect((await app.token(fields)).status).toBe(200)
  })

  test('faults strike the consent screen and the revocation as well', async () => {
    const trial = await startTrial()
    const app = await registerApp(trial)
    const { access_token } = await app.pair()
    await plan(trial, { kind: 'status', status: 503 }, '/oauth/revoke')
    expect((await app.revoke(access_token)).status).toBe(503)
    await plan(trial, { kind: 'drop', acted: true }, '/oauth/revoke')
    await expect(app.revoke(access_token)).rejects.toThrow()
    expect((await trial.api(access_token, '/accounts', { host: 'www' })).status).toBe(401)
    await plan(trial, { kind: 'status', status: 500 }, '/oauth/authorize')
    const mariana = await signedIn(trial, MARIANA)
    expect((await mariana.get(`/oauth/authorize?${app.query()}`)).status).toBe(500)
  })
})
