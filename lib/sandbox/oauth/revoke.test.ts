import { describe, expect, test } from 'vitest'
import { registerApp } from '../test/oauth.ts'
import { startTrial, type Trial } from '../test/running.ts'

const status = async (trial: Trial, token: string) =>
  (await trial.api(token, '/accounts', { host: 'www' })).status

describe('revocation, as workable-api section 9.2 has it', () => {
  test.each(['access_token', 'refresh_token'] as const)('by the %s both die', async member => {
    const trial = await startTrial()
    const app = await registerApp(trial)
    const pair = await app.pair()
    const answer = await app.revoke(pair[member])
    expect([answer.status, answer.text]).toEqual([200, '{}'])
    const dead = await trial.api(pair.access_token, '/accounts', { host: 'www' })
    expect([dead.status, dead.text]).toEqual([401, expect.stringContaining('"reason":"revoked"')])
    const fields = { grant_type: 'refresh_token', refresh_token: pair.refresh_token }
    expect((await app.token(fields)).text).toContain('invalid_grant')
  })

  test('an unknown token is 200 as well, whoever asks', async () => {
    const trial = await startTrial()
    const app = await registerApp(trial)
    const answers = [await app.revoke('nothing'), await app.revoke('nothing', { client_secret: 'wrong' })]
    for (const answer of answers) expect([answer.status, answer.text]).toEqual([200, '{}'])
  })

  test('a wrong client gets 403, or 200 by the switch, and nothing dies', async () => {
    const trial = await startTrial()
    const app = await registerApp(trial)
    const other = await registerApp(trial, { name: 'Other' })
    const { access_token } = await app.pair()
    for (const answer of [
      await other.revoke(access_token),
      await app.revoke(access_token, { client_secret: 'x' }),
    ])
      expect([answer.status, JSON.parse(answer.text)]).toEqual([
        403,
        {
          error: 'unauthorized_client',
          error_description: 'You are not authorized to revoke this token',
        },
      ])
    await trial.set({ revokeWrongClient: 200 })
    expect((await other.revoke(access_token)).text).toBe('{}')
    expect(await status(trial, access_token)).toBe(200)
  })

  test('with an expired access token both die, or by the switch nothing happens under 200', async () => {
    const trial = await startTrial()
    const app = await registerApp(trial)
    const { refresh_token } = await app.pair()
    trial.wait(7_200_000)
    await trial.set({ revokeExpired: 'no_effect' })
    const answer = await app.revoke(refresh_token)
    expect([answer.status, answer.text]).toEqual([200, '{}'])
    const next = await app.refreshed(refresh_token)
    expect(await status(trial, next.access_token)).toBe(200)
    await app.revoke(next.refresh_token)
    expect(await status(trial, next.access_token)).toBe(401)
  })

  test('one pair dies, or by the switch all that came of the same consent', async () => {
    const trial = await startTrial()
    const app = await registerApp(trial)
    const first = await app.pair()
    const second = await app.refreshed(first.refresh_token)
    await app.revoke(second.refresh_token)
    expect(await status(trial, first.access_token)).toBe(200)
    await trial.set({ revokeReaches: 'family' })
    await app.revoke(second.refresh_token)
    expect(await status(trial, first.access_token)).toBe(401)
  })
})
