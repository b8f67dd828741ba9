import { setTimeout as sleep } from 'node:timers/promises'
import { inArray } from 'drizzle-orm'
import { db } from '#lib/db/client.ts'
import { linkSessions } from '#lib/db/schema/index.ts'
import { sendTask } from '#lib/queue/send.ts'
import { root } from '../checks/check.ts'
import { buildIfChanged } from '../start/build.ts'
import { type Balancer, startBalancer } from './balancer.ts'
import { begin, connected, expireAll, type Made, rowsOf } from './connected.ts'
import { type Form, type Load, startLoad } from './load.ts'
import { newPeople } from './people.ts'
import { startQueueWorker } from './queue-worker.ts'
import { type ServerProcess, startServer } from './server-process.ts'
import type { Fault, Seen, Stage } from './table.ts'

const servers = 3
const people = 4
const linksEach = 3
/** More than two workers refresh before the old one has to be gone. */
const herd = 120
const tokenDelayMs = 4_000

/**
 * F-25: a new version comes, process by process, while people are at work and tokens are being refreshed by servers and workers. Taken out
 * with: `sleep(openForMs)` in `lib/door/leave.ts` (hundreds are refused), or `isStopping()` in `lib/connections/refresh-due.ts` together
 * with `hasTimeFor` in `lib/connections/refresh.ts` (four sign-ins die).
 */
export const rollingDeploy: Fault = {
  id: 'F-25',
  onlyLong: true,
  run: async stage => {
    await buildIfChanged(root)
    await begin(stage, { refreshRotation: 'immediate', reuseRevokesFamily: true })
    const balancer = await startBalancer()
    try {
      return await deployed(stage, balancer)
    } finally {
      await balancer.stop()
    }
  },
}

async function deployed(stage: Stage, balancer: Balancer): Promise<Seen[]> {
  const everybody = await newPeople(stage, people, linksEach)
  const { made: due } = await connected(stage, herd)
  const made = [...due, ...everybody.flatMap(({ linked }) => linked.map(({ of }) => of))]
  const worker = await startQueueWorker()
  const first: ServerProcess[] = []
  for (let n = 0; n < servers; n++) first.push(await startBehind(balancer))
  while (balancer.inUse() < servers) await sleep(100)

  await stage.sandbox.fault('/oauth/token', { kind: 'delay', ms: tokenDelayMs }, null)
  const began = performance.now()
  const { stop } = startLoad(stage, everybody, balancer.origin)
  await sleep(2_000)
  const ended: Awaited<ReturnType<ServerProcess['end']>>[] = []
  const rollServers = async (some: readonly ServerProcess[]) => {
    for (const server of some) {
      await startBehind(balancer)
      ended.push(await server.end())
    }
  }
  await rollServers(first.slice(0, 1))
  const [next, workerEnd] = await rollWorker(stage, worker, due)
  await rollServers(first.slice(1))
  await sleep(2_000)
  const load = await stop()
  const seconds = (performance.now() - began) / 1000
  await stage.sandbox.heal()
  const refreshes = await allFresh(stage, made)
  await next.kill()
  return [
    carriedLine(balancer, load, seconds),
    endedLine(ended, workerEnd),
    await formsLine(load.forms),
    refreshesLine({ ...refreshes, atEnd: workerEnd.leases }),
  ]
}

async function startBehind(balancer: Balancer): Promise<ServerProcess> {
  const server = await startServer(balancer.origin)
  balancer.add(server.port)
  return server
}

type QueueWorker = Awaited<ReturnType<typeof startQueueWorker>>

/** The old one is told to end with a herd before it and as many token requests under way as there may be; the next one is there. */
async function rollWorker(stage: Stage, old: QueueWorker, due: readonly Made[]) {
  await expireAll(stage, due)
  await sendTask(db(), 'refresh-due', {})
  while ((await leasesOf(due)) < 4) await sleep(50)
  const next = await startQueueWorker()
  const leases = await leasesOf(due)
  return [next, { ...(await old.end()), leases }] as const
}

