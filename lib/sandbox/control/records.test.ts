import { describe, expect, test } from 'vitest'
import { startTrial } from '../test/running.ts'

describe('making and changing records', () => {
  test('an account with members is there at once, in the API too', async () => {
    const trial = await startTrial()
    const members = [{ name: 'Ana Pop', email: 'ana@new.example', role: 'admin' }]
    const made = await trial.control('/accounts', {
      method: 'POST',
      body: { subdomain: 'new-one', name: 'New One', members },
    })
    expect(made.status).toBe(201)
    const { token } = await trial.token('new-one')
    expect((await trial.api(token, '/members', { host: 'new-one' })).json).toMatchObject({
      members: [{ email: 'ana@new.example' }],
    })
    expect((await trial.api(token, '/stages', { host: 'new-one' })).text).toContain('phone-screen')
  })

  test('thousands of candidates come in one call', async () => {
    const trial = await startTrial()
    const { token } = await trial.token('acme')
    const jobs = await trial.control('/accounts/acme/jobs', {
      method: 'POST',
      body: { jobs: [{ title: 'Big', shortcode: 'BIG001' }] },
    })
    expect(jobs.status).toBe(201)
    const made = await trial.control('/accounts/acme/candidates', {
      method: 'POST',
      body: { job: 'BIG001', count: 5000 },
    })
    expect(made.json).toMatchObject({ count: 5000 })
    const page = await trial.api(token, '/candidates?shortcode=BIG001&limit=100', { host: 'acme' })
    expect(page.json).toHaveProperty('candidates.99')
    expect(page.json).toHaveProperty('paging.next')
  })

  test('jobs are made by the hundred, with stages of their own where wanted', async () => {
    const trial = await startTrial()
    const { token } = await trial.token('quietwater')
    await trial.control('/accounts/quietwater/jobs', {
      method: 'POST',
      body: { count: 120, like: { title: 'Baker', candidates: 2 } },
    })
    const stages = [
      { name: 'Hello', kind: 'applied' },
      { name: 'Trial Day', kind: 'interview' },
    ]
    await trial.control('/accounts/quietwater/jobs', {
      method: 'POST',
      body: { jobs: [{ shortcode: 'BREAD1', stages }] },
    })
    const page = await trial.api(token, '/jobs?limit=100', { host: 'quietwater' })
    expect(page.json).toHaveProperty('jobs.99.title', 'Baker 100')
    const own = await trial.api(token, '/jobs/BREAD1/stages', { host: 'quietwater' })
    expect(own.json).toHaveProperty('stages.1.slug', 'trial-day')
  })

  test('a job is closed, renamed and deleted', async () => {
    const trial = await startTrial()
    const { token } = await trial.token('larkfield')
    const path = '/accounts/larkfield/jobs/9CD658E13E'
    await trial.control(path, { method: 'PATCH', body: { state: 'closed', title: 'Renamed', code: null } })
    expect((await trial.api(token, '/jobs/9CD658E13E')).json).toMatchObject({
      state: 'closed',
      full_title: 'Renamed',
      code: null,
    })
    expect((await trial.control(path, { method: 'DELETE' })).status).toBe(204)
    expect((await trial.api(token, '/jobs/9CD658E13E')).status).toBe(404)
    expect((await trial.api(token, '/candidates?shortcode=9CD658E13E')).status).toBe(404)
  })

  test('a subdomain that is renamed is the same account elsewhere', async () => {
    const trial = await startTrial()
    const { token } = await trial.token('acme')
    const before = await trial.api(token, '/accounts/acme', { host: 'acme' })
    await trial.control('/accounts/acme', { method: 'PATCH', body: { subdomain: 'acme-group' } })
    expect((await trial.api(token, '/accounts', { host: 'acme' })).status).toBe(404)
    const after = await trial.api(token, '/accounts/acme-group', { host: 'acme-group' })
    expect(after.json).toEqual({ ...Object(before.json), subdomain: 'acme-group' })
  })

  test('an account that is deleted takes its tokens with it', async () => {
    const trial = await startTrial()
    const { token } = await trial.token('acme')
    expect((await trial.control('/accounts/acme', { method: 'DELETE' })).status).toBe(204)
    expect((await trial.api(token, '/accounts', { host: 'www' })).status).toBe(401)
  })

  test('a token is listed without its value, expired and revoked', async () => {
    const trial = await startTrial()
    const { id, token } = await trial.token('acme', { scopes: ['r_jobs'] })
    const list = await trial.control('/tokens?subdomain=acme')
    expect(list.json).toMatchObject({
      tokens: [{ id, scopes: ['r_jobs'], status: 'active', member: 'grace@acme.example' }],
    })
    expect(list.text).not.toContain(token)
    await trial.control(`/tokens/${id}/expire`, { method: 'POST' })
    expect((await trial.api(token, '/jobs', { host: 'acme' })).text).toContain('expired')
  })

  test('setting back brings the first data again and ends what was made', async () => {
    const trial = await startTrial()
    const { token } = await trial.token('larkfield')
    await trial.set({ retryAfter: true })
    await trial.control('/accounts/acme', { method: 'DELETE' })
    await trial.control('/faults', { method: 'POST', body: { path: '/**', fault: { kind: 'drop' } } })
    const back = await trial.control('/reset', { method: 'POST' })
    expect(back.json).toMatchObject({
      accounts: ['larkfield', 'larkfield-nl', 'acme', 'quietwater', 'dunmore'],
    })
    expect((await trial.api(token, '/jobs')).status).toBe(401)
    expect((await trial.control('/switches')).json).toHaveProperty('retryAfter', false)
    expect(await trial.ledger()).toHaveLength(1)
  })
})
