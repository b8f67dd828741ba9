import { get } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import type { Env } from '../../lib/env.ts'

const readiness = z.object({
  ready: z.boolean(),
  parts: z.array(z.object({ part: z.string(), ok: z.boolean() })),
})

/** Waits until everything answers, `patienceMs` at most. Gives the names of what does not. */
export async function waitUntilReady(env: Pick<Env, 'HOST' | 'PORT'>, patienceMs: number): Promise<string[]> {
  let missing = ['server']
  for (const until = Date.now() + patienceMs; Date.now() < until; await sleep(50)) {
    const parsed = readiness.safeParse(await ask(env))
    if (!parsed.success) continue
    missing = parsed.data.parts.filter(({ ok }) => !ok).map(({ part }) => part)
    if (missing.length === 0) break
  }
  return missing
}

function ask({ HOST, PORT }: Pick<Env, 'HOST' | 'PORT'>): Promise<unknown> {
  const host = HOST === '0.0.0.0' || HOST === '::' ? '127.0.0.1' : HOST
  return new Promise(resolve => {
    const request = get({ host, port: PORT, path: '/api/health/ready', timeout: 2_000 }, response => {
      let body = ''
      response.on('data', chunk => {
        body += String(chunk)
      })
      response.on('end', () => resolve(parse(body)))
    })
    request.on('timeout', () => request.destroy())
    request.on('error', () => resolve(undefined))
  })
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
