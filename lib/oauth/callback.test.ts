import { expect, test } from 'vitest'
import { namedError, readCallback } from './callback.ts'

test('a code or an error with a state is a callback; what we do not know is ignored', () => {
  expect(readCallback('code=c&state=s&session_state=x')).toMatchObject({ state: 's', result: { code: 'c' } })
  expect(readCallback('error=access_denied&state=s&error_description=no')).toMatchObject({
    result: { error: 'access_denied' },
  })
  expect(String(readCallback('code=c&state=s&iss=i&more=m')?.parameters)).toBe('state=s&code=c&iss=i')
})

// Taken out with: `doubled` and `odd` in `readCallback`.
test.each([
  'code=c',
  'state=s',
  'state=&code=c',
  'state=s&code=',
  'code=c&error=x&state=s',
  'state=a&state=b&code=c',
  'state=s&code=a&code=b',
  'state=s&error=x&error=y',
  'state=s&code=c&iss=a&iss=b',
  'state[]=s&code=c',
  'state=s&code[0]=c',
  'state=s&code=c&code[]=d',
  'access_token=t&state=s&code=c',
  'id_token=t&state=s&code=c',
  'response=j&state=s&code=c',
])('A-039, A-042 %s is none', query => {
  expect(readCallback(query)).toBeUndefined()
})

test('A-044 what is too long is none, at once', () => {
  const started = performance.now()
  expect(readCallback(`state=s&code=${'c'.repeat(1_000_000)}`)).toBeUndefined()
  expect(readCallback(Array.from({ length: 10_000 }, (_, at) => `p${at}=1`).join('&'))).toBeUndefined()
  expect(performance.now() - started).toBeLessThan(100)
})

test('A-045 an error from outside becomes one of ours', () => {
  expect(namedError('access_denied')).toBe('access_denied')
  for (const error of ['<script>alert(1)</script>', '', 'constructor', '__proto__'])
    expect(namedError(error)).toBe('unknown')
})
