import { describe, expect, test } from 'vitest'
import { signInAs, visit } from '../test/browse.ts'
import { startTrial } from '../test/running.ts'

const SETTINGS = '/backend/settings/integrations'

describe('who may do what', () => {
  test('somebody who is not an admin is told who is', async () => {
    const trial = await startTrial()
    const jonas = visit(trial.port, 'larkfield')
    await signInAs(jonas, 'Jonas')
    const page = await jonas.get(SETTINGS)
    expect(page.status).toBe(403)
    expect(page.text).toContain('mariana@larkfield.example')
    expect(
      (await jonas.post(`${SETTINGS}/tokens`, { name: 'x', days: '30', scopes: ['r_jobs'] })).status,
    ).toBe(403)
  })

  test('a session of one account is none in another', async () => {
    const trial = await startTrial()
    const mariana = visit(trial.port, 'larkfield')
    await signInAs(mariana, 'Mariana')
    const jobs = await mariana.get('/backend/jobs')
    expect(jobs.status).toBe(200)
    const elsewhere = visit(trial.port, 'acme')
    expect((await elsewhere.get('/backend/jobs')).status).toBe(303)
  })

  test('inactive members and people of other accounts cannot be chosen', async () => {
    const trial = await startTrial()
    const { text } = await visit(trial.port, 'larkfield').get('/backend/sign-in')
    expect(text).not.toContain('Beatrix')
    expect(text).not.toContain('tom@larkfield.example')
    const stranger = visit(trial.port, 'larkfield')
    const refused = await stranger.post('/backend/sign-in', { member: '1', next: '/backend/jobs' })
    expect(refused.headers.location).toBe('/backend/sign-in')
  })

  test('after signing out the pages ask again', async () => {
    const trial = await startTrial()
    const mariana = visit(trial.port, 'larkfield')
    await signInAs(mariana, 'Mariana')
    await mariana.post('/backend/sign-out', {})
    expect((await mariana.get('/backend/jobs')).status).toBe(303)
  })
})

describe('attacks on the back office', () => {
  test.each([
    '//evil.example',
    'https://evil.example',
    '/\\evil.example',
    '/backend/../x',
    'javascript:alert(1)',
    '/backend//evil',
  ])('after signing in, %s leads to the jobs', async next => {
    const trial = await startTrial()
    expect((await signInAs(visit(trial.port, 'larkfield'), 'Mariana', next)).headers.location).toBe(
      '/backend/jobs',
    )
  })

  test("a form from another site changes nothing, another account's page included", async () => {
    const trial = await startTrial()
    const mariana = visit(trial.port, 'larkfield')
    await signInAs(mariana, 'Mariana')
    const fields = { name: 'x', days: '30', scopes: ['r_jobs'] }
    const origins = ['https://evil.example', 'null', `http://acme.workable.localhost:${trial.port}`]
    for (const origin of origins) {
      expect((await mariana.post(`${SETTINGS}/tokens`, fields, { Origin: origin })).status).toBe(403)
    }
    expect(
      (await mariana.post(`${SETTINGS}/tokens`, fields, { 'Sec-Fetch-Site': 'cross-site' })).status,
    ).toBe(403)
    expect((await trial.control('/counters')).json).toHaveProperty('records.tokens', 2)
  })

  test('names with markup are shown as they are written', async () => {
    const trial = await startTrial()
    const body = { jobs: [{ title: '<img src=x onerror=alert(1)>', candidates: 1 }] }
    await trial.control('/accounts/acme/jobs', { method: 'POST', body })
    const grace = visit(trial.port, 'acme')
    await signInAs(grace, 'Grace')
    const { text } = await grace.get('/backend/jobs')
    expect(text).toContain('&lt;img src=x onerror=alert(1)&gt;')
    expect(text).not.toContain('<img')
  })

  test('every page has a strict policy, and only the page with the token may run its one script', async () => {
    const trial = await startTrial()
    const mariana = visit(trial.port, 'larkfield')
    await signInAs(mariana, 'Mariana')
    const made = await mariana.post(`${SETTINGS}/tokens`, { name: 'x', days: '30', scopes: 'r_jobs' })
    const withToken = await mariana.get(made.headers.location ?? '')
    const plain = await mariana.get('/backend/jobs')
    expect(plain.headers['content-security-policy']).toMatch(
      /^default-src 'none'; style-src 'self'; img-src data:; form-action/,
    )
    const nonce = /nonce-([^']+)'/.exec(String(withToken.headers['content-security-policy']))?.[1]
    expect(withToken.text).toContain(`<script nonce="${nonce}">`)
    for (const page of [plain, withToken]) expect(page.headers['cache-control']).toBe('no-store')
  })
})
