import { describe, expect, test } from 'vitest'
import { startTrial } from './test/running.ts'

const timestamp = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/

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

describe('jobs, as section 6.1 has them', () => {
  test('a listed job has the recorded members, in the recorded types', async () => {
    const trial = await startTrial()
    const { token } = await trial.token('larkfield')
    const { json } = await trial.api(token, '/jobs?limit=1')
    const base = `http://larkfield.workable.localhost:${trial.port}`
    expect(json).toEqual({
      jobs: [
        {
          id: '5b5ce9',
          title: 'Warehouse Operations Manager',
          full_title: 'Warehouse Operations Manager - NL/OPS/009',
          shortcode: '0C5D18E7A2',
          code: 'NL/OPS/009',
          state: 'closed',
          sample: false,
          confidential: false,
          department: null,
          department_hierarchy: [{ id: expect.any(Number), name: 'Operations' }],
          url: `${base}/jobs/5986327`,
          application_url: `${base}/jobs/5986327/candidates/new`,
          shortlink: `http://apply.workable.localhost:${trial.port}/j/0C5D18E7A2`,
          workplace_type: 'on_site',
          location: {
            location_str: 'Rotterdam, Netherlands',
            country: 'Netherlands',
            country_code: 'NL',
            region: null,
            region_code: 'South Holland',
            city: 'Rotterdam',
            zip_code: null,
            telecommuting: false,
            workplace_type: 'on_site',
          },
          locations: [
            {
              shortcode: expect.stringMatching(/^J[0-9A-F]{10}$/),
              country_code: 'NL',
              country_name: 'Netherlands',
              state_code: 'South Holland',
              subregion: null,
              zip_code: null,
              city: 'Rotterdam',
              coords: '51.92, 4.47',
              hidden: false,
            },
          ],
          salary: { salary_from: null, salary_to: null, salary_currency: null },
          created_at: expect.stringMatching(timestamp),
          updated_at: expect.stringMatching(timestamp),
          keywords: null,
        },
      ],
      paging: { next: `${base}/spi/v3/jobs?limit=1&since_id=5b5cea` },
    })
  })

  test('a job alone has no wrapper, more members, no sample and no location_str', async () => {
    const trial = await startTrial()
    const { token } = await trial.token('larkfield')
    const { json } = await trial.api(token, '/jobs/9CD658E13E')
    expect(json).toMatchObject({
      shortcode: '9CD658E13E',
      full_description: expect.stringContaining('<p>'),
      description: expect.any(String),
      requirements: expect.any(String),
      benefits: expect.any(String),
      employment_type: 'Full-time',
    })
    expect(json).not.toHaveProperty('sample')
    expect(json).not.toHaveProperty('location.location_str')
  })

  test('descriptions come into the list when they are asked for', async () => {
    const trial = await startTrial()
    const { token } = await trial.token('larkfield')
    const plain = await trial.api(token, '/jobs?limit=1')
    const full = await trial.api(token, '/jobs?limit=1&include_fields=description,benefits')
    expect(plain.json).not.toHaveProperty('jobs.0.description')
    expect(full.json).toMatchObject({
      jobs: [{ description: expect.any(String), benefits: expect.any(String) }],
    })
    expect(full.json).not.toHaveProperty('jobs.0.requirements')
  })

  test("a job's id in place of its shortcode finds nothing", async () => {
    const trial = await startTrial()
    const { token } = await trial.token('larkfield')
    const answer = await trial.api(token, '/jobs/5b5ce9')
    expect(answer.status).toBe(404)
    expect(answer.text).toBe('{"error":"Not found"}')
  })
})

