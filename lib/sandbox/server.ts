import { once } from 'node:events'
import {
  createAdaptorServer,
  type Http2Bindings,
  type HttpBindings,
  type ServerType,
} from '@hono/node-server'
import { answerer } from './answer.ts'
import { openSessions } from './back-office/sessions.ts'
import { openFaultBook } from './faults.ts'
import { originOf } from './hosts.ts'
import { openLedger } from './ledger.ts'
import { type BundledApp, registerBundledApp } from './oauth/bundled-app.ts'
import { openTallies } from './oauth/tallies.ts'
import { openVisitors } from './oauth/visitors.ts'
import { rateLimiter } from './rate-limit.ts'
import type { Sandbox } from './sandbox.ts'
import { seededState } from './seed/seed.ts'
import { fileStore, memoryStore } from './store.ts'

/** The seed of a sandbox that is told none. */
export const defaultSeed = 'larkfield'

/** A sandbox that runs. */
export type RunningSandbox = {
  port: number
  /** The base host's: `http://workable.localhost:<port>`. */
  origin: string
  /** Where the state of last time was put, if it could not be read. */
  setAside: string | null
  /** Saves the state and closes every connection. */
  stop(): Promise<void>
}

/**
 * Starts a sandbox on 127.0.0.1, and on ::1 where there is one.
 * @param options.port 0 for any that is free
 * @param options.dir where the state is kept over a restart; absent: in memory only
 * @param options.seed decides the test data of a state that is new
 * @param options.oauthApp a partner's app that is registered from the start
 * @param options.now ms since 1970; for tests
 * @throws where the port is taken, or `dir` cannot be written
 */
export async function startSandbox(options: {
  port: number
  dir?: string
  seed?: string
  oauthApp?: BundledApp
  now?: () => number
}): Promise<RunningSandbox> {
  const now = options.now ?? Date.now
  const store = options.dir === undefined ? memoryStore : fileStore(options.dir)
  const { state: saved, setAside } = store.load()
  const state = saved ?? seededState(options.seed ?? defaultSeed, now())
  const bundledApp = options.oauthApp ?? null
  if (bundledApp !== null) registerBundledApp(state, bundledApp, now())
  const sandbox: Sandbox = {
    state,
    port: options.port,
    now,
    ledger: openLedger(),
    faults: openFaultBook(),
    limiter: rateLimiter(),
    sessions: openSessions(),
    visitors: openVisitors(),
    tallies: openTallies(),
    bundledApp,
    touched: () => store.schedule(() => sandbox.state),
  }
  sandbox.touched()
  const answer = answerer(sandbox)
  const fetch = (request: Request, env: HttpBindings | Http2Bindings) => {
    if (!isHttp1(env)) throw new Error('The sandbox speaks HTTP/1.1 only')
    return answer(request, env)
  }
  const serverAt = (hostname: string) =>
    listen(createAdaptorServer({ fetch, hostname }), sandbox.port, hostname)
  const first = await serverAt('127.0.0.1')
  sandbox.port = portOf(first)
  const second = await serverAt('::1').catch(() => null)
  const servers = second === null ? [first] : [first, second]
  return {
    port: sandbox.port,
    origin: originOf(sandbox.port),
    setAside,
    async stop() {
      store.flush()
      await Promise.all(servers.map(close))
      store.flush()
    },
  }
}

function isHttp1(env: HttpBindings | Http2Bindings): env is HttpBindings {
  return 'headersDistinct' in env.incoming
}

async function listen(server: ServerType, port: number, hostname: string): Promise<ServerType> {
  server.listen(port, hostname)
  await once(server, 'listening')
  return server
}

function portOf(server: ServerType): number {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The sandbox listens on no port')
  return address.port
}

async function close(server: ServerType): Promise<void> {
  const closed = once(server, 'close')
  server.close()
  if ('closeAllConnections' in server) server.closeAllConnections()
  await closed
}
