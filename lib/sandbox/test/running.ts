import { onTestFinished } from 'vitest'
import { z } from 'zod'
import { startSandbox } from '../server.ts'
import { type Answer, ask } from './ask.ts'

type Ask = (
  path: string,
  options?: { host?: string; method?: string; body?: unknown; headers?: Record<string, string> },
) => Promise<Answer & { json: unknown }>

/** A sandbox of one test's own, and short ways to speak to it. */
export type Trial = {
  port: number
  /** Moves the sandbox's clock, in ms. */
  wait(ms: number): void
  control: Ask
  /** Asks larkfield's API, or another host's, with a token. */
  api(token: string, path: string, options?: Parameters<Ask>[1]): ReturnType<Ask>
  /** Makes a token; without `scopes` with the three that the product asks for. */
  token(
    account: string,
    wish?: { scopes?: string[]; expires_in_days?: number | null },
  ): Promise<{ id: string; token: string }>
  set(switches: Record<string, unknown>): Promise<void>
  ledger(): Promise<z.infer<typeof entrySchema>[]>
  stop(): Promise<void>
}

const entrySchema = z.looseObject({
  area: z.string(),
  method: z.string(),
  host: z.string(),
  path: z.string(),
  status: z.number().nullable(),
  tokenId: z.string().nullable(),
  scope: z.object({ needed: z.string(), held: z.boolean() }).nullable(),
  rate: z.object({ limit: z.number(), remaining: z.number() }).nullable(),
  wait: z.number().nullable(),
  oauth: z.record(z.string(), z.unknown()).nullable(),
})

/** Starts a sandbox on a free port, by default in memory, at the start of a rate window; it stops with the test. */
export async function startTrial(options: { dir?: string; seed?: string; at?: number } = {}): Promise<Trial> {
  let now = options.at ?? Date.UTC(2026, 6, 23, 19, 21, 0)
  const running = await startSandbox({ port: 0, now: () => now, ...options })
  onTestFinished(() => running.stop())
  const { port } = running

  const send: Ask = async (path, { body, headers, ...rest } = {}) => {
    const json = body === undefined ? {} : { body: JSON.stringify(body) }
    const type = body === undefined ? {} : { 'Content-Type': 'application/json' }
    const answer = await ask(port, path, { ...rest, ...json, headers: { ...type, ...headers } })
    return { ...answer, json: parsed(answer) }
  }
  const control: Ask = (path, rest) => send(`/_control${path}`, rest)
  return {
    port,
    wait: ms => {
      now += ms
    },
    control,
    api: (token, path, rest = {}) =>
      send(`/spi/v3${path}`, {
        host: 'larkfield',
        ...rest,
        headers: { Authorization: `Bearer ${token}`, ...rest.headers },
      }),
    async token(account, wish = {}) {
      const { json } = await control(`/accounts/${account}/tokens`, { method: 'POST', body: wish })
      return z.object({ id: z.string(), token: z.string() }).parse(json)
    },
    async set(switches) {
      const { status, text } = await control('/switches', { method: 'PATCH', body: switches })
      if (status !== 200) throw new Error(text)
    },
    ledger: async () =>
      z.object({ entries: z.array(entrySchema) }).parse((await control('/ledger')).json).entries,
    stop: () => running.stop(),
  }
}

function parsed(answer: Answer): unknown {
  return /json/.test(answer.headers['content-type'] ?? '') ? JSON.parse(answer.text) : undefined
}
