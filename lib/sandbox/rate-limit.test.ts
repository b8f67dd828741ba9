import { describe, expect, test } from 'vitest'
import { startTrial, type Trial } from './test/running.ts'

const MINUTE = Date.UTC(2026, 6, 23, 19, 21, 0)

async function ask(trial: Trial, token: string, times: number, headers?: Record<string, string>) {
  const answers = []
  for (let n = 0; n < times; n += 1)
    answers.push(await trial.api(token, '/stages', headers === undefined ? {} : { headers }))
  return answers
}

describe('the rate limit, as section 4 has it', () => {
  test('remaining runs from 9 to 1, and the tenth request of a window is refused', async () => {
    const trial = await startTrial()
    const { token } = await trial.token('larkfield')
    const answers = await ask(trial, token, 10)
    expect(answers.map(a => a.status)).toEqual([...Array(9).fill(200), 429])
    expect(answers.map(a => a.headers['x-rate-limit-remaining'])).toEqual([
      '9',
      '8',
      '7',
      '6',
      '5',
      '4',
      '3',
      '2',
      '1',
      '0',
    ])
    expect(answers[9]?.json).toEqual({ error: 'Rate limit exceeded' })
    expect(answers[9]?.headers).not.toHaveProperty('retry-after')
  })

  test('limit is 10, and reset is about ten seconds from now, not the edge of the window', async () => {
    const trial = await startTrial({ at: MINUTE + 7_300 })
    const { token } = await trial.token('larkfield')
    const [answer] = await ask(trial, token, 1)
    expect(answer?.headers['x-rate-limit-limit']).toBe('10')
    expect(answer?.headers['x-rate-limit-reset']).toBe(String(MINUTE / 1000 + 17))
  })

  test('windows are aligned to ten seconds of epoch time', async () => {
    const trial = await startTrial({ at: MINUTE + 9_000 })
    const { token } = await trial.token('larkfield')
    expect((await ask(trial, token, 10)).at(-1)?.status).toBe(429)
    trial.wait(999)
    expect((await ask(trial, token, 1))[0]?.status).toBe(429)
    trial.wait(1)
    expect((await ask(trial, token, 1))[0]?.status).toBe(200)
  })

  test("a known partner's client id gives fifty, an unknown one does not", async () => {
    const trial = await startTrial()
    const { token } = await trial.token('larkfield')
    const known = await ask(trial, token, 50, { 'X-WORKABLE-CLIENT-ID': 'sandbox-partner' })
    expect(known.map(a => a.status)).toEqual([...Array(49).fill(200), 429])
    expect(known[0]?.headers['x-rate-limit-limit']).toBe('50')
    trial.wait(10_000)
    const unknown = await ask(trial, token, 10, { 'X-WORKABLE-CLIENT-ID': 'somebody' })
    expect(unknown.at(-1)?.status).toBe(429)
  })

  test('each token has its own count', async () => {
    const trial = await startTrial()
    const one = await trial.token('larkfield')
    const other = await trial.token('larkfield')
    await ask(trial, one.token, 10)
    expect((await ask(trial, other.token, 1))[0]?.headers['x-rate-limit-remaining']).toBe('9')
  })

  test('what the 429 says is a switch', async () => {
    const trial = await startTrial({ at: MINUTE + 2_500 })
    const { token } = await trial.token('larkfield')
    await trial.set({ retryAfter: true, rateLimitBody: 'html' })
    const last = (await ask(trial, token, 10)).at(-1)
    expect(last?.headers['retry-after']).toBe('8')
    expect(last?.text).toContain('<html>')
    await trial.set({ rateLimit: false })
    expect((await ask(trial, token, 1))[0]?.status).toBe(200)
  })

  test('the ledger tells what each request had left', async () => {
    const trial = await startTrial()
    const { id, token } = await trial.token('larkfield')
    await ask(trial, token, 10)
    const rows = (await trial.ledger()).filter(row => row.tokenId === id)
    expect(rows.map(row => row.rate?.remaining)).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1, 0])
    expect(rows.at(-1)).toMatchObject({ status: 429, scope: null })
    expect(rows[0]).toMatchObject({ status: 200, scope: { needed: 'r_jobs', held: true } })
  })
})
