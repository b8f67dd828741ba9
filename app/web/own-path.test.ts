import { expect, test } from 'vitest'
import { ownPath, signInPath } from './own-path.ts'

test.each([
  '/w/acme/positions',
  '/w/acme/positions?q=a%20b&state=all',
  '/link/7f7a1fd0-1f5e-4b5e-9d4e-0c6f0f3f9b11/enter/subdomain?form=1#field',
])('A-029: goes on to %s', path => {
  expect(ownPath(path)).toBe(path)
})

// Taken out with: any one line of `ownPath` but its last.
test.each([
  '//evil.com',
  '///evil.com',
  '/\\evil.com',
  '\\\\evil.com',
  'https:evil.com',
  'https://evil.com',
  '/%2f%2fevil.com',
  '/%2Fevil.com',
  '/%5cevil.com',
  'javascript:alert(1)',
  'data:text/html,x',
  'https://localhost:3000@evil.com',
  '/\tevil',
  '/\n/evil.com',
  '/\r\nLocation: https://evil.com',
  '\t//evil.com',
  ' //evil.com',
  '/a/..//evil.com',
  '/.//evil.com',
  '/x%0d%0aSet-Cookie:a=b',
  '/x%00',
  '/ü',
  '@evil.com',
  '',
  `/${'a'.repeat(3000)}`,
  '/api/auth/signout',
  '/sign-in?next=/sign-in',
  '/sign-out',
  '/set-up/x',
  '/invitation/x',
  ['/w/a', '/w/b'],
  { toString: () => '/w/a' },
  null,
  undefined,
])('A-029: does not go on to %j', path => {
  expect(ownPath(path)).toBe('/')
})

test('the sign-in leads back to where somebody was, and nowhere else', () => {
  expect(signInPath('/w/a?q=b')).toBe('/sign-in?next=%2Fw%2Fa%3Fq%3Db')
  expect(signInPath('//evil.com')).toBe('/sign-in')
  expect(signInPath()).toBe('/sign-in')
})
