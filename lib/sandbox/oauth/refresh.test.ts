import { describe, expect, test } from 'vitest'
import { registerApp, type TestApp } from '../test/oauth.ts'
import { startTrial, type Trial } from '../test/running.ts'

const works = async (trial: Trial, token: string) =>
  (await trial.api(token, '/accounts', { host: 'www' })).status === 200

const refused = async (app: TestApp, refresh_token: string) => {
  const answer = await app.token({ grant_type: 'refresh_token', refresh_token })
  return answer.status === 401 && answer.text.includes('invalid_grant')
}

describe('access tokens', () => {
  test('end after two hours, and say so', async () => {
    const trial = await startTrial()
    const app = await registerApp(trial)
    const { access_token, refresh_token } = await app.pair()
    trial.wait(7_199_000)
    expect(await works(trial, access_token)).toBe(true)
    trial.wait(1_000)
    const dead = await trial.api(access_token, '/accounts', { host: 'www' })
    expect([dead.status, dead.text]).toEqual([401, expect.stringContaining('"reason":"expired"')])
    trial.wait(400 * 86_400_000)
    const next = await app.refreshed(refresh_token)
    expect(await works(trial, next.access_token)).toBe(true)
  })
})

describe('rotation on use', () => {
  test('the old refresh token works until the new access token is first used', async () => {
    const trial = await startTrial()
    const app = await registerApp(trial)
    const first = await app.pair()
    const second = await app.refreshed(first.refresh_token)
    expect(second.refresh_token).not.toBe(first.refresh_token)
    expect(await works(trial, first.access_token)).toBe(true)
    const third = await app.refreshed(first.refresh_token)
    expect(await works(trial, third.access_token)).toBe(true)
    expect(await works(trial, first.access_token)).toBe(false)
    expect(await refused(app, first.refresh_token)).toBe(true)
    expect(await refused(app, third.refresh_token)).toBe(false)
  })

  test('a refused request counts as no use, a 404 does', async () => {
    const trial = await startTrial()
    const app = await registerApp(trial)
    const first = await app.pair()
    const second = await app.refreshed(first.refresh_token)
    await trial.api(`${second.access_token}x`, '/accounts')
    expect(await refused(app, first.refresh_token)).toBe(false)
    await trial.api(second.access_token, '/jobs/NOPE')
    expect(await refused(app, first.refresh_token)).toBe(true)
  })

  test('several refreshes at once all succeed', async () => {
    const trial = await startTrial()
    const app = await registerApp(trial)
    const { refresh_token } = await app.pair()
    const pairs = await Promise.all(Array.from({ length: 10 }, () => app.refreshed(refresh_token)))
    expect(new Set(pairs.map(pair => pair.refresh_token)).size).toBe(10)
  })
})

describe('immediate rotation', () => {
  test('the old pair dies at once, and of several at once one succeeds', async () => {
    const trial = await startTrial()
    await trial.set({ refreshRotation: 'immediate' })
    const app = await registerApp(trial)
    const first = await app.pair()
    const fields = { grant_type: 'refresh_token', refresh_token: first.refresh_token }
    const answers = await Promise.all(Array.from({ length: 10 }, () => app.token(fields)))
    expect(answers.filter(answer => answer.status === 200)).toHaveLength(1)
    const dead = await trial.api(first.access_token, '/accounts', { host: 'www' })
    expect(dead.text).toContain('"reason":"revoked"')
  })

  test('reuse takes the whole family only by the switch', async () => {
    const trial = await startTrial()
    await trial.set({ refreshRotation: 'immediate' })
    const app = await registerApp(trial)
    const first = await app.pair()
    const second = await app.refreshed(first.refresh_token)
    expect(await refused(app, first.refresh_token)).toBe(true)
    expect(await works(trial, second.access_token)).toBe(true)
    await trial.set({ reuseRevokesFamily: true })
    expect(await refused(app, first.refresh_token)).toBe(true)
    expect(await works(trial, second.access_token)).toBe(false)
    expect(await refused(app, second.refresh_token)).toBe(true)
  })
})

describe('rotation with a grace', () => {
  test('the old pair lives for so many seconds, counted from its first refresh', async () => {
    const trial = await startTrial()
    await trial.set({ refreshRotation: 'grace', refreshGraceSeconds: 5 })
    const app = await registerApp(trial)
    const first = await app.pair()
    await app.refreshed(first.refresh_token)
    trial.wait(4_000)
    const again = await app.refreshed(first.refresh_token)
    expect(await works(trial, again.access_token)).toBe(true)
    trial.wait(1_000)
    expect(await refused(app, first.refresh_token)).toBe(true)
    expect(await works(trial, again.access_token)).toBe(true)
  })
})

describe('no rotation', () => {
  test('the refresh token stays the same, and a revocation ends it', async () => {
    const trial = await startTrial()
    await trial.set({ refreshRotation: 'none' })
    const app = await registerApp(trial)
    const first = await app.pair()
    const second = await app.refreshed(first.refresh_token)
    const third = await app.refreshed(first.refresh_token)
    expect([second.refresh_token, third.refresh_token]).toEqual([first.refresh_token, first.refresh_token])
    expect(await works(trial, third.access_token)).toBe(true)
    await app.revoke(first.refresh_token)
    expect(await refused(app, first.refresh_token)).toBe(true)
    expect(await works(trial, third.access_token)).toBe(false)
  })
})

describe('refreshes that are refused', () => {
  test('unknown tokens, those of another app, and access tokens', async () => {
    const trial = await startTrial()
    const app = await registerApp(trial)
    const other = await registerApp(trial, { name: 'Other' })
    const { access_token, refresh_token } = await app.pair()
    expect(await refused(app, 'nothing')).toBe(true)
    expect(await refused(app, access_token)).toBe(true)
    expect(await refused(other, refresh_token)).toBe(true)
    expect((await app.token({ grant_type: 'refresh_token' })).text).toContain('invalid_request')
  })

  test('more scopes than there were', async () => {
    const trial = await startTrial()
    const app = await registerApp(trial)
    const { refresh_token } = await app.pair()
    const fields = { grant_type: 'refresh_token', refresh_token }
    expect((await app.token({ ...fields, scope: 'r_jobs w_members' })).text).toContain('invalid_scope')
    expect((await app.token({ ...fields, scope: 'r_jobs' })).json).toHaveProperty('scope', 'r_jobs')
  })
})
