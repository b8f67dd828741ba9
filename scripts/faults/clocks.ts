import { setTimeout as sleep } from 'node:timers/promises'
import { begin, connected, countOf, expireAll, rowsOf } from './connected.ts'
import { startWorker, type Worker } from './processes.ts'
import type { Fault, Stage } from './table.ts'

/** How wrong a process's clock may be, in seconds. The hour is summer time on a clock that was set by hand, the second a leap second. */
const skews = [600, -600, -3_600, 86_400, 3_600, -1]
const count = 4

/** F-11: the clock of a process is wrong, or jumps while a token is being fetched. */
export const clocks: Fault = {
  id: 'F-11',
  run: async (stage, size) => {
    const worker = await startWorker()
    const odd: string[] = []
    const tried = size === 'short' ? [-3_600] : skews
    for (const skew of tried) {
      const wrong = await withClock(stage, worker, skew * 1000)
      if (wrong) odd.push(`${skew} s: ${wrong}`)
    }
    await worker.kill()
    return [
      {
        runs: tried.length * count,
        asked:
          'clock wrong by ±10 min, −1 h, +1 day, an hour, a second, and jumping meanwhile: one request each and none after it, all work, no lease left',
        seen: odd.length === 0 ? 'so it was' : odd.join('; '),
        holds: odd.length === 0,
      },
    ]
  },
}

async function withClock(stage: Stage, worker: Worker, skewMs: number): Promise<string | undefined> {
  await begin(stage)
  const { made, ids } = await connected(stage, count)
  await expireAll(stage, made)
  await worker.ask('skew', 0)
  await stage.sandbox.fault('/oauth/token', { kind: 'delay', ms: 200 }, null)
  const first = ids.map(id => worker.ask('use', id))
  await sleep(100)
  await worker.ask('skew', skewMs)
  const works = await Promise.all(first)
  for (let turn = 0; turn < 3; turn++) {
    for (const id of ids) works.push(await worker.ask('use', id))
    await worker.ask('refreshDue', undefined)
  }
  const requests = (await stage.sandbox.tokenRequests()).length
  const failed = works.filter(items => typeof items !== 'number')
  const leases = (await rowsOf(made)).filter(({ refreshLease }) => refreshLease !== null).length
  const dead = await countOf(made, 'needs_reauth')
  if (requests === count && failed.length + leases + dead === 0) return undefined
  return `${requests} requests, ${failed.length} failed (${failed[0]}), ${leases} leases, ${dead} needs_reauth`
}
