import { describe, expect, test } from 'vitest'
import { signInAs, visit } from './test/browse.ts'
import { startTrial } from './test/running.ts'

const SETTINGS = '/backend/settings/integrations'
const shownToken = (text: string) => /id="token"[^>]*value="([\w-]{43})"/.exec(text)?.[1]

describe('following the guide', () => {
  test('the deep link asks who you are, and then leads to where it said', async () => {
    const trial = await startTrial()
    const mariana = visit(trial.port, 'larkfield')
    const asked = await mariana.get(SETTINGS)
    expect([asked.status, asked.headers.location]).toEqual([
      303,
      `/backend/sign-in?next=${encodeURIComponent(SETTINGS)}`,
    ])
    const entered = await signInAs(mariana, 'Mariana', SETTINGS)
    expect([entered.status, entered.headers.location]).toEqual([303, SETTINGS])
    expect((await mariana.get(SETTINGS)).text).toContain('API Access Tokens')
  })

  test('the menu has every word of the guide, in its order', async () => {
    const trial = await startTrial()
    const mariana = visit(trial.port, 'larkfield')
    await signInAs(mariana, 'Mariana')
    expect((await mariana.get('/backend/jobs')).text).toContain('<a href="/backend/settings">Settings</a>')
    expect((await mariana.get('/backend/settings')).text).toMatch(/Subdomain<\/dt>\s*<dd>larkfield/)
    const { text } = await mariana.get(SETTINGS)
    const at = ['Integrations', 'Apps', 'API Access Tokens', '+ Generate API token'].map(word =>
      text.indexOf(word),
    )
    expect(at).toEqual([...at].sort((a, b) => a - b))
    expect(at).not.toContain(-1)
    const form = (await mariana.get(`${SETTINGS}/tokens/new`)).text
    for (const word of [
      'Name',
      '30 days',
      '90 days',
      '6 months',
      '1 year',
      '2 years',
      'r_jobs',
      'w_requisitions',
    ]) {
      expect(form).toContain(word)
    }
  })

  test('a token that she makes is shown once and works', async () => {
    const trial = await startTrial()
    const mariana = visit(trial.port, 'larkfield')
    await signInAs(mariana, 'Mariana')
    const made = await mariana.post(`${SETTINGS}/tokens`, {
      name: 'Gangway',
      days: '90',
      scopes: ['r_jobs', 'r_candidates'],
    })
    expect(made.status).toBe(303)
    const page = await mariana.get(made.headers.location ?? '')
    const token = shownToken(page.text) ?? ''
    expect((await trial.api(token, '/jobs?limit=1')).status).toBe(200)
    expect((await trial.api(token, '/candidates/0/tags', { method: 'PUT', body: { tags: [] } })).status).toBe(
      403,
    )
    for (const path of [made.headers.location ?? '', SETTINGS]) {
      const later = await mariana.get(path)
      expect(later.status).toBe(200)
      expect(later.text).not.toContain(token)
    }
    trial.wait(90 * 86_400_000)
    expect((await trial.api(token, '/jobs')).text).toContain('expired')
  })

  test('a token without a name or a scope is not made, and what was typed is still there', async () => {
    const trial = await startTrial()
    const mariana = visit(trial.port, 'larkfield')
    await signInAs(mariana, 'Mariana')
    const before = (await trial.control('/counters')).json
    const noScope = await mariana.post(`${SETTINGS}/tokens`, { name: 'Gangway', days: '30' })
    expect(noScope.headers.location).toBe(`${SETTINGS}/tokens/new`)
    const page = await mariana.get(`${SETTINGS}/tokens/new`)
    expect(page.text).toContain('Tick at least one scope.')
    expect(page.text).toContain('value="Gangway"')
    await mariana.post(`${SETTINGS}/tokens`, { name: ' ', days: '30', scopes: ['r_jobs'] })
    expect((await mariana.get(`${SETTINGS}/tokens/new`)).text).toContain('Give the token a name')
    expect(before).toHaveProperty('records.tokens', 2)
    expect((await trial.control('/counters')).json).toHaveProperty('records.tokens', 2)
  })

  test('a token that she revokes is refused from then on', async () => {
    const trial = await startTrial()
    const { id, token } = await trial.token('larkfield')
    const mariana = visit(trial.port, 'larkfield')
    await signInAs(mariana, 'Mariana')
    await mariana.post(`${SETTINGS}/tokens/${id}/revoke`, {})
    expect((await mariana.get(SETTINGS)).text).toContain('is revoked')
    expect((await trial.api(token, '/jobs')).status).toBe(401)
  })

  test('the older menu has the older words, and its tokens every scope and no end', async () => {
    const trial = await startTrial()
    await trial.set({ menu: 'older' })
    const mariana = visit(trial.port, 'larkfield')
    await signInAs(mariana, 'Mariana')
    const { text } = await mariana.get(SETTINGS)
    expect(text).toContain('Access Token</h2>')
    expect(text).toContain('Generate new token')
    expect(text).not.toContain('API Access Tokens')
    const made = await mariana.post(`${SETTINGS}/tokens`, {})
    const token = shownToken((await mariana.get(made.headers.location ?? '')).text) ?? ''
    trial.wait(10 * 365 * 86_400_000)
    expect((await trial.api(token, '/candidates/0/tags', { method: 'PUT', body: { tags: [] } })).status).toBe(
      404,
    )
  })
})

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

describe('looking around', () => {
  test('jobs are searched and filtered by state', async () => {
    const trial = await startTrial()
    const mariana = visit(trial.port, 'larkfield')
    await signInAs(mariana, 'Mariana')
    const drafts = await mariana.get('/backend/jobs?state=draft')
    expect(drafts.text).toContain('Yard Marshal')
    expect(drafts.text).not.toContain('HGV Driver')
    expect((await mariana.get('/backend/jobs?q=tRn%2F201')).text).toContain('1 job<')
    expect((await mariana.get('/backend/jobs?q=nonsense')).text).toContain('No job fits.')
  })

  test('the addresses that the API gives lead to the job and the candidate', async () => {
    const trial = await startTrial()
    const { token } = await trial.token('larkfield')
    const mariana = visit(trial.port, 'larkfield')
    await signInAs(mariana, 'Mariana')
    const { text } = await trial.api(token, '/candidates?limit=1')
    const page = await mariana.get(/"profile_url":"http:\/\/[^/]+([^"]+)"/.exec(text)?.[1] ?? '')
    expect(page.status).toBe(200)
    expect(page.text).toContain(/"name":"([^"]+)"/.exec(text)?.[1])
    expect((await mariana.get('/jobs/5986327')).headers.location).toBe('/backend/jobs/5986327')
    expect((await mariana.get('/backend/jobs/5986327')).text).toContain('Warehouse Operations Manager')
  })

  test('a host without an account, and one whose account is suspended, say so', async () => {
    const trial = await startTrial()
    expect((await visit(trial.port, 'nobody').get('/backend')).status).toBe(404)
    const suspended = await visit(trial.port, 'dunmore').get('/backend/sign-in')
    expect([suspended.status, suspended.text.includes('suspended')]).toEqual([403, true])
  })

  test('the base host lists the accounts', async () => {
    const trial = await startTrial()
    const { text } = await trial.control('/../')
    expect(text).toContain(`http://larkfield.workable.localhost:${trial.port}/backend`)
  })
})
