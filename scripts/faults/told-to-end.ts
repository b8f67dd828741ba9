import { setTimeout as sleep } from 'node:timers/promises'
import { db } from '#lib/db/client.ts'
import { sendTask } from '#lib/queue/send.ts'
import { begin, connected, countOf, expireAll, rowsOf } from './connected.ts'
import { startQueueWorker } from './queue-worker.ts'
import type { Fault, Stage } from './table.ts'

const count = 4
const runs = 5

/** F-25: SIGTERM while tokens are being refreshed. The servers' half is `rolling-deploy.ts`. */
export const toldToEnd: Fault = {
  id: 'F-25',
  onlyLong: true,
  run: async stage => {
    let slowest = 0
    let fresh = 0
    let dead = 0
    let requests = 0
    for (let run = 0; run < runs; run++) {
      const seen = await ended(stage)
      slowest = Math.max(slowest, seen.ms)
      fresh += seen.fresh
      dead += seen.dead
      requests += seen.requests
    }
    const wanted = runs * count
    return [
      {
        runs,
        asked: `SIGTERM while ${count} refreshes wait for a slow server, strict: all end well with one request each, gone within 30 s, 0 needs_reauth`,
        seen: `${fresh} of ${wanted} fresh, ${requests} requests, slowest ${(slowest / 1000).toFixed(1)} s, ${dead} needs_reauth`,
        holds: fresh === wanted && requests === wanted && slowest <= 30_000 && dead === 0,
      },
    ]
  },
}

async function ended(stage: Stage) {
  await begin(stage, { refreshRotation: 'immediate', reuseRevokesFamily: true })
  const { made } = await connected(stage, count)
  await expireAll(stage, made)
  await stage.sandbox.fault('/oauth/token', { kind: 'delay', ms: 4_000 }, null)
  const worker = await startQueueWorker()
  await sendTask(db(), 'refresh-due', {})
  const leased = async () => (await rowsOf(made)).filter(({ refreshLease }) => refreshLease !== null).length
  for (let turn = 0; turn < 600 && (await leased()) < count; turn++) await sleep(50)
  const { ms } = await worker.end()
  const rows = await rowsOf(made)
  return {
    ms,
    fresh: rows.filter(({ version }) => version === 2).length,
    dead: await countOf(made, 'needs_reauth'),
    requests: (await stage.sandbox.tokenRequests()).length,
  }
}
