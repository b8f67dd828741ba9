import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { startTrial } from '../test/running.ts'

const timestamp = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/

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

describe('the members of a candidate, none missing and none too many', () => {
  const listed =
    'id name firstname lastname headline account job stage stage_kind disqualified anonymized disqualification_reason hired_at moved_to_offer_at sourced profile_url address phone email domain outlet common_source common_source_category created_at updated_at'
  const more =
    'image_url disqualified_at withdrew outbound_mailbox uploader_id cover_letter summary education_entries experience_entries skills answers resume_url social_profiles tags location originating_candidate_id'
  const keys = (value: unknown) => Object.keys(Object(value)).sort()

  test('in a list, with resume_metadata only where there is a résumé', async () => {
    const trial = await startTrial()
    const { token } = await trial.token('larkfield')
    const { json } = await trial.api(token, '/candidates?limit=100')
    const { candidates } = z.object({ candidates: z.array(z.looseObject({})) }).parse(json)
    const seen = new Set(candidates.map(candidate => keys(candidate).join(' ')))
    const plain = listed.split(' ')
    expect([...seen].sort()).toEqual(
      [plain, [...plain, 'resume_metadata']].map(one => one.toSorted().join(' ')).sort(),
    )
  })

  test('alone', async () => {
    const trial = await startTrial()
    const { token } = await trial.token('larkfield')
    const { json } = await trial.api(token, '/candidates/27270275')
    const { candidate } = z.object({ candidate: z.looseObject({}) }).parse(json)
    expect(keys(candidate)).toEqual([...listed.split(' '), ...more.split(' ')].sort())
  })
})
