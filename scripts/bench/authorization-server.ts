import { randomBytes } from 'node:crypto'
import http from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'

/** An authorization server that says yes to everything after `delay` milliseconds, and knows how long it took. */
export type YesServer = {
  /** As `SANDBOX_ORIGIN`: it answers on every host below it. */
  origin: string
  port: number
  delay: number
  /** Requests and milliseconds spent on them since the last `take`. */
  take(): { requests: number; milliseconds: number }
  stop(): Promise<void>
}

/** Starts it on a free port of the loopback address. Nothing stands between us and what is measured but what is ours. */
export async function startYesServer(): Promise<YesServer> {
  const spent = { requests: 0, milliseconds: 0 }
  const server = http.createServer(async (request, response) => {
    const began = performance.now()
    for await (const _ of request);
    if (yes.delay > 0) await sleep(yes.delay)
    response.writeHead(200, { 'content-type': 'application/json' }).end(tokens())
    spent.requests++
    spent.milliseconds += performance.now() - began
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const yes: YesServer = {
    origin: `http://workable.localhost:${port}`,
    port,
    delay: 0,
    take: () => {
      const taken = { ...spent }
      Object.assign(spent, { requests: 0, milliseconds: 0 })
      return taken
    },
    stop: async () => {
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    },
  }
  return yes
}

const token = () => randomBytes(32).toString('base64url')

const tokens = (): string =>
  JSON.stringify({
    access_token: token(),
    refresh_token: token(),
    token_type: 'bearer',
    expires_in: 7200,
    scope: 'r_jobs r_candidates',
  })
