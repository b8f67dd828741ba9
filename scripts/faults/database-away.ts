import { setTimeout as sleep } from 'node:timers/promises'
import { begin, connected, countOf, expireAll, rowsOf } from './connected.ts'
import { startWorker } from './processes.ts'
import { relayTo } from './relay.ts'
import type { Fault, Size, Stage } from './table.ts'
import { use } from './verbs.ts'

/** As many as refresh at a time in a process. */
const count = 4

/** F-05: the database goes away between the answer and its write. */
export const databaseAway: Fault = {
  id: 'F-05',
  run: async (stage, size) => [await away(stage, size)],
}

async function away(stage: Stage, size: Size) {
  const seconds = size === 'short' ? 2 : 60
  const direct = new URL(process.env.DATABASE_URL ?? '')
  const relay = await relayTo(direct.hostname, Number(direct.port))
  const through = Object.assign(new URL(direct.href), { hostname: '127.0.0.1', port: String(relay.port) })
  const worker = await startWorker({ DATABASE_URL: through.href })
  try {
    // Nothing is forgiven: a pair that is not kept is a grant that is lost.
    await begin(stage, { refreshRotation: 'immediate', reuseRevokesFamily: true })
    const { made, ids } = await connected(stage, count)
    await expireAll(stage, made)
    await worker.ask('holdAt', 'refresh_answered')
    const refreshing = made.map(({ of }) => worker.ask('refresh', { of, version: 1 }))
    await worker.ask('held', count)
    relay.cut()
    await worker.ask('goOn', undefined)
    await sleep(seconds * 1000)
    const early = (await rowsOf(made)).filter(({ version }) => version !== 1).length
    const usedEarly = await stage.sandbox.apiRequests()
    relay.mend()
    const kinds = (await Promise.all(refreshing)).map(({ kind }) => kind)
    const kept = (await rowsOf(made)).filter(({ version }) => version === 2).length
    const works: unknown[] = []
    for (const id of ids) works.push(await use(id))
    const working = works.filter(items => typeof items === 'number').length
    const requests = (await stage.sandbox.tokenRequests()).length
    return {
      runs: count,
      asked: `database away for ${seconds} s between answer and write, strict: all kept when it is back, none used before, no second request`,
      seen: `${kept} of ${count} kept, ${working} work, ${early + usedEarly} before, ${requests} requests, ${kinds.filter(kind => kind === 'fresh').length} callers served, ${await countOf(made, 'needs_reauth')} needs_reauth`,
      holds: kept === count && working === count && early + usedEarly === 0 && requests === count,
    }
  } finally {
    await worker.kill()
    await relay.stop()
  }
}
