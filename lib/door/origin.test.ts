import { expect, test } from 'vitest'
import { isForeign } from './origin.ts'

const appUrl = 'https://gangway.example.com'
const foreign = (headers: Record<string, string>, method = 'POST') =>
  isForeign(method, new Headers(headers), appUrl)

// Taken out with: any one line of `isForeign`, the first aside.
test.each([
  ['another site', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }],
  ['another site that claims to be ours', { origin: appUrl, 'sec-fetch-site': 'cross-site' }],
  ['another site, by Origin alone', { origin: 'https://evil.example' }],
  ['a sandboxed frame', { origin: 'null', 'sec-fetch-site': 'cross-site' }],
  ['no Origin from another site', { 'sec-fetch-site': 'cross-site' }],
  ['a sibling subdomain', { origin: 'https://other.example.com', 'sec-fetch-site': 'same-site' }],
  ['our name without its s', { origin: 'http://gangway.example.com' }],
  ['our name on another port', { origin: 'https://gangway.example.com:8443' }],
  ['nobody who says where from', {}],
  ['the address bar', { 'sec-fetch-site': 'none' }],
])('a write from %s is foreign (A-108)', (_where, headers) => {
  for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) expect(foreign(headers, method)).toBe(true)
})

test.each([
  ['our own page', { origin: appUrl, 'sec-fetch-site': 'same-origin' }],
  ['our own page in an older browser', { origin: appUrl }],
  ['our own page without Origin', { 'sec-fetch-site': 'same-origin' }],
])('a write from %s is not', (_where, headers) => {
  expect(foreign(headers)).toBe(false)
})

test('reading is for everybody', () => {
  expect(foreign({ origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }, 'GET')).toBe(false)
})
