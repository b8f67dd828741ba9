import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { openSandbox } from '#lib/connectors/workable/testing.ts'
import { Secret } from '#lib/crypto/secret.ts'
import { db, transaction } from '#lib/db/client.ts'
import { makeWorkspace } from '#lib/db/testing.ts'
import { openOAuthApp, readOAuthApp, replaceSecret } from '#lib/partners/oauth-apps.ts'
import { refreshTokens, revokeToken } from './client.ts'
import { newGrant, newOAuthApp } from './testing.ts'

const sandbox = await openSandbox()
// Its grants are made for the client alone, and nobody here owns one.
afterAll(() => sandbox.control('/reset', 'POST', {}).finally(() => sandbox.stop()))
beforeEach(async () => {
  await sandbox.control('/faults', 'DELETE')
  await sandbox.control('/switches', 'DELETE')
})

async function anApp() {
  const { partnerId } = await makeWorkspace()
  return newOAuthApp(sandbox, partnerId)
}

async function refreshed() {
  const app = await anApp()
  const { tokens } = await newGrant(sandbox, app.clientId)
  return refreshTokens(await app.open(), tokens.refresh)
}

describe('a refresh', () => {
  test('gives a new pair that lives as long as the server says, counted from before it was asked', async () => {
    const before = Date.now()
    const reply = await refreshed()
    if (reply.kind !== 'tokens') throw new Error(reply.kind)
    const life = reply.tokens.accessExpiresAt.getTime() - before
    expect(life).toBeGreaterThanOrEqual(7_200_000)
    expect(life).toBeLessThan(7_201_000)
    expect(reply.scope).toEqual(['r_jobs', 'r_candidates', 'w_candidates'])
    expect(JSON.stringify(reply)).not.toMatch(/[\w-]{43}/)
  })

  test.each([
    ['as_text', 7200],
    ['absent', 3600],
    [-1, 0],
    [0, 0],
    [99_999_999, 86_400],
  ])('told as %s its life is %d seconds', async (expiresInTold, seconds) => {
    await sandbox.set({ expiresInTold })
    const before = Date.now()
    const reply = await refreshed()
    if (reply.kind !== 'tokens') throw new Error(reply.kind)
    const life = (reply.tokens.accessExpiresAt.getTime() - before) / 1000
    expect(Math.abs(life - seconds)).toBeLessThan(1)
  })

  test('is over when its time is, and nothing is asked without any', async () => {
    const app = await anApp()
    const { tokens } = await newGrant(sandbox, app.clientId)
    const open = await app.open()
    const asked = () => refreshTokens(open, tokens.refresh, performance.now() + 200)
    await sandbox.fault('/oauth/token', { kind: 'delay', ms: 2_000 })
    const before = performance.now()
    expect(await asked()).toEqual({ kind: 'unclear', reason: 'timeout' })
    expect(performance.now() - before).toBeLessThan(1_800)
    const late = refreshTokens(open, tokens.refresh, performance.now())
    expect(await late).toEqual({ kind: 'unclear', reason: 'no time left' })
  })

  test('R-15 tokens of another kind are used by nobody', async () => {
    await sandbox.set({ tokenTypeTold: 'mac' })
    expect(await refreshed()).toEqual({ kind: 'unclear', reason: 'not a token reply' })
  })

  test('a server that rotates nothing leaves the refresh token as it was', async () => {
    await sandbox.set({ refreshRotation: 'none' })
    const reply = await refreshed()
    expect(reply.kind === 'tokens' && reply.tokens.refresh).toBeInstanceOf(Secret)
  })
})

