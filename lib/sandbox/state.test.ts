import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { fromHex, shortcodeOf, toHex } from './ids.ts'
import { seededState } from './seed/seed.ts'
import { toSaved } from './state.ts'
import { ask } from './test/ask.ts'
import { startTrial } from './test/running.ts'

const emptyDir = async () => {
  const dir = await mkdtemp(join(tmpdir(), 'sandbox-'))
  onTestFinished(() => rm(dir, { recursive: true, force: true }))
  return dir
}

const start = (env: Record<string, string>) => {
  const main = join(import.meta.dirname, 'main.ts')
  const child = spawn(process.execPath, [main], {
    env: { NODE_ENV: 'test', PATH: process.env.PATH ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  onTestFinished(() => {
    child.kill('SIGKILL')
  })
  return child
}
const firstLine = async (stream: NodeJS.ReadableStream) => String((await once(stream, 'data'))[0])

describe('ids', () => {
  test.each([
    [5_986_327, '5b5ce9'],
    [656_866_723, '27270275'],
    [5_272_269, '50779f'],
    [737_404, 'b454e'],
  ])('%i is %s outside, as recorded', (id, hex) => {
    expect(toHex(id)).toBe(hex)
    expect(fromHex(hex)).toBe(id)
  })

  test('what is no lower-case hex is no id', () => {
    for (const text of ['', '5B5CE9', 'xyz', ' 5b', '123456789abcd']) expect(fromHex(text)).toBeNull()
  })

  test('shortcodes are ten upper-case hex digits, the same each time', () => {
    expect(shortcodeOf('a', 1)).toMatch(/^[0-9A-F]{10}$/)
    expect(shortcodeOf('a', 1)).toBe(shortcodeOf('a', 1))
    expect(shortcodeOf('a', 1)).not.toBe(shortcodeOf('b', 1))
  })
})

describe('the data that a sandbox starts with', () => {
  const dataOf = (seed: string) => {
    const { tokens: _, ...rest } = toSaved(seededState(seed, Date.UTC(2026, 10, 25)))
    return rest
  }

  test('is the same for the same seed, and other for another', () => {
    expect(dataOf('a')).toEqual(dataOf('a'))
    expect(dataOf('a').candidates).not.toEqual(dataOf('b').candidates)
  })

  test('has no token that works', () => {
    const state = seededState('a', 1_000_000_000_000)
    for (const token of state.tokens.values()) {
      expect(
        token.revokedAt !== null || (token.expiresAt ?? Number.POSITIVE_INFINITY) < 1_000_000_000_000,
      ).toBe(true)
    }
  })

  test('has nothing from the future, and unique shortcodes', () => {
    const now = Date.UTC(2026, 10, 25)
    const state = seededState('a', now)
    for (const { createdAt, updatedAt } of [...state.jobs.values(), ...state.candidates.values()]) {
      expect(createdAt).toBeLessThanOrEqual(updatedAt)
      expect(updatedAt).toBeLessThanOrEqual(now)
    }
    expect(new Set([...state.jobs.values()].map(job => job.shortcode)).size).toBe(state.jobs.size)
  })
})

describe('over a restart', { timeout: 30_000 }, () => {
  test("yesterday's token works today, and what was changed stays changed", async () => {
    const dir = await emptyDir()
    const first = await startTrial({ dir })
    const { token } = await first.token('larkfield')
    await first.control('/accounts/larkfield/jobs/9CD658E13E', { method: 'PATCH', body: { state: 'closed' } })
    await first.set({ retryAfter: true })
    const before = await first.api(token, '/candidates/27270275')
    await first.stop()
    const second = await startTrial({ dir, at: Date.UTC(2026, 6, 24) })
    expect((await second.api(token, '/jobs/9CD658E13E')).json).toMatchObject({ state: 'closed' })
    expect((await second.control('/switches')).json).toHaveProperty('retryAfter', true)
    const after = await second.api(token, '/candidates/27270275')
    const withoutPort = (text: string) =>
      text.replace(/localhost:\d+/g, '').replace(/Expires=\d+&Signature=[\w-]+/g, '')
    expect(withoutPort(after.text)).toBe(withoutPort(before.text))
  })

  test('the file is for its owner only, and is written shortly after a change', async () => {
    const dir = join(await emptyDir(), 'made', 'here')
    const trial = await startTrial({ dir })
    await trial.token('acme')
    await expect
      .poll(async () => (await readFile(join(dir, 'state.json'), 'utf8')).includes('Made by the control API'))
      .toBe(true)
    expect((await stat(join(dir, 'state.json'))).mode & 0o777).toBe(0o600)
    expect((await stat(dir)).mode & 0o777).toBe(0o700)
  })

  test('a file that cannot be read is set aside, and the sandbox starts anew', async () => {
    const dir = await emptyDir()
    await writeFile(join(dir, 'state.json'), '{"version":1,')
    const child = start({ SANDBOX_PORT: '0', SANDBOX_DIR: dir })
    expect(await firstLine(child.stderr)).toContain('state.json.unreadable')
    child.kill()
    await once(child, 'exit')
    expect(await readdir(dir)).toContain('state.json.unreadable')
    const trial = await startTrial({ dir })
    expect((await trial.control('/counters')).json).toMatchObject({ records: { accounts: 5 } })
  })
})

describe('as a process', { timeout: 30_000 }, () => {
  test('it says where it is, saves on SIGTERM, and is gone within a second', async () => {
    const dir = await emptyDir()
    const child = start({ SANDBOX_PORT: '0', SANDBOX_DIR: dir })
    const port = Number(/http:\/\/workable\.localhost:(\d+)\n$/.exec(await firstLine(child.stdout))?.[1])
    const made = await ask(port, '/_control/accounts/acme/tokens', { method: 'POST' })
    expect(made.status).toBe(201)
    const asked = performance.now()
    child.kill('SIGTERM')
    const [code] = await once(child, 'exit')
    expect(code).toBe(0)
    expect(performance.now() - asked).toBeLessThan(1000)
    expect(await readFile(join(dir, 'state.json'), 'utf8')).toContain('Made by the control API')
  })

  test('without a port, or with one that is taken, it says so and does not start', async () => {
    const none = start({})
    expect(await firstLine(none.stderr)).toContain('SANDBOX_PORT')
    expect((await once(none, 'exit'))[0]).toBe(1)
    const trial = await startTrial()
    const taken = start({ SANDBOX_PORT: String(trial.port) })
    expect(await firstLine(taken.stderr)).toContain(`port ${trial.port} is taken`)
    expect((await once(taken, 'exit'))[0]).toBe(1)
  })
})
