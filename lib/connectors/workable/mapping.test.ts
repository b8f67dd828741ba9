import { describe, expect, test } from 'vitest'
import {
  accountReply,
  accountsReply,
  candidatesReply,
  jobsReply,
  membersReply,
  toCandidate,
  toJob,
} from './mapping.ts'
import { saidError } from './replies.ts'

const origin = 'https://acme.workable.com'
const jobOf = (job: Record<string, unknown>) =>
  jobsReply
    .parse({ jobs: [{ id: '5b5ce9', shortcode: '9CD658E13E', ...job }] })
    .jobs.map(one => toJob(one, origin))[0]
const candidateOf = (candidate: Record<string, unknown>) =>
  candidatesReply
    .parse({ candidates: [{ id: '27270275', ...candidate }] })
    .candidates.map(one => toCandidate(one, origin))[0]

describe('a job', () => {
  test('as recorded', () => {
    const job = jobOf({
      title: 'Account Executive',
      full_title: 'Account Executive - GB/09/AE',
      code: 'GB/09/AE',
      state: 'published',
      department: null,
      department_hierarchy: [{ id: 601234, name: 'Sales' }],
      url: 'https://acme.workable.com/jobs/5986327',
      shortlink: 'https://apply.workable.com/j/9CD658E13E',
      location: { location_str: 'London, United Kingdom', city: 'London', telecommuting: false },
      created_at: '2026-03-25T00:00:00Z',
      updated_at: '2026-07-23T18:58:17Z',
      keywords: null,
    })
    expect(job).toEqual({
      remoteId: '5b5ce9',
      remoteRef: '9CD658E13E',
      title: 'Account Executive',
      code: 'GB/09/AE',
      department: 'Sales',
      place: 'London, United Kingdom',
      state: 'published',
      url: 'https://acme.workable.com/jobs/5986327',
      updatedAt: new Date('2026-07-23T18:58:17Z'),
    })
  })

  test('with nothing but its names, or with values of other kinds', () => {
    const bare = {
      remoteId: '5b5ce9',
      remoteRef: '9CD658E13E',
      title: '9CD658E13E',
      code: '',
      department: '',
      place: '',
    }
    expect(jobOf({})).toEqual({ ...bare, state: 'unknown' })
    const odd = {
      title: 7,
      code: {},
      state: 'frozen',
      department: [],
      location: 'London',
      url: 1,
      updated_at: 'soon',
    }
    expect(jobOf(odd)).toEqual({ ...bare, state: 'unknown' })
    expect(jobOf({ location: { city: 'Oslo', country: 'Norway', location_str: null } })?.place).toBe(
      'Oslo, Norway',
    )
  })

  test('a broken one does not hide the others, and ids stay texts', () => {
    const { jobs } = jobsReply.parse({
      jobs: [null, 'x', { id: '1' }, { id: 12345, shortcode: 'AB' }, { shortcode: 'C' }],
    })
    expect(jobs.map(({ id, shortcode }) => [id, shortcode])).toEqual([['12345', 'AB']])
  })
})

// Taken out with: `storable`, `label`.
describe('what no database and no address can hold', () => {
  const odd = 'Ba\0ker \ud800 \u0007'

  test('does not keep the job away, nor the account', () => {
    expect(jobOf({ title: odd, shortcode: 'A\0B' })).toMatchObject({
      title: 'Ba ker \ufffd',
      remoteRef: 'A B',
    })
    expect(jobOf({ title: 'x'.repeat(100_000) })?.title).toHaveLength(500)
    expect(accountReply.parse({ id: 1, name: odd, subdomain: 'ACME' })).toEqual({
      remoteId: '1',
      name: 'Ba ker \ufffd',
      subdomain: 'acme',
    })
  })

  test.each(['evil.com/', 'acme.evil', 'acme\0', '', 'xn--acme', '-acme', 'a'.repeat(64), '/', '@evil.com'])(
    'the subdomain %j of a reply is none',
    subdomain => {
      expect(accountReply.safeParse({ id: '1', name: 'Acme', subdomain }).success).toBe(false)
    },
  )
})

