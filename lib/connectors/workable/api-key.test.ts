import { describe, expect, test } from 'vitest'
import type { ParseContext } from '../manifest.ts'
import { parseApiKey } from './api-key.ts'
import { parseExpiry, parsePartnerClientId } from './key-details.ts'

const context: ParseContext = {
  hostSuffix: 'workable.com',
  environment: 'live',
  today: '2026-11-25',
  others: { subdomain: 'acme' },
}
const key = 'q7Xf2_Jd9sLw0aVb3NcMk4TzRy8HuEi1GoPx5QmS6tA'

const problemOf = (input: string) => {
  const parsed = parseApiKey(input, context)
  return parsed.ok ? 'taken' : parsed.problem.replace('api_key.', '')
}

describe('a key is taken out of what was pasted', () => {
  test.each([
    ` ${key} `,
    `\t${key}\r\n`,
    `Bearer ${key}`,
    `bearer  ${key}`,
    `Authorization: Bearer ${key}`,
    `authorization:Bearer ${key}\n`,
    `"${key}"`,
    `{"Authorization": "Bearer ${key}"}`,
    `curl -H "Content-Type: application/json" -H "Authorization: Bearer ${key}" https://acme.workable.com/spi/v3/jobs`,
    `curl --header 'authorization: bearer ${key}' 'https://acme.workable.com/spi/v3/accounts'`,
    `curl https://acme.workable.com/spi/v3/jobs \\\n  -H 'Authorization: Bearer ${key}'`,
  ])('%j', input => {
    expect(parseApiKey(input, context)).toEqual({ ok: true, value: key, understood: true })
  })

  test.each([
    key,
    '0a1b2c3d4e5f60718293a4b5c6d7e8f901234567',
    'x',
    'a.b-c_d~e+f/g=',
    '!"#$%&()*,:;<=>?@[]^`{|}~',
    'k'.repeat(4096),
  ])('its shape is not judged: %s', input =>
    expect(parseApiKey(input, context)).toEqual({ ok: true, value: input }),
  )
})

// Taken out with: `whyNot`.
describe('A-067 a key that is damaged looks incomplete and is refused', () => {
  test.each([
    [`${key.slice(0, 9)} ${key.slice(9)}`, 'incomplete_gap'],
    [`${key.slice(0, 9)}\n${key.slice(9)}`, 'incomplete_gap'],
    [`${key.slice(0, 9)}\t${key.slice(9)}`, 'incomplete_gap'],
    [`\u00a0${key}`, 'incomplete'],
    [`${key}\u00a0`, 'incomplete'],
    [`\ufeff${key}`, 'incomplete'],
    [`${key}\u200b`, 'incomplete'],
    [`${key.slice(0, 9)}\u200b${key.slice(9)}`, 'incomplete'],
    [`${key}\u0000`, 'incomplete'],
    [`${key}\u007f`, 'incomplete'],
    [`${key}é`, 'incomplete'],
    ['ｋｅｙ', 'incomplete'],
    [`Bearer ${key.slice(0, 9)} ${key.slice(9)}`, 'incomplete_gap'],
  ])('%j: %s', (input, problem) => expect(problemOf(input)).toBe(problem))
})

// Taken out with: `maxKeyBytes`, made larger.
test('A-068 more than four kilobytes are refused at once', () => {
  const started = performance.now()
  expect(problemOf('k'.repeat(4097))).toBe('too_long')
  expect(problemOf('é'.repeat(2049))).toBe('too_long')
  expect(problemOf('k'.repeat(10_000_000))).toBe('too_long')
  expect(performance.now() - started).toBeLessThan(200)
})

describe('what is no key gets a sentence of its own', () => {
  test.each([
    ['', 'empty'],
    [' \n', 'empty'],
    ['Bearer ', 'empty'],
    ['acme', 'is_subdomain'],
    ['ACME', 'is_subdomain'],
    ['acme.workable.com', 'looks_like_address'],
    ['https://acme.workable.com/backend/settings/integrations', 'looks_like_address'],
    ['https://example.com', 'looks_like_address'],
    ['ann@acme.com', 'email'],
    ['••••••••••••', 'masked'],
    ['************', 'masked'],
    ['…', 'masked'],
    ['curl https://acme.workable.com/spi/v3/jobs', 'no_key_in_it'],
    ['curl -H "Authorization: Bearer $TOKEN" https://acme.workable.com/spi/v3/jobs', 'placeholder'],
    ['Bearer <access token>', 'placeholder'],
    ['Authorization: Bearer ', 'empty'],
  ])('%j: %s', (input, problem) => {
    expect(problemOf(input)).toBe(problem)
  })
})

describe('Partner Client ID', () => {
  test('is taken as it is, trimmed, or out of its header', () => {
    expect(parsePartnerClientId('uid-123')).toEqual({ ok: true, value: 'uid-123' })
    expect(parsePartnerClientId(' uid-123\n')).toEqual({ ok: true, value: 'uid-123', understood: true })
    expect(parsePartnerClientId('X-WORKABLE-CLIENT-ID: uid-123')).toMatchObject({
      ok: true,
      value: 'uid-123',
    })
    expect(parsePartnerClientId('')).toEqual({ ok: true, value: '' })
  })

  test.each(['uid 123', 'uid\r\nX-Evil: 1', 'uíd', '\u200buid', 'u\u0000'])('%j is refused', input =>
    expect(parsePartnerClientId(input)).toMatchObject({ ok: false, problem: 'partner_client_id.characters' }),
  )

  test('is no key: that is not shown again', () => {
    expect(parsePartnerClientId(`Authorization: Bearer ${key}`)).toMatchObject({ ok: false, conceal: true })
  })

  test('has 200 characters at most', () => {
    expect(parsePartnerClientId('u'.repeat(200)).ok).toBe(true)
    expect(parsePartnerClientId('u'.repeat(201))).toMatchObject({ problem: 'partner_client_id.too_long' })
  })
})

describe('the day a key ends', () => {
  test.each(['2026-11-25', '2027-11-25', '2028-02-29', '2036-11-25', ''])('%j is taken', input =>
    expect(parseExpiry(input, context)).toEqual({ ok: true, value: input }),
  )

  test.each([
    ['2026-11-24', 'past'],
    ['0001-01-01', 'past'],
    ['2036-11-26', 'too_far'],
    ['9999-12-31', 'too_far'],
    ['2027-02-29', 'no_date'],
    ['2027-02-30', 'no_date'],
    ['2027-13-01', 'no_date'],
    ['2027-00-10', 'no_date'],
    ['27-11-25', 'no_date'],
    ['25/11/2027', 'no_date'],
    ['next year', 'no_date'],
    ['+010000-01-01', 'no_date'],
    ['2027-11-25T00:00', 'no_date'],
    ['２０２７-11-25', 'no_date'],
  ])('%j: %s', (input, problem) =>
    expect(parseExpiry(input, context)).toMatchObject({ problem: `key_expires_on.${problem}` }),
  )
})
