import { sqlClient } from '#lib/db/client.ts'
import { begin, beginAgain, type Connected, connected, countOf, rowsOf } from './connected.ts'
import { startWorkers, type Worker } from './processes.ts'
import type { Fault, Seen, Stage } from './table.ts'
import { passSteps } from './time.ts'

const connections = 5_000
const processes = 2
/** Four in flight a process, and no other limit at the token endpoint. */
const bucket = processes * 4
/** So long the server takes for an answer. */
const answerMs = 150
const outageSeconds = 3 * 3600

/** F-28: thousands of connections are due at the same moment; then nobody is served for three hours. */
export const sameExpiry: Fault = {
  id: 'F-28',
  onlyLong: true,
  run: async stage => {
    await begin(stage)
    const partner = await connected(stage, connections)
    const workers = await startWorkers(processes)
    try {
      return [await together(stage, partner, workers), await afterOutage(stage, partner, workers)]
    } finally {
      await Promise.all(workers.map(worker => worker.kill()))
    }
  },
}

/** All are due, with a tenth of their life left. */
const dueTogether = ({ app }: Connected) =>
  sqlClient()`update connections set refresh_due_at = now(), access_expires_at = now() + interval '720 seconds'
    where oauth_app_id = ${app.row.id} and status = 'active'`

const all = (workers: Worker[]) => Promise.all(workers.map(worker => worker.ask('refreshDue', undefined)))

async function together(stage: Stage, partner: Connected, workers: Worker[]): Promise<Seen> {
  const { made } = partner
  await dueTogether(partner)
  const herd = await servedAt(stage, made, workers)
  const late = (await rowsOf(made)).filter(
    ({ refreshedAt }) => (refreshedAt?.getTime() ?? Number.POSITIVE_INFINITY) > herd.started + 720_000,
  ).length
  return {
    runs: connections,
    asked: `due at once, ${bucket} in flight: within 1.2 of what that allows, busiest 10 s at most twice the mean, nobody expires unserved`,
    seen: `${herd.text}, ${late} unserved`,
    holds: herd.holds && late === 0,
  }
}

async function afterOutage(stage: Stage, partner: Connected, workers: Worker[]): Promise<Seen> {
  await beginAgain(stage)
  const { made } = partner
  await dueTogether(partner)
  await stage.sandbox.fault('/oauth/token', { kind: 'status', status: 503 }, null)
  await all(workers)
  await passSteps(outageSeconds, 300, async () => void (await all(workers)))
  const during = (await stage.sandbox.tokenRequests()).length
  await stage.sandbox.heal()
  // The app's next try is within five minutes.
  await passSteps(360, 60, async () => {})
  const herd = await servedAt(stage, made, workers)
  const dead = await countOf(made, 'needs_reauth')
  return {
    runs: connections,
    asked:
      'then down for 3 h (scaled): 0 needs_reauth, afterwards all fresh within 1.2 of what the bucket allows',
    seen: `${during} requests meanwhile, ${dead} needs_reauth, ${herd.text}`,
    holds: herd.holds && dead === 0,
  }
}

/** Has everybody served who is due, and measures how. */
async function servedAt(stage: Stage, made: Connected['made'], workers: Worker[]) {
  await stage.sandbox.control('/ledger', 'DELETE')
  await stage.sandbox.fault('/oauth/token', { kind: 'delay', ms: answerMs }, null)
  const started = Date.now()
  const due = async () =>
    (await rowsOf(made)).filter(row => row.refreshDueAt !== null && row.refreshDueAt.getTime() <= Date.now())
      .length
  // Each process goes on by itself, as its queue would have it.
  const loop = async (worker: Worker) => {
    while ((await due()) > 0 && Date.now() - started < 600_000) await worker.ask('refreshDue', undefined)
  }
  await Promise.all(workers.map(loop))
  const moments = await stage.sandbox.tokenRequests()
  const seconds = (Math.max(...moments) - Math.min(...moments) + answerMs) / 1000
  const best = (made.length * answerMs) / 1000 / bucket
  const scatter = busiest(moments)
  return {
    started,
    text: `${seconds.toFixed(0)} s (best ${best.toFixed(0)} s), busiest 10 s ${scatter.toFixed(2)} of the mean, ${moments.length} requests`,
    holds: seconds <= best * 1.2 && scatter <= 2,
  }
}

/** How the busiest ten seconds compare with the mean of all. */
function busiest(moments: number[]): number {
  const from = Math.min(...moments)
  const windows: number[] = []
  for (const moment of moments) {
    const at = Math.floor((moment - from) / 10_000)
    windows[at] = (windows[at] ?? 0) + 1
  }
  const span = (Math.max(...moments) - from) / 10_000
  return Math.max(...windows.map(count => count ?? 0)) / (moments.length / Math.max(1, span))
}
