import { describe, expect, test } from 'vitest'
import type { ParseContext } from '../manifest.ts'
import { parseSubdomain, reserved } from './subdomain.ts'

const live: ParseContext = { hostSuffix: 'workable.com', environment: 'live', today: '2026-11-25' }
const sandbox: ParseContext = { ...live, hostSuffix: 'workable.localhost:4010', environment: 'sandbox' }

const problemOf = (input: string, context = live) => {
  const parsed = parseSubdomain(input, context)
  return parsed.ok ? `understood as ${parsed.value}` : parsed.problem.replace('subdomain.', '')
}

describe('what a person can copy is understood', () => {
  test.each([
    ['acme', 'acme', false],
    ['ACME', 'acme', true],
    [' ACME ', 'acme', true],
    ['acme-2', 'acme-2', false],
    ['4dayweek', '4dayweek', false],
    ['a', 'a', false],
    ['a'.repeat(63), 'a'.repeat(63), false],
    ['acme.workable.com', 'acme', true],
    ['Acme.Workable.com', 'acme', true],
    ['acme.workable.com/', 'acme', true],
    ['https://acme.workable.com', 'acme', true],
    ['HTTPS://ACME.WORKABLE.COM/', 'acme', true],
    ['http://acme.workable.com/backend', 'acme', true],
    ['https://acme.workable.com?x=y', 'acme', true],
    ['https://acme.workable.com/backend/members?q=ann@acme.com', 'acme', true],
    ['https://acme.workable.com/spi/v3/jobs#top', 'acme', true],
    ['apply.workable.com/acme/', 'acme', true],
    ['https://apply.workable.com/acme', 'acme', true],
    ['https://apply.workable.com/Acme/j/9CD658E13E/apply/?lng=en', 'acme', true],
  ])('%j is %s', (input, value, understood) => {
    expect(parseSubdomain(input, live)).toEqual({ ok: true, value, ...(understood ? { understood } : {}) })
  })

  test('A-056 a pasted page of the account is understood', () => {
    const parsed = parseSubdomain('https://acme.workable.com/backend/jobs?x#y', live)
    expect(parsed).toEqual({ ok: true, value: 'acme', understood: true })
  })

  test.each([
    'acme.workable.localhost:4010',
    'http://acme.workable.localhost:4010/backend/settings/integrations',
    'https://acme.workable.localhost:4010/',
    'apply.workable.localhost:4010/acme/',
  ])('in the sandbox its own addresses are: %s', input => {
    expect(parseSubdomain(input, sandbox)).toMatchObject({ ok: true, value: 'acme' })
  })
})

// Taken out with: `label` and `address`, replaced by `new URL(...)` alone.
describe('A-051 what would lead to another host, or be repaired in silence, is refused by name', () => {
  test.each([
    ['evil.com/', 'other_address'],
    ['evil.com#', 'other_address'],
    ['evil.com?', 'other_address'],
    ['evil.com\\', 'characters'],
    ['evil.com:443/', 'other_address'],
    ['evil.com:443', 'other_address'],
    ['foo.workable.com@evil.com/', 'address_with_name'],
    ['acme@evil.com/', 'address_with_name'],
    ['acme:pw@workable.com', 'address_with_name'],
    ['localhost/', 'characters'],
    ['127.0.0.1/', 'other_address'],
    ['127.0.0.1', 'other_address'],
    ['2130706433/', 'characters'],
    ['0x7f000001/', 'characters'],
    ['0177.0.0.1/', 'other_address'],
    ['127.1/', 'other_address'],
    ['169.254.169.254/', 'other_address'],
    ['[::1]/', 'characters'],
    ['[::1]', 'characters'],
    ['acme｡evil.com/', 'not_plain_letters'],
    ['acme．evil．com', 'not_plain_letters'],
    ['acme\n', 'invisible_characters'],
    ['\nacme', 'invisible_characters'],
    ['acme\r\n', 'invisible_characters'],
    ['acme\tx', 'invisible_characters'],
    ['acme\t', 'invisible_characters'],
    ['ac\u00adme', 'invisible_characters'],
    ['ac\u200bme', 'invisible_characters'],
    ['ac\u200dme', 'invisible_characters'],
    ['\ufeffacme', 'invisible_characters'],
    ['acme\u00a0', 'invisible_characters'],
    ['acme\u3000', 'invisible_characters'],
    ['acme\u202e', 'invisible_characters'],
    ['acme\u0000', 'invisible_characters'],
    ['ａｃｍｅ', 'not_plain_letters'],
    ['ac①me', 'not_plain_letters'],
    ['\u212a', 'not_plain_letters'],
    ['acme\u212a', 'not_plain_letters'],
    ['pa\u017f', 'not_plain_letters'],
    ['аcme', 'not_plain_letters'],
    ['bücher', 'not_plain_letters'],
    ['acme/../evil', 'characters'],
    ['acme/', 'characters'],
    ['acme:443', 'characters'],
    ['acme;evil', 'characters'],
    ['acme_hq', 'characters'],
    ['javascript:alert(1)', 'characters'],
    ['javascript://acme.workable.com/%0aalert(1)', 'characters'],
    ['data:text/html,hi', 'characters'],
    ['//acme.workable.com', 'characters'],
    ['///evil.com', 'characters'],
    ['https:/acme.workable.com', 'characters'],
    ['https:acme.workable.com', 'characters'],
    ['https://https://acme.workable.com', 'characters'],
    ['__proto__', 'characters'],
    ['{{7*7}}', 'characters'],
    ["' or 1=1 --", 'spaces'],
    ['../../etc/passwd', 'characters'],
  ])('%j: %s', (input, problem) => {
    expect(problemOf(input)).toBe(problem)
  })
})