const leasesOf = async (made: readonly Made[]): Promise<number> =>
  (await rowsOf(made)).filter(({ refreshLease }) => refreshLease !== null).length

type Row = Awaited<ReturnType<typeof rowsOf>>[number]

/** Waits, not for ever, until nothing is due any more; how it ended. */
async function allFresh(stage: Stage, made: readonly Made[]) {
  const isFresh = ({ refreshDueAt, refreshLease, refreshProblem }: Row) =>
    !refreshLease && !refreshProblem && refreshDueAt && refreshDueAt > new Date()
  const isDone = async () => (await rowsOf(made)).every(isFresh)
  for (let n = 0; n < 120 && !(await isDone()); n++) {
    await sendTask(db(), 'refresh-due', {})
    await sleep(500)
  }
  const rows = await rowsOf(made)
  return {
    refreshed: rows.reduce((sum, { version }) => sum + version - 1, 0),
    requests: (await stage.sandbox.tokenRequests()).length,
    late: rows.filter(row => !isFresh(row)).length,
    dead: rows.filter(({ status }) => status === 'needs_reauth').length,
    leases: await leasesOf(made),
  }
}

function carriedLine({ carried }: Balancer, { answers, odd }: Load, seconds: number): Seen {
  const wrong = [...carried.wrong, ...odd]
  return {
    runs: servers,
    asked: `${servers} servers replaced one after the other and a worker between, under load, behind a balancer that tries nothing twice: 0 x 5xx, each request answered`,
    seen: `${carried.requests} requests in ${seconds.toFixed(0)} s, ${answers} answers, ${wrong.length} odd${wrong.length > 0 ? `, such as ${wrong.slice(0, 3).join('; ')}` : ''}`,
    holds: wrong.length === 0 && carried.requests === answers && answers > 500,
  }
}

type ServerEnd = Awaited<ReturnType<ServerProcess['end']>>

function endedLine(ends: readonly ServerEnd[], worker: Awaited<ReturnType<QueueWorker['end']>>): Seen {
  const off = Math.max(...ends.map(({ offMs }) => offMs))
  const gone = Math.max(...ends.map(({ ms }) => ms))
  const codes = [...ends, worker].map(({ code }) => code)
  return {
    runs: ends.length + 1,
    asked: 'SIGTERM: readiness off within 1 s, gone within 30 s, with 0',
    seen: `off after ${off.toFixed(0)} ms, servers gone after ${inSeconds(gone)}, the worker after ${inSeconds(worker.ms)}, with ${codes.join(', ')}`,
    holds:
      ends.length === servers &&
      off <= 1_000 &&
      Math.max(gone, worker.ms) <= 30_000 &&
      codes.every(code => code === 0),
  }
}

const inSeconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`

async function formsLine(forms: readonly Form[]): Promise<Seen> {
  const sessions = [...new Set(forms.map(({ session }) => session))]
  const rows = await db().select().from(linkSessions).where(inArray(linkSessions.id, sessions))
  const kept = new Map(rows.map(({ id, answers }) => [id, answers]))
  const found = forms.filter(({ session, answers }) => {
    const row: Record<string, unknown> | undefined = kept.get(session)
    return row && Object.entries(answers).every(([name, value]) => row[name] === value)
  }).length
  return {
    runs: forms.length,
    asked: 'every form of the wizard that was answered 303 is in the database',
    seen: `${found} of ${forms.length} are`,
    holds: found === forms.length && forms.length > 100,
  }
}

function refreshesLine(seen: Awaited<ReturnType<typeof allFresh>> & { atEnd: number }): Seen {
  const { refreshed, requests, late, dead, leases, atEnd } = seen
  return {
    runs: refreshed,
    asked: `refreshes by servers and workers meanwhile, ${tokenDelayMs / 1000} s each, strict: each with one request, 0 needs_reauth, no lease left`,
    seen: `${refreshed} refreshed, ${requests} requests, ${atEnd} under way when the worker was told to end; ${dead} needs_reauth, ${leases} leases, ${late} late`,
    holds: refreshed > herd && requests === refreshed && atEnd > 0 && late + dead + leases === 0,
  }
}
