import { setTimeout as sleep } from 'node:timers/promises'
import { refresh } from '#lib/connections/refresh.ts'
import { refreshConnection, refreshDue } from '#lib/connections/refresh-due.ts'
import { type FailpointName, setFailpoint } from '#lib/failpoint.ts'
import { revokeGrant } from '#lib/oauth/revoke.ts'
import { controlOf } from './sandbox.ts'
import { runSequences } from './states/run.ts'
import { deletedBy, p95, use } from './verbs.ts'
import { choose, comeBack, list } from './walks.ts'

/** A process that does one thing after the other, as it is told, until it is killed. */

/** The clock of this process is wrong by so many milliseconds. */
let skewMs = 0
const trueNow = Date.now
class SkewedDate extends Date {
  constructor(...given: [] | [number]) {
    if (given.length === 0) super(trueNow() + skewMs)
    else super(...given)
  }
  static override now = () => trueNow() + skewMs
}

const verbs = {
  ready: async () => {},
  skew: async (milliseconds: number) => {
    globalThis.Date = SkewedDate as DateConstructor
    skewMs = milliseconds
  },
  refresh: async (wish: Parameters<typeof refresh>[0]) => {
    const { kind } = await refresh(wish)
    return { kind, at: trueNow() }
  },
  refreshConnection: (id: string) => refreshConnection(id),
  refreshDue: () => refreshDue(),
  use: (id: string) => use(id),
  p95,
  sockets: async () => process.getActiveResourcesInfo().filter(kind => kind === 'TCPSocketWrap').length,
  delete: deletedBy,
  revoke: (id: string) => revokeGrant(id),
  comeBack,
  list,
  choose,
  sequences: ({ origin, ...how }: { origin: string; count: number; seed: number }) =>
    runSequences(controlOf(origin), how),
  holdAt: async (name: FailpointName) => holdAt(name),
  /** Resolves when so many wait at the failpoint. */
  held: async (count: number) => {
    while ((holding?.there ?? 0) < count) await sleep(10)
  },
  goOn: async () => {
    setFailpoint(undefined)
    holding?.goOn()
  },
  dieAt: async (where: { name: FailpointName; count: number }) => dieAt(where),
}

/** Whoever comes to this failpoint waits there; when so many do, the process dies by `kill -9`. */
function dieAt({ name, count }: { name: FailpointName; count: number }): void {
  let there = 0
  setFailpoint(async reached => {
    if (reached !== name) return
    there += 1
    if (there === count) process.kill(process.pid, 'SIGKILL')
    await new Promise(() => {})
  })
}

/** Whoever comes to this failpoint waits there until it goes on. */
let holding: { there: number; goOn: () => void } | undefined
function holdAt(name: FailpointName): void {
  let goOn = () => {}
  const gate = new Promise<void>(resolve => {
    goOn = resolve
  })
  const held = { there: 0, goOn }
  holding = held
  setFailpoint(async reached => {
    if (reached !== name) return
    held.there += 1
    await gate
  })
}

export type Verbs = typeof verbs

/** An order, and what came of it. */
export type Order = { id: number; verb: keyof Verbs; input: unknown }
export type Answer = { id: number; value?: unknown; error?: string }

async function obey({ id, verb, input }: Order): Promise<void> {
  const work = verbs[verb] as (given: unknown) => Promise<unknown>
  const answer = await work(input).then(
    value => ({ id, value }),
    (error: unknown) => ({ id, error: error instanceof Error ? error.message : String(error) }),
  )
  process.send?.(answer satisfies Answer)
}

process.on('message', (order: Order) => void obey(order))
// The parent is gone: nobody gives orders any more.
process.on('disconnect', () => process.exit(0))
