import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import type { Api } from '../api.ts'
import type { Page } from '../remote.ts'
import { listCandidates, listJobs } from './lists.ts'
import { apiOf, openSandbox } from './testing.ts'

const sandbox = await openSandbox()
afterAll(() => sandbox.stop())
beforeEach(async () => {
  await sandbox.control('/switches', 'DELETE')
  await sandbox.control('/faults', 'DELETE')
  await sandbox.set({ rateLimit: false })
})

async function allOf<T>(page: (cursor?: string) => Promise<Page<T>>): Promise<T[]> {
  const items: T[] = []
  let cursor: string | undefined
  do {
    const { items: more, next } = await page(cursor)
    items.push(...more)
    cursor = next
  } while (cursor)
  return items
}

/** An `Api` with the partner's limit, so that many pages fit into ten seconds. */
const apiFor = async (account: string, scopes?: string[]): Promise<Api> =>
  apiOf(account, (await sandbox.token(account, scopes ? { scopes } : {})).token, { partner: 'uid-1' })

describe('the jobs of an account', () => {
  test('come in every state, over all pages, each once', async () => {
    await sandbox.control('/accounts', 'POST', { subdomain: 'many', name: 'Many', members: [] })
    await sandbox.control('/accounts/many/jobs', 'POST', { count: 230 })
    const jobs = await allOf(async cursor => listJobs(await apiFor('many'), cursor))
    expect(jobs).toHaveLength(230)
    expect(new Set(jobs.map(job => job.remoteId)).size).toBe(230)
  })

  test('have what a person knows them by, and an address on the account’s own host', async () => {
    const { items } = await listJobs(await apiFor('acme'))
    expect(items.find(job => job.code === 'GB/09/AE')).toMatchObject({
      title: 'Account Executive',
      department: 'Sales',
      place: expect.stringContaining('London'),
      state: 'published',
      remoteRef: expect.stringMatching(/^[0-9A-F]{10}$/),
      url: expect.stringMatching(/^http:\/\/acme\.workable\.localhost:\d+\//),
      updatedAt: expect.any(Date),
    })
  })

  test('of an empty account are none', async () => {
    expect(await listJobs(await apiFor('quietwater'))).toEqual({ items: [] })
  })
})

describe('the candidates of a job', () => {
  test.each([true, false])(
    'come over all pages, with the older path on the next one: %s',
    async nextPageUnderJob => {
      await sandbox.set({ nextPageUnderJob })
      const api = await apiFor('larkfield')
      const { items } = await listJobs(api)
      const counts = await Promise.all(items.map(job => listCandidates(api, job)))
      const job = items[counts.findIndex(({ next }) => next)] ?? items[0]
      if (!job) throw new Error('larkfield has jobs')
      const candidates = await allOf(cursor => listCandidates(api, job, cursor))
      expect(candidates.length).toBeGreaterThan(50)
      expect(new Set(candidates.map(candidate => candidate.remoteId)).size).toBe(candidates.length)
      expect(candidates[0]?.name).not.toBe('')
      expect(candidates[0]?.stage).toMatch(/^[A-Z]/)
    },
  )
})

describe('a list that cannot be read says why', () => {
  test.each([
    [{ kind: 'status', status: 401 }, 'credential_refused'],
    [{ kind: 'status', status: 403 }, 'scope_missing'],
    [{ kind: 'status', status: 503, headers: { 'Retry-After': '30' } }, 'ats_unavailable'],
    [{ kind: 'html' }, 'unexpected_answer'],
    [{ kind: 'redirect', location: 'https://evil.com/' }, 'unexpected_answer'],
    [{ kind: 'status', status: 200, body: { jobs: 'none' } }, 'unexpected_answer'],
  ])('%j: %s', async (fault, failure) => {
    await sandbox.fault('/spi/v3/jobs', fault)
    const error = await listJobs(await apiFor('acme')).catch((reason: unknown) => reason)
    expect(error).toMatchObject({ failure })
    if (failure === 'ats_unavailable') expect(error).toHaveProperty('retryAt')
  })

  test('a 404 twice is one; once, it is asked again', async () => {
    const api = await apiFor('acme')
    await sandbox.fault('/spi/v3/jobs', { kind: 'status', status: 404 })
    expect((await listJobs(api)).items.length).toBeGreaterThan(0)
    await sandbox.fault('/spi/v3/jobs', { kind: 'status', status: 404 }, 2)
    await expect(listJobs(api)).rejects.toMatchObject({ failure: 'not_found' })
  })

  // Taken out with: `followed` in `lib/ats/api.ts`.
  test.each([
    'https://evil.com/spi/v3/jobs',
    'http://169.254.169.254/latest',
    'http://larkfield.workable.localhost/spi/v3/jobs',
    'http://user:word@acme.workable.localhost/spi/v3/jobs',
    '//evil.com/jobs',
    'javascript:alert(1)',
    '/spi/v3/jobs?since_id=1',
  ])('R-20 a next page elsewhere is not asked for: %s', async next => {
    const jobs = [{ id: '4d3', shortcode: 'AAAAAAAAAA', title: 'A' }]
    const body = { jobs, paging: { next } }
    await sandbox.fault('/spi/v3/jobs', { kind: 'status', status: 200, body })
    const api = await apiFor('acme')
    const { next: cursor } = await listJobs(api)
    const before = (await sandbox.ledger()).length
    await expect(listJobs(api, cursor)).rejects.toMatchObject({ failure: 'unexpected_answer' })
    expect(await sandbox.ledger()).toHaveLength(before)
  })

  test('pages that lead nowhere end', async () => {
    const api = await apiFor('acme')
    const jobs = [{ id: '4d3', shortcode: 'AAAAAAAAAA', title: 'A' }]
    const next = `${api.origin}/spi/v3/jobs?limit=100&since_id=4d3`
    await sandbox.fault(
      '/spi/v3/jobs',
      { kind: 'status', status: 200, body: { jobs, paging: { next } } },
      null,
    )
    const first = await listJobs(api)
    await expect(listJobs(api, first.next)).rejects.toMatchObject({ failure: 'unexpected_answer' })
    await sandbox.control('/faults', 'DELETE')
    const empty = { jobs: [], paging: { next } }
    await sandbox.fault('/spi/v3/jobs', { kind: 'status', status: 200, body: empty })
    expect(await listJobs(api)).toEqual({ items: [] })
  })
})
