import { describe, expect, test } from 'vitest'
import { signInAs, visit } from '../test/browse.ts'
import { startTrial } from '../test/running.ts'

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
