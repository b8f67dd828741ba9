import { describe, expect, test } from 'vitest'
import { ask } from '../test/ask.ts'
import { startTrial } from '../test/running.ts'

const ana = { name: 'Ana', email: 'ana@two.example' }

describe('mistakes are named', () => {
  test.each([
    ['/accounts', { subdomain: 'WWW!', name: 'x' }, 422, 'subdomain: is no name for a host'],
    ['/accounts', { subdomain: 'www', name: 'x' }, 422, "one of Workable's own hosts"],
    ['/accounts', { subdomain: 'acme', name: 'x' }, 409, 'acme'],
    ['/accounts', { subdomain: 'two', name: 'x', members: [ana, ana] }, 409, 'ana@two.example'],
    [
      '/accounts/acme/members',
      { members: [{ name: 'G', email: 'grace@acme.example' }] },
      409,
      'grace@acme.example',
    ],
    ['/accounts/nobody/tokens', {}, 404, 'nobody'],
    ['/accounts/acme/tokens', { scopes: ['r_everything'] }, 422, 'scopes.0'],
    ['/accounts/acme/candidates', { job: 'NOPE' }, 404, 'NOPE'],
    ['/faults', { path: '/x', fault: { kind: 'explode' } }, 422, 'fault.kind'],
    ['/faults', { path: 'x', fault: { kind: 'drop' } }, 422, 'path'],
    ['/nonsense', {}, 404, 'POST /_control/nonsense'],
  ])('POST %s with %o is a %i', async (path, body, status, text) => {
    const trial = await startTrial()
    const answer = await trial.control(path, { method: 'POST', body })
    expect(answer.status).toBe(status)
    expect(answer.text).toContain(text)
  })

  test('a switch that does not exist, a body that is no JSON, and one that does not say so', async () => {
    const trial = await startTrial()
    expect((await trial.control('/switches', { method: 'PATCH', body: { nonsense: true } })).status).toBe(422)
    const send = (headers: Record<string, string>) =>
      ask(trial.port, '/_control/accounts', { method: 'POST', body: '{', headers })
    expect((await send({ 'Content-Type': 'application/json' })).status).toBe(400)
    expect((await send({ 'Content-Type': 'text/plain' })).status).toBe(415)
  })
})

describe('who may use it', () => {
  test("not under an account's host, and not under a name that was pointed here", async () => {
    const trial = await startTrial()
    expect((await ask(trial.port, '/_control/health', { host: 'acme' })).status).toBe(404)
    expect((await ask(trial.port, '/_control/health', { host: 'www' })).status).toBe(404)
    expect((await ask(trial.port, '/_control/health', { name: 'evil.example' })).status).toBe(421)
    expect((await ask(trial.port, '/spi/v3/jobs', { name: 'workable.localhost.evil.example' })).status).toBe(
      421,
    )
    expect((await ask(trial.port, '/_control/health', { name: `127.0.0.1:${trial.port}` })).status).toBe(200)
  })

  test('not a page in a browser, of whatever origin', async () => {
    const trial = await startTrial()
    for (const headers of [
      { Origin: 'https://evil.example' },
      { Origin: 'null' },
      { 'Sec-Fetch-Site': 'cross-site' },
      { 'Sec-Fetch-Site': 'same-site' },
    ]) {
      expect(
        (await trial.control('/reset', { method: 'POST', headers: { ...headers } as Record<string, string> }))
          .status,
      ).toBe(403)
    }
  })
})
