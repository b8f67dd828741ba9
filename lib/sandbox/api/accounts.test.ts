import { describe, expect, test } from 'vitest'
import { startTrial } from '../test/running.ts'

describe('accounts, as workable-api section 1 has them', () => {
  test('the list is wrapped and one account is not', async () => {
    const trial = await startTrial()
    const { token } = await trial.token('larkfield')
    const list = await trial.api(token, '/accounts')
    const one = await trial.api(token, '/accounts/larkfield')
    expect(list.json).toEqual({ accounts: [one.json] })
    expect(one.json).toEqual({
      id: expect.stringMatching(/^[0-9a-f]+$/),
      name: 'Larkfield Logistics',
      subdomain: 'larkfield',
      description: null,
      summary: expect.any(String),
      website_url: 'https://larkfield.example',
    })
  })

  test('www and the apex tell whose token it is', async () => {
    const trial = await startTrial()
    const { token } = await trial.token('acme')
    const www = await trial.api(token, '/accounts', { host: 'www' })
    const apex = await trial.api(token, '/accounts', {
      headers: { Host: `workable.localhost:${trial.port}` },
    })
    expect(www.json).toMatchObject({ accounts: [{ subdomain: 'acme' }] })
    expect(apex.json).toEqual(www.json)
    expect((await trial.api(token, '/jobs', { host: 'www' })).status).toBe(404)
  })

  test('whether www answers account tokens is a switch', async () => {
    const trial = await startTrial()
    const { token } = await trial.token('acme')
    await trial.set({ wwwAnswersAccountTokens: false })
    expect((await trial.api(token, '/accounts', { host: 'www' })).status).toBe(401)
  })
})

describe('members and recruiters, as sections 6.1 and 6.5 have them', () => {
  test('a member is found by her exact e-mail address', async () => {
    const trial = await startTrial()
    const { token } = await trial.token('larkfield')
    const found = await trial.api(token, '/members?email=mariana@larkfield.example')
    expect(found.json).toEqual({
      members: [
        {
          id: '1f395d',
          name: 'Mariana Oyelaran-Whitcombe',
          headline: 'Head of Talent',
          email: 'mariana@larkfield.example',
          role: 'admin',
          type: 'Member',
          hris_role: 'hris_admin',
          roles: ['ats.admin', 'hris.admin', 'workable.superadmin'],
          active: true,
          collaboration_rules: [],
          hris_member_scope: null,
        },
      ],
    })
    expect((await trial.api(token, '/members?email=tom@larkfield.example')).json).toEqual({ members: [] })
  })

  test('inactive members come only when asked for', async () => {
    const trial = await startTrial()
    const { token } = await trial.token('larkfield')
    const active = await trial.api(token, '/members')
    const inactive = await trial.api(token, '/members?status=inactive')
    expect(active.text).not.toContain('beatrix@larkfield.example')
    expect(inactive.json).toMatchObject({ members: [{ email: 'beatrix@larkfield.example', active: false }] })
  })

  test("a job's team and recruiters have the members of their kind", async () => {
    const trial = await startTrial()
    const { token } = await trial.token('larkfield')
    const team = await trial.api(token, '/jobs/9CD658E13E/members')
    const recruiters = await trial.api(token, '/recruiters')
    expect(team.json).toHaveProperty('members.0.email', 'mariana@larkfield.example')
    expect(team.json).toHaveProperty('members.0.collaboration_role', 'admin')
    expect(recruiters.json).toMatchObject({
      recruiters: expect.arrayContaining([
        { id: '1f395d', name: 'Mariana Oyelaran-Whitcombe', email: 'mariana@larkfield.example' },
      ]),
    })
    expect((await trial.api(token, '/jobs/9CD658E13E/recruiters')).json).toHaveProperty('recruiters')
  })
})