describe('what is no pair of tokens is told apart', () => {
  test.each([401, 400])('a dead grant, said with %d, with a body, a challenge or both', async status => {
    for (const [tokenErrorBody, tokenErrorChallenge] of [
      ['json', true],
      ['json', false],
      ['none', true],
    ] as const) {
      const app = await anApp()
      const { tokens, id } = await newGrant(sandbox, app.clientId)
      await sandbox.set({ tokenErrorStatus: status, tokenErrorBody, tokenErrorChallenge })
      await sandbox.control(`/oauth/grants/${id}/revoke`, 'POST', {})
      expect(await refreshTokens(await app.open(), tokens.refresh)).toMatchObject({
        kind: 'grant_refused',
        error: 'invalid_grant',
      })
    }
  })

  test('a refusal without a word says that it could be either', async () => {
    const app = await anApp()
    const { tokens, id } = await newGrant(sandbox, app.clientId)
    await sandbox.control(`/oauth/grants/${id}/revoke`, 'POST', {})
    for (const tokenErrorBody of ['none', 'html'] as const) {
      await sandbox.set({ tokenErrorStatus: 401, tokenErrorBody, tokenErrorChallenge: false })
      const reply = await refreshTokens(await app.open(), tokens.refresh)
      expect(reply).toEqual({ kind: 'refused_oddly', status: 401 })
    }
  })

  test('a wrong secret is about the app, and the one before is tried while the two overlap', async () => {
    const app = await anApp()
    const { tokens } = await newGrant(sandbox, app.clientId)
    const wrong = { clientId: app.clientId, secret: new Secret('not-the-secret'), lastFour: 'cret' }
    await transaction(tx => replaceSecret(tx, app.row, wrong))
    const overlapping = await readOAuthApp(app.row.id)
    if (!overlapping) throw new Error('no app')
    expect((await refreshTokens(await openOAuthApp(db(), overlapping), tokens.refresh)).kind).toBe('tokens')
    const over = { ...overlapping, previousSecretUntil: new Date(Date.now() - 1000) }
    expect(await refreshTokens(await openOAuthApp(db(), over), tokens.refresh)).toEqual({
      kind: 'app_refused',
      error: 'invalid_client',
    })
  })

  test.each([
    ['503', { kind: 'status', status: 503 }, 'unclear'],
    ['503 with a wait', { kind: 'status', status: 503, headers: { 'Retry-After': '7' } }, 'limited'],
    ['429', { kind: 'status', status: 429 }, 'limited'],
    ['a page of HTML', { kind: 'html' }, 'unclear'],
    ['an empty body', { kind: 'status', status: 200, body: '' }, 'unclear'],
    ['JSON cut short', { kind: 'truncated', cut: false }, 'unclear'],
    ['half an answer', { kind: 'truncated' }, 'unclear'],
    ['five megabytes', { kind: 'huge', bytes: 5_000_000 }, 'unclear'],
    ['a redirect', { kind: 'redirect', location: 'http://127.0.0.1:1/login' }, 'unclear'],
    ['a lost answer', { kind: 'drop', acted: true }, 'unclear'],
    ['no token', { kind: 'status', status: 200, body: { token_type: 'bearer' } }, 'unclear'],
    ['a number', { kind: 'status', status: 200, body: { access_token: 7, token_type: 'bearer' } }, 'unclear'],
    [
      'a header in it',
      { kind: 'status', status: 200, body: { access_token: 'a\r\nx: y', token_type: 'bearer' } },
      'unclear',
    ],
    [
      'tokens that another kind of proof goes with',
      { kind: 'status', status: 200, body: { access_token: 'a', token_type: 'DPoP' } },
      'unclear',
    ],
    [
      'tokens that do not say that they are JSON',
      {
        kind: 'status',
        status: 200,
        body: { access_token: 'a', token_type: 'bearer' },
        headers: { 'Content-Type': 'text/html' },
      },
      'unclear',
    ],
    ['a list', { kind: 'status', status: 200, body: '[]' }, 'unclear'],
  ])('%s', async (_, fault, kind) => {
    await sandbox.fault('/oauth/token', fault)
    expect((await refreshed()).kind).toBe(kind)
  })
})

test('R-23 a revocation is accepted for a token that nobody knows as well, and refused for a wrong client', async () => {
  const app = await anApp()
  expect(await revokeToken(await app.open(), new Secret('nobody-knows-it'))).toEqual({ kind: 'accepted' })
  const { tokens } = await newGrant(sandbox, (await anApp()).clientId)
  expect(await revokeToken(await app.open(), tokens.refresh)).toMatchObject({ kind: 'app_refused' })
})
