import net from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { sqlClient } from '#lib/db/client.ts'
import { begin, connected, expireAll, rowsOf } from './connected.ts'
import { startWorker } from './processes.ts'
import type { Fault, Seen, Stage } from './table.ts'

/** What a timer and a busy machine add to a limit. */
const more = 2_000
const limits = { token: 30_000 + more, api: 15_000 + more }

/** F-08: a server that does not answer properly, or is not there. */
export const slowNeighbours: Fault = {
  id: 'F-08',
  onlyLong: true,
  run: async stage => {
    const blackhole = await listening(() => {})
    const resetting = await listening(socket => socket.resetAndDestroy())
    const places = {
      'a black hole': `http://workable.localhost:${blackhole.port}`,
      'a name that nobody has': 'http://workable.invalid:4010',
      'a TLS handshake that is reset': `https://workable.localhost:${resetting.port}`,
    }
    await begin(stage)
    const tried = Object.entries(places).map(([name, origin]) => gone(stage, name, origin))
    const lines = [...(await Promise.all(tried)), await slow(stage)]
    await Promise.all([blackhole.stop(), resetting.stop()])
    return lines
  },
}

/** The server as a whole is not to be reached. */
async function gone(stage: Stage, name: string, origin: string): Promise<Seen> {
  const { made, ids } = await connected(stage, 2)
  const [fresh, old] = made
  await sqlClient()`update connections set refresh_failures = 2 where id = any(${ids}::uuid[])`
  const worker = await startWorker({ SANDBOX_ORIGIN: origin })
  const before = await worker.ask('sockets', undefined)
  const api = await timed(() => worker.ask('use', fresh?.id ?? ''))
  if (old) await expireOne(old.id)
  const token = await timed(() => worker.ask('refreshConnection', old?.id ?? ''))
  await sleep(500)
  const sockets = (await worker.ask('sockets', undefined)) - before
  await worker.kill()
  const rows = await rowsOf(made)
  const kept = rows.every(row => row.version === 1 && row.status === 'active' && row.refreshLease === null)
  return {
    runs: 2,
    asked: `${name}: token endpoint at most 30 s, API 15 s, nothing written, sockets ±5`,
    seen: `token ${seconds(token.ms)}, API ${seconds(api.ms)} (${api.value}), ${kept ? 'nothing written' : 'written'}, ${sockets} sockets more`,
    holds:
      token.ms <= limits.token &&
      api.ms <= limits.api &&
      typeof api.value === 'string' &&
      kept &&
      sockets <= 5,
  }
}

const expireOne = (id: string) =>
  sqlClient()`update connections set access_expires_at = now() - interval '1 minute', refresh_due_at = now() - interval '1 minute' where id = ${id}`

/** Both endpoints drip: a byte every five seconds. Another account of the same process is served meanwhile. */
async function slow(stage: Stage): Promise<Seen> {
  await begin(stage)
  const { made, ids } = await connected(stage, 4)
  const others = await connected(stage, 1)
  const [other = ''] = others.ids
  await sqlClient()`update connections set refresh_failures = 2, subdomain = 'larkfield-nl' where id = any(${ids}::uuid[])`
  const worker = await startWorker()
  const before = await worker.ask('sockets', undefined)
  const quiet = await worker.ask('p95', { id: other, times: 200 })
  await expireAll(stage, made.slice(0, 2))
  const drip = { kind: 'slow', bytes: 1, ms: 5_000 }
  await stage.sandbox.fault('/oauth/token', drip, null)
  await stage.sandbox.control('/faults', 'POST', {
    path: '/**',
    host: 'larkfield-nl.workable.localhost',
    times: null,
    fault: drip,
  })
  const dripping = Promise.all([
    ...ids.slice(0, 2).map(id => timed(() => worker.ask('refreshConnection', id))),
    ...ids.slice(2).map(id => timed(() => worker.ask('use', id))),
  ])
  await sleep(1_000)
  const meanwhile = await worker.ask('p95', { id: other, times: 200 })
  const [token = 0, , api = 0] = (await dripping).map(({ ms }) => ms)
  await stage.sandbox.heal()
  await sleep(500)
  const sockets = (await worker.ask('sockets', undefined)) - before
  await worker.kill()
  return {
    runs: 4,
    asked:
      'a byte every 5 s: token at most 30 s, API 15 s, sockets ±5, p95 of another account unchanged by 10 % (or 10 ms, what two busy cores scatter)',
    seen: `token ${seconds(token)}, API ${seconds(api)}, ${sockets} sockets more, p95 ${quiet.toFixed(1)} and ${meanwhile.toFixed(1)} ms`,
    holds:
      token <= limits.token &&
      api <= limits.api &&
      sockets <= 5 &&
      meanwhile <= Math.max(quiet * 1.1, quiet + 10),
  }
}

async function timed<T>(work: () => Promise<T>): Promise<{ ms: number; value: T }> {
  const started = performance.now()
  const value = await work()
  return { ms: performance.now() - started, value }
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`

async function listening(take: (socket: net.Socket) => void) {
  const sockets = new Set<net.Socket>()
  const server = net.createServer(socket => {
    sockets.add(socket)
    socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket))
    take(socket)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    stop: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise(resolve => server.close(resolve))
    },
  }
}