// Taken out with: `[\\%]` in `oddCharacters`, `label` and the last look at the host in `accept`, and the form of a host in `fromAddress`: each stands in
// for the others.
describe('A-052 encoded text is refused', () => {
  test.each([
    'acme%2f',
    '%2e%2e',
    'acme%252f',
    'acme%00',
    '%61cme',
    'https://acme%2eworkable.com',
    'acme%E3%80%82evil',
  ])('%s', input => expect(problemOf(input)).toBe('characters'))
})

// Taken out with: `label`, and before it each line of `accept`, which gives the reason its name.
describe('A-055 what is no label is refused by name', () => {
  test.each([
    ['', 'empty'],
    ['   ', 'empty'],
    ['a'.repeat(64), 'too_long'],
    ['a'.repeat(2000), 'too_long'],
    ['*', 'characters'],
    ['*.workable.com', 'characters'],
    ['-acme', 'hyphen'],
    ['acme-', 'hyphen'],
    ['a.b', 'other_address'],
    ['a.b.workable.com', 'two_labels'],
    ['.workable.com', 'characters'],
    ['workable.com', 'no_label'],
    ['https://workable.com/', 'no_label'],
    ['acme..workable.com', 'two_labels'],
    ['acme.workable.com.', 'other_address'],
    ['xn--acme-9ta', 'encoded'],
    ['xn--80ak6aa92e.workable.com', 'encoded'],
  ])('%j: %s', (input, problem) => expect(problemOf(input)).toBe(problem))
})

// Taken out with: `fromAddress`, or the suffix looked for anywhere in the text by it.
describe('A-056 addresses that only look like the account’s are refused', () => {
  test.each([
    ['https://acme.workable.com.evil.com', 'other_address'],
    ['https://evil.com/acme.workable.com', 'other_address'],
    ['https://acme.workable.com@evil.com', 'address_with_name'],
    ['https://evil.com?acme.workable.com', 'other_address'],
    ['https://evil.com#.workable.com', 'other_address'],
    ['https://evil.com\\.workable.com', 'characters'],
    ['https://acmeworkable.com', 'other_address'],
    ['https://acme.workable.com:8443/', 'other_address'],
    ['ftp://acme.workable.com', 'scheme'],
    ['file:///etc/passwd', 'scheme'],
    ['javascript://acme.workable.com/', 'scheme'],
  ])('%s: %s', (input, problem) => expect(problemOf(input)).toBe(problem))
})

describe('a mistake that a person makes gets a sentence of its own', () => {
  test.each([
    ['ann@acme.com', 'email'],
    ['Acme Logistics', 'spaces'],
    ['acme.com', 'other_address'],
    ['https://careers.acme.com/jobs', 'other_address'],
    ['https://apply.workable.com/', 'board_without_account'],
    ['apply.workable.com/j/', 'board_without_account'],
    ['https://apply.workable.com/j/9CD658E13E', 'one_job'],
    ...reserved.map(label => [label, 'reserved'] as [string, string]),
    ['https://www.workable.com/backend', 'reserved'],
    ['WWW', 'reserved'],
    ['apply.workable.com/api/v1', 'reserved'],
  ])('%s: %s', (input, problem) => expect(problemOf(input)).toBe(problem))

  test('the real Workable’s address is not taken for the sandbox’s, nor the other way round', () => {
    expect(problemOf('https://acme.workable.com', sandbox)).toBe('live_address')
    expect(problemOf('http://acme.workable.localhost:4010', live)).toBe('other_address')
    expect(problemOf('acme.workable.localhost', sandbox)).toBe('other_address')
  })
})

describe('a key in the field for the subdomain is refused and not shown again', () => {
  const key = 'q7Xf2_Jd9sLw0aVb3NcMk4TzRy8HuEi1GoPx5QmS6tA'
  test.each([
    key,
    ` ${key}\n`,
    '0a1b2c3d4e5f60718293a4b5c6d7e8f901234567',
    `Bearer ${key}`,
    `Authorization: Bearer ${key}`,
    `curl -H "Authorization: Bearer ${key}" https://acme.workable.com/spi/v3/jobs`,
  ])('%s', input => {
    const parsed = parseSubdomain(input, live)
    expect(parsed).toEqual({ ok: false, problem: 'subdomain.looks_like_key', conceal: true })
  })

  test('a long name is no key', () => {
    expect(problemOf('the-very-long-name-of-a-company-2024')).toContain('understood')
  })
})