// Taken out with: `ownUrl`.
describe('A-065 an address is kept on the account’s own host alone', () => {
  test.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)//acme.workable.com',
    'data:text/html,<script>alert(1)</script>',
    'https://evil.com/jobs/1',
    'https://acme.workable.com.evil.com/jobs/1',
    'https://acme.workable.com@evil.com/',
    'https://user:word@acme.workable.com/jobs/1',
    'http://acme.workable.com/jobs/1',
    'https://acme.workable.com:8443/jobs/1',
    'https://other.workable.com/jobs/1',
    '//acme.workable.com/jobs/1',
    'acme.workable.com/jobs/1',
    '',
  ])('%j is dropped', url => {
    expect(jobOf({ url })).not.toHaveProperty('url')
    expect(candidateOf({ profile_url: url })).not.toHaveProperty('url')
  })
})

describe('a candidate', () => {
  test('as recorded', () => {
    const candidate = candidateOf({
      name: 'Ada Byron',
      firstname: 'Ada',
      lastname: 'Byron',
      headline: 'Engineer',
      stage: 'Phone Screen',
      stage_kind: 'phone-screen',
      disqualified: false,
      profile_url: 'https://acme.workable.com/backend/jobs/5986327/candidates/656866723',
      email: null,
      created_at: '2026-04-11T03:36:38Z',
    })
    expect(candidate).toEqual({
      remoteId: '27270275',
      name: 'Ada Byron',
      stage: 'Phone Screen',
      headline: 'Engineer',
      disqualified: false,
      createdAt: new Date('2026-04-11T03:36:38Z'),
      url: 'https://acme.workable.com/backend/jobs/5986327/candidates/656866723',
    })
  })

  test('with nothing but an id', () => {
    expect(candidateOf({})).toEqual({
      remoteId: '27270275',
      name: '',
      stage: '',
      headline: '',
      disqualified: false,
    })
    expect(candidateOf({ name: null, firstname: 'Ada', lastname: null })?.name).toBe('Ada')
  })
})

test('a list says that it is the last page by what it leaves out', () => {
  expect(membersReply.parse({ members: [] }).paging).toBeUndefined()
  expect(membersReply.parse({ members: [], paging: null }).paging).toBeUndefined()
  expect(membersReply.parse({ members: [], paging: {} }).paging).toBeUndefined()
  expect(membersReply.safeParse({ members: [], paging: 'soon' }).success).toBe(false)
  expect(membersReply.safeParse({ members: [], paging: { next: 5 } }).success).toBe(false)
  expect(membersReply.parse({ members: [], paging: { next: 'https://x' } }).paging).toBe('https://x')
  expect(membersReply.safeParse({ members: {} }).success).toBe(false)
})

test('of the accounts of somebody who signed in, one that has no host of its own does not hide the others', () => {
  const [acme, odd] = [
    { id: 'a1', name: 'Acme', subdomain: 'acme' },
    { id: 'b2', name: 'B', subdomain: 'evil.com/' },
  ]
  expect(accountsReply.parse({ accounts: [odd, acme, null] }).accounts).toEqual([
    { remoteId: 'a1', name: 'Acme', subdomain: 'acme' },
  ])
  expect(accountsReply.safeParse({ accounts: 'many' }).success).toBe(false)
})

test('an account is not taken from a wrapper', () => {
  expect(accountReply.safeParse({ account: { id: '1', subdomain: 'acme' } }).success).toBe(false)
  const account = accountReply.parse({ id: 'b4e8e', name: null, subdomain: 'Acme', summary: null })
  expect(account).toEqual({ remoteId: 'b4e8e', name: 'Acme', subdomain: 'acme' })
})

describe('an error is read in each of its shapes', () => {
  const nested = (inner: object) => ({
    error: { error: { error: inner, reason: 'revoked', description: 'It was revoked' } },
  })
  test.each([
    [{ error: 'Not authorized' }, { text: 'Not authorized', reason: '', name: '' }],
    [
      nested({ name: 'invalid_token', state: 'unauthorized' }),
      { text: 'It was revoked', reason: 'revoked', name: 'invalid_token' },
    ],
    [{ message: 'No' }, { text: 'No', reason: '', name: '' }],
    [
      { error: 'Bad', validation_errors: { email: ['taken'] } },
      { text: 'email', reason: '', name: '' },
    ],
    [
      { error: 'invalid_grant', error_description: 'Dead' },
      { text: 'Dead', reason: '', name: '' },
    ],
    ['plain', { text: 'plain', reason: '', name: '' }],
    [undefined, { text: '', reason: '', name: '' }],
    [[], { text: '', reason: '', name: '' }],
    [{ error: null }, { text: '', reason: '', name: '' }],
    [
      { error: { error: { error: { error: { error: { error: 'deep' } } } } } },
      { text: '', reason: '', name: '' },
    ],
  ])('%j', (json, said) => expect(saidError(json)).toEqual(said))
})
