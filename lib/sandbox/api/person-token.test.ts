import { describe, expect, test } from 'vitest'
import { registerApp } from '../test/oauth.ts'
import { startTrial, type Trial } from '../test/running.ts'

const www = { host: 'www' }

async function patchMember(trial: Trial, account: string, email: string, body: Record<string, unknown>) {
  const { json } = await trial.control(`/accounts/${account}/members`)
  const member = Object(json).members.find((one: { email: string }) => one.email === email)
  await trial.control(`/accounts/${account}/members/${member.id}`, { method: 'PATCH', body })
}

describe("a person's token", () => {
  test('lists all her accounts on www and the apex, and works in each of them', async () => {
    const trial = await startTrial()
    const { access_token } = await (await registerApp(trial)).pair()
    const list = await trial.api(access_token, '/accounts', www)
    const apex = await trial.api(access_token, '/accounts', {
      headers: { Host: `workable.localhost:${trial.port}` },
    })
    expect(list.json).toMatchObject({ accounts: [{ subdomain: 'larkfield' }, { subdomain: 'larkfield-nl' }] })
    expect(apex.json).toEqual(list.json)
    expect((await trial.api(access_token, '/accounts/larkfield-nl', www)).status).toBe(200)
    for (const host of ['larkfield', 'larkfield-nl'])
      expect((await trial.api(access_token, '/jobs?limit=1', { host })).status).toBe(200)
    const foreign = await trial.api(access_token, '/jobs', { host: 'acme' })
    expect([foreign.status, foreign.json]).toEqual([404, { error: 'Not found' }])
  })

  test('is not turned away on www by the switch about account tokens', async () => {
    const trial = await startTrial()
    const { access_token } = await (await registerApp(trial)).pair()
    await trial.set({ wwwAnswersAccountTokens: false })
    expect((await trial.api(access_token, '/accounts', www)).status).toBe(200)
  })

  test('reaches an account no longer from which she was removed', async () => {
    const trial = await startTrial()
    const { access_token } = await (await registerApp(trial)).pair()
    await patchMember(trial, 'larkfield', 'mariana@larkfield.example', { active: false })
    expect((await trial.api(access_token, '/jobs')).status).toBe(404)
    expect((await trial.api(access_token, '/jobs', { host: 'larkfield-nl' })).status).toBe(200)
    await patchMember(trial, 'larkfield-nl', 'mariana@larkfield.example', { role: 'no_access' })
    expect((await trial.api(access_token, '/accounts', www)).json).toEqual({ accounts: [] })
  })

  test('finds a suspended account closed, and in no list', async () => {
    const trial = await startTrial()
    const app = await registerApp(trial)
    const { access_token } = await app.pair()
    await trial.control('/accounts/larkfield', { method: 'PATCH', body: { suspended: true } })
    expect((await trial.api(access_token, '/jobs')).status).toBe(403)
    expect((await trial.api(access_token, '/accounts', www)).json).toMatchObject({
      accounts: [{ subdomain: 'larkfield-nl' }],
    })
    const fergus = await app.pair('fergus@dunmore.example')
    expect((await trial.api(fergus.access_token, '/accounts', www)).status).toBe(403)
  })

  test('lacks what was withheld, in the shape that an account token has it', async () => {
    const trial = await startTrial()
    await trial.set({ scopesWithheld: ['w_candidates'] })
    const { access_token } = await (await registerApp(trial)).pair()
    const put = { method: 'PUT', body: { tags: [] } }
    const answer = await trial.api(access_token, '/candidates/0/tags', put)
    expect([answer.status, answer.text]).toEqual([403, expect.stringContaining('"scopes":["w_candidates"]')])
    expect((await trial.api(access_token, '/candidates?limit=1')).status).toBe(200)
  })

  test('sees what she may see: an admin all jobs, somebody else those of her teams', async () => {
    const trial = await startTrial()
    const app = await registerApp(trial)
    const admin = await app.pair()
    const simple = await app.pair('jonas@larkfield.example')
    const count = async (token: string, path: string, list: string) =>
      Object((await trial.api(token, path)).json)[list].length
    const all = await count(admin.access_token, '/jobs?limit=100', 'jobs')
    const own = await count(simple.access_token, '/jobs?limit=100', 'jobs')
    expect(own).toBeGreaterThan(0)
    expect(own).toBeLessThan(all)
    const listed = JSON.stringify((await trial.api(simple.access_token, '/jobs?limit=100')).json)
    const jobs: { shortcode: string }[] = Object(
      (await trial.api(admin.access_token, '/jobs?limit=100')).json,
    ).jobs
    const hidden = jobs.find(job => !listed.includes(job.shortcode))?.shortcode ?? ''
    for (const path of [
      `/jobs/${hidden}`,
      `/jobs/${hidden}/stages`,
      `/jobs/${hidden}/candidates`,
      `/candidates?shortcode=${hidden}`,
      `/members?shortcode=${hidden}`,
    ]) {
      expect((await trial.api(simple.access_token, path)).status).toBe(404)
      expect((await trial.api(admin.access_token, path)).status).toBe(200)
    }
    await trial.set({ userTokenSees: 'everything' })
    expect(await count(simple.access_token, '/jobs?limit=100', 'jobs')).toBe(all)
  })

  test("sees the candidates of her teams' jobs and no others", async () => {
    const trial = await startTrial()
    const app = await registerApp(trial)
    const simple = await app.pair('jonas@larkfield.example')
    const { token } = await trial.token('larkfield')
    const ids = async (bearer: string) =>
      Object((await trial.api(bearer, '/candidates?limit=100')).json).candidates.map(
        (one: { id: string }) => one.id,
      )
    const seen: string[] = await ids(simple.access_token)
    const hidden = ((await ids(token)) as string[]).find(id => !seen.includes(id))
    expect((await trial.api(simple.access_token, `/candidates/${seen[0]}`)).status).toBe(200)
    expect((await trial.api(simple.access_token, `/candidates/${hidden}`)).status).toBe(404)
  })

  test('has fifty requests in ten seconds, or ten by the switch, which a client id raises', async () => {
    const trial = await startTrial()
    const { access_token } = await (await registerApp(trial)).pair()
    const limit = async (headers: Record<string, string> = {}) =>
      (await trial.api(access_token, '/stages', { headers })).headers['x-rate-limit-limit']
    expect(await limit()).toBe('50')
    await trial.set({ oauthRateLimit: 10 })
    expect(await limit()).toBe('10')
    expect(await limit({ 'X-Workable-Client-Id': 'sandbox-partner' })).toBe('50')
  })
})
