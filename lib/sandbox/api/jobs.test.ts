import { describe, expect, test } from 'vitest'
import { startTrial } from '../test/running.ts'

const timestamp = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/

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