describe('stages, as section 6.1 has them', () => {
  test("the account's pipeline is the recorded one", async () => {
    const trial = await startTrial()
    const { token } = await trial.token('acme')
    const { json } = await trial.api(token, '/stages', { host: 'acme' })
    const slugs = ['sourced', 'applied', 'phone-screen', 'assessment', 'interview', 'offer', 'hired']
    expect(json).toEqual({
      stages: slugs.map((slug, index) => ({
        id: expect.any(Number),
        identifier: expect.stringMatching(/^[0-9a-f]+$/),
        slug,
        name: expect.any(String),
        kind: slug,
        position: index + 1,
      })),
    })
  })

  test('identifier is the hex of id plus 1234', async () => {
    const trial = await startTrial()
    const { token } = await trial.token('larkfield')
    const { json } = await trial.api(token, '/stages')
    expect(json).toHaveProperty('stages.0.id', 5_272_269)
    expect(json).toHaveProperty('stages.0.identifier', '50779f')
    expect(json).toHaveProperty('stages.2.name', 'Phone Screen')
  })

  test('a job may have stages of its own', async () => {
    const trial = await startTrial()
    const { token } = await trial.token('larkfield')
    const { json } = await trial.api(token, '/jobs/E2D9084C71/stages')
    expect(json).toMatchObject({
      stages: expect.arrayContaining([
        expect.objectContaining({ slug: 'take-home-task', kind: 'assessment' }),
      ]),
    })
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

describe('candidates, as section 6.2 has them', () => {
  test('a listed candidate has the recorded members; the stage is its name', async () => {
    const trial = await startTrial()
    const { token } = await trial.token('larkfield')
    const made = await trial.control('/accounts/larkfield/candidates', {
      method: 'POST',
      body: {
        job: '9CD658E13E',
        candidates: [
          { firstname: 'Ada', lastname: 'Byron', email: 'ada@example.com', stage: 'phone-screen' },
        ],
      },
    })
    expect(made.status).toBe(201)
    const { json } = await trial.api(token, '/candidates?email=ada@example.com')
    expect(json).toEqual({
      candidates: [
        expect.objectContaining({ name: 'Ada Byron', stage: 'Phone Screen', stage_kind: 'phone-screen' }),
      ],
    })
    expect(json).toHaveProperty('candidates.0.account', {
      subdomain: 'larkfield',
      name: 'Larkfield Logistics',
    })
    expect(json).toHaveProperty('candidates.0.job.shortcode', '9CD658E13E')
  })

  test('the internal number stands in the profile address, its hex plus 1234 is the id', async () => {
    const trial = await startTrial()
    const { token } = await trial.token('larkfield')
    const { json } = await trial.api(token, '/candidates?limit=1')
    expect(json).toMatchObject({
      candidates: [
        {
          id: '27270275',
          profile_url: `http://larkfield.workable.localhost:${trial.port}/backend/jobs/5986327/candidates/656866723`,
          created_at: expect.stringMatching(timestamp),
        },
      ],
    })
  })

  test('one candidate is wrapped and has more members, without resume_metadata', async () => {
    const trial = await startTrial()
    const { token } = await trial.token('larkfield')
    const { json } = await trial.api(token, '/candidates/27270275')
    for (const name of [
      'image_url',
      'withdrew',
      'education_entries',
      'experience_entries',
      'skills',
      'answers',
      'tags',
      'resume_url',
    ]) {
      expect(json).toHaveProperty(`candidate.${name}`)
    }
    expect(json).not.toHaveProperty('candidate.resume_metadata')
    expect((await trial.api(token, '/jobs/0C5D18E7A2/candidates/27270275')).json).toEqual(json)
  })

  test('after a disqualification the stage is kept', async () => {
    const trial = await startTrial()
    const { token } = await trial.token('larkfield')
    const before = await trial.api(token, '/candidates/27270275')
    await trial.control('/accounts/larkfield/candidates/27270275', {
      method: 'PATCH',
      body: { stage: 'interview', disqualified: 'Salary expectations' },
    })
    const { json } = await trial.api(token, '/candidates/27270275')
    expect(before.status).toBe(200)
    expect(json).toMatchObject({
      candidate: {
        stage: 'Interview',
        disqualified: true,
        disqualification_reason: 'Salary expectations',
        disqualified_at: expect.stringMatching(/\.\d{3}Z$/),
      },
    })
  })

  test("a filter by stage takes the stage's slug", async () => {
    const trial = await startTrial()
    const { token } = await trial.token('larkfield')
    const { text } = await trial.api(token, '/candidates?shortcode=9CD658E13E&stage=phone-screen')
    const stages = [...text.matchAll(/"stage":"([^"]+)"/g)].map(match => match[1])
    expect(new Set(stages)).toEqual(new Set(['Phone Screen']))
    expect((await trial.api(token, '/candidates?stage=Phone%20Screen')).json).toEqual({ candidates: [] })
  })

  test('a résumé comes from its presigned address, and not with a token', async () => {
    const trial = await startTrial()
    const { token } = await trial.token('larkfield')
    const { text } = await trial.api(token, '/candidates?limit=20')
    const id = /"id":"([0-9a-f]+)"(?:(?!"id":).)*resume_metadata/.exec(text)?.[1]
    const { text: whole } = await trial.api(token, `/candidates/${id}`)
    const path = /"resume_url":"http:\/\/workable\.localhost:\d+([^"]+)"/.exec(whole)?.[1] ?? ''
    const file = await trial.control(`/..${path}`)
    expect(file.status).toBe(200)
    expect(file.text).toContain('%PDF')
    expect(
      (await trial.control(`/..${path}`, { headers: { Authorization: `Bearer ${token}` } })).status,
    ).toBe(400)
    trial.wait(60_000_000)
    expect((await trial.control(`/..${path}`)).status).toBe(403)
  })
})

describe('tags, as sections 2.3 and 6.3 have them', () => {
  test('they are replaced as a set', async () => {
    const trial = await startTrial()
    const { token } = await trial.token('larkfield')
    const job = await trial.control('/accounts/larkfield/candidates', {
      method: 'POST',
      body: { job: '9CD658E13E', candidates: [{ tags: ['x'] }] },
    })
    const id = /"ids":\["([0-9a-f]+)"\]/.exec(job.text)?.[1]
    const put = await trial.api(token, `/candidates/${id}/tags`, {
      method: 'PUT',
      body: { tags: ['a', 'b'] },
    })
    expect(put.json).toEqual({ tags: ['a', 'b'] })
    expect((await trial.api(token, `/candidates/${id}`)).json).toMatchObject({
      candidate: { tags: ['a', 'b'] },
    })
  })

  test('the write that can change nothing: refused without the scope, 404 with it', async () => {
    const trial = await startTrial()
    const without = await trial.token('larkfield', { scopes: ['r_jobs', 'r_candidates'] })
    const having = await trial.token('larkfield')
    const probe = { method: 'PUT', body: { tags: [] } }
    expect((await trial.api(without.token, '/candidates/0/tags', probe)).status).toBe(403)
    expect((await trial.api(having.token, '/candidates/0/tags', probe)).status).toBe(404)
    await trial.set({ scopeCheckedBeforeLookup: false })
    expect((await trial.api(without.token, '/candidates/0/tags', probe)).status).toBe(404)
  })

  test("an archived job's candidates cannot be written", async () => {
    const trial = await startTrial()
    const { token } = await trial.token('larkfield')
    await trial.control('/accounts/larkfield/jobs/0C5D18E7A2', {
      method: 'PATCH',
      body: { state: 'archived' },
    })
    const put = await trial.api(token, '/candidates/27270275/tags', { method: 'PUT', body: { tags: ['a'] } })
    expect(put.status).toBe(403)
  })
})
