import { describe, expect, test } from 'vitest'
import { startTrial, type Trial } from './test/running.ts'

async function plan(trial: Trial, body: Record<string, unknown>): Promise<number> {
  const { status, json, text } = await trial.control('/faults', { method: 'POST', body })
  if (status !== 201) throw new Error(text)
  return Number(/"id":(\d+)/.exec(JSON.stringify(json))?.[1])
}

describe('faults', () => {
  test('a status with its body strikes so many requests and no more', async () => {
    const trial = await startTrial()
    const { token } = await trial.token('larkfield')
    await plan(trial, {
      path: '/spi/v3/jobs',
      times: 2,
      fault: { kind: 'status', status: 503, body: 'down', headers: { 'Retry-After': '3' } },
    })
    const answers = [
      await trial.api(token, '/jobs'),
      await trial.api(token, '/jobs'),
      await trial.api(token, '/jobs'),
    ]
    expect(answers.map(answer => answer.status)).toEqual([503, 503, 200])
    expect(answers[0]?.text).toBe('down')
    expect(answers[0]?.headers['retry-after']).toBe('3')
  })

  test('a 404 once, after some that pass, for one path of many', async () => {
    const trial = await startTrial()
    const { token } = await trial.token('larkfield')
    await plan(trial, {
      path: '/spi/v3/candidates/*',
      after: 1,
      fault: { kind: 'status', status: 404, body: { error: 'Not found' } },
    })
    const ask = async () => (await trial.api(token, '/candidates/27270275')).status
    expect([await ask(), await ask(), await ask()]).toEqual([200, 404, 200])
    expect((await trial.api(token, '/candidates?limit=1')).status).toBe(200)
  })

  test('host and method narrow it, two stars widen it', async () => {
    const trial = await startTrial()
    const { token } = await trial.token('larkfield')
    const status = { kind: 'status', status: 500 }
    await plan(trial, { path: '/spi/**', host: 'acme.workable.localhost', times: null, fault: status })
    expect((await trial.api(token, '/jobs')).status).toBe(200)
    await plan(trial, { path: '/spi/**', method: 'PUT', times: null, fault: status })
    expect((await trial.api(token, '/jobs')).status).toBe(200)
    await plan(trial, { path: '/spi/**', host: 'larkfield.workable.localhost', times: null, fault: status })
    expect((await trial.api(token, '/jobs/9CD658E13E/stages')).status).toBe(500)
  })

  test('a dropped connection gives no answer, and the ledger says so', async () => {
    const trial = await startTrial()
    const { token } = await trial.token('larkfield')
    const id = await plan(trial, { path: '/spi/v3/jobs', fault: { kind: 'drop' } })
    await expect(trial.api(token, '/jobs')).rejects.toThrow()
    expect((await trial.ledger()).at(-1)).toMatchObject({
      path: '/spi/v3/jobs',
      status: null,
      fault: id,
      tokenId: null,
    })
    expect((await trial.api(token, '/jobs')).status).toBe(200)
  })

  test('an answer can be lost after the sandbox has acted', async () => {
    const trial = await startTrial()
    const { token } = await trial.token('larkfield')
    await plan(trial, { path: '/spi/v3/candidates/*/tags', fault: { kind: 'drop', acted: true } })
    const put = { method: 'PUT', body: { tags: ['written'] } }
    await expect(trial.api(token, '/candidates/27270275/tags', put)).rejects.toThrow()
    expect((await trial.api(token, '/candidates/27270275')).json).toMatchObject({
      candidate: { tags: ['written'] },
    })
  })

  test('a page of HTML with 200', async () => {
    const trial = await startTrial()
    await plan(trial, { path: '/spi/**', fault: { kind: 'html' } })
    const answer = await trial.api('any', '/jobs')
    expect([answer.status, answer.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8'])
    expect(answer.text).toContain('<h1>Sign in</h1>')
  })

  test('half an answer, with the connection cut', async () => {
    const trial = await startTrial()
    const { token } = await trial.token('larkfield')
    await plan(trial, { path: '/spi/**', fault: { kind: 'truncated' } })
    await expect(trial.api(token, '/jobs')).rejects.toThrow()
  })

  test('half an answer whose length fits', async () => {
    const trial = await startTrial()
    const { token } = await trial.token('larkfield')
    await plan(trial, { path: '/spi/**', fault: { kind: 'truncated', cut: false } })
    await expect(trial.api(token, '/jobs')).rejects.toThrow(SyntaxError)
  })

  test('a huge body', async () => {
    const trial = await startTrial()
    await plan(trial, { path: '/spi/**', fault: { kind: 'huge', bytes: 3_000_000 } })
    const answer = await trial.api('any', '/jobs')
    expect(answer.text).toHaveLength(3_000_000)
    expect(answer.json).toEqual({})
  })

  test('a slow body is whole in the end', async () => {
    const trial = await startTrial()
    const { token } = await trial.token('larkfield')
    await plan(trial, { path: '/spi/v3/accounts', fault: { kind: 'slow', bytes: 100, ms: 20 } })
    const before = performance.now()
    const answer = await trial.api(token, '/accounts')
    expect(performance.now() - before).toBeGreaterThan(35)
    expect(answer.json).toMatchObject({ accounts: [{ subdomain: 'larkfield' }] })
  })

  test('a delay is in the ledger', async () => {
    const trial = await startTrial()
    const { token } = await trial.token('larkfield')
    await plan(trial, { path: '/spi/v3/accounts', fault: { kind: 'delay', ms: 80 } })
    expect((await trial.api(token, '/accounts')).status).toBe(200)
    expect((await trial.ledger()).at(-1)?.wait).toBeGreaterThanOrEqual(75)
  })

  test('a redirect leads where it is told', async () => {
    const trial = await startTrial()
    await plan(trial, {
      path: '/spi/v3/jobs',
      fault: { kind: 'redirect', location: 'http://169.254.169.254/', status: 307 },
    })
    const answer = await trial.api('any', '/jobs')
    expect([answer.status, answer.headers.location]).toEqual([307, 'http://169.254.169.254/'])
  })

  test('it counts how often each has struck, and takes them away', async () => {
    const trial = await startTrial()
    const id = await plan(trial, { path: '/spi/**', times: null, fault: { kind: 'status', status: 502 } })
    await trial.api('any', '/jobs')
    expect((await trial.control('/faults')).json).toMatchObject({ faults: [{ id, struck: 1 }] })
    expect((await trial.control(`/faults/${id}`, { method: 'DELETE' })).status).toBe(204)
    expect((await trial.api('any', '/jobs')).status).toBe(401)
    expect((await trial.control(`/faults/${id}`, { method: 'DELETE' })).status).toBe(404)
  })

  test('the control API itself never fails on purpose', async () => {
    const trial = await startTrial()
    await plan(trial, { path: '/**', times: null, fault: { kind: 'drop' } })
    expect((await trial.control('/health')).status).toBe(200)
  })
})
