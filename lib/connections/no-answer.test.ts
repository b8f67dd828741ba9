import { afterAll, beforeEach, expect, test } from 'vitest'
import { openSandbox } from '#lib/connectors/workable/testing.ts'
import { refresh } from './refresh.ts'
import { refreshDue } from './refresh-due.ts'
import { rowOf } from './testing.ts'
import {
  appRow,
  comesDue,
  expire,
  failureOf,
  freshStart,
  generations,
  partnerWith,
  secondsUntil,
  tried,
} from './testing-tokens.ts'

const sandbox = await openSandbox()
afterAll(() => sandbox.stop())
beforeEach(() => freshStart(sandbox))

// Taken out with: `hasWaited` in `look.ts`.
test('while the server is down nothing is asked before the moment that was planned', async () => {
  const { made, id } = await partnerWith(sandbox)
  await sandbox.fault('/oauth/token', { kind: 'status', status: 503 }, null)
  for (const one of made) await expire(sandbox, one)
  for (let n = 0; n < 10; n++) expect(await failureOf(id)).toBe('ats_unavailable')
  await refreshDue()
  expect(await tried(id)).toEqual(['unclear', 'unclear', 'unclear'])
  expect(await rowOf(id)).toMatchObject({ status: 'active', refreshProblem: 'unclear', refreshFailures: 3 })
  await sandbox.control('/faults', 'DELETE')
  await comesDue(id)
  await refreshDue()
  expect((await rowOf(id)).refreshProblem).toBeNull()
  expect(await tried(id)).toEqual(['unclear', 'unclear', 'unclear', 'refreshed'])
})

test.each([
  ['a login page', { kind: 'html' }],
  ['a way to elsewhere', { kind: 'status', status: 302, headers: { location: 'https://www.example.com/' } }],
  ['nothing', { kind: 'status', status: 200, body: '' }],
  ['half of the JSON', { kind: 'truncated' }],
  ['JSON that is none', { kind: 'truncated', cut: false }],
  ['five megabytes', { kind: 'huge', bytes: 5 * 1024 * 1024 }],
  ['no token', { kind: 'status', status: 200, body: { token_type: 'bearer', expires_in: 7200 } }],
  ['a number as token', { kind: 'status', status: 200, body: { access_token: 7, token_type: 'bearer' } }],
])('a token endpoint that answers %s is asked again later, and nothing is stored', async (_, fault) => {
  const { made, id, of } = await partnerWith(sandbox)
  for (const one of made) await expire(sandbox, one)
  await sandbox.fault('/oauth/token', fault, 2)
  // A probe asks once; how soon a flight asks again by itself is told in `refresh.test.ts`.
  for (let n = 0; n < 2; n++) {
    expect(await refresh({ of, version: 1, probe: true })).toMatchObject({
      kind: 'later',
      problem: 'unclear',
    })
    await comesDue(id)
  }
  expect([await tried(id), await generations(id), (await rowOf(id)).version]).toEqual([
    ['unclear', 'unclear'],
    1,
    1,
  ])
  await refreshDue()
  expect((await rowOf(id)).version).toBe(2)
})

test('a server that wants us to wait is left alone, by every connection of the app', async () => {
  const { app, made } = await partnerWith(sandbox, 3)
  await sandbox.fault(
    '/oauth/token',
    { kind: 'status', status: 429, headers: { 'retry-after': '120' } },
    null,
  )
  for (const one of made) await expire(sandbox, one)
  const [one] = made
  expect(await failureOf(one?.id ?? '')).toBe('rate_limited')
  for (const { id } of made) await failureOf(id)
  await refreshDue()
  expect(secondsUntil((await appRow(app)).retryAt)).toBeGreaterThan(100)
  expect((await appRow(app)).state).toBe('working')
  const all = await Promise.all(made.map(({ id }) => tried(id)))
  expect(all.flat()).toEqual(['limited'])
})
