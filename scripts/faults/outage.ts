import { refreshDue } from '#lib/connections/refresh-due.ts'
import { sqlClient } from '#lib/db/client.ts'
import { begin, connected, countOf, expireAll, rowsOf } from './connected.ts'
import type { Fault } from './table.ts'
import { passSteps } from './time.ts'

const outageSeconds = 600
/** Twice the margin: a tenth to a quarter of two hours is left when a refresh is due. */
const twiceTheMargin = 2 * 0.1 * 7200

/** F-06: the token endpoint answers 503 for ten minutes. */
export const outage: Fault = {
  id: 'F-06',
  run: async (stage, size) => {
    const count = size === 'short' ? 8 : 200
    const step = size === 'short' ? 30 : 5
    await begin(stage)
    const { made } = await connected(stage, count)
    await expireAll(stage, made)
    await stage.sandbox.fault('/oauth/token', { kind: 'status', status: 503 }, null)
    await refreshDue()
    await passSteps(outageSeconds, step, async () => void (await refreshDue()))
    const requests = (await stage.sandbox.tokenRequests()).length
    const most = Math.max(...(await triesEach(made.map(({ id }) => id))))
    const dead = await countOf(made, 'needs_reauth')
    await stage.sandbox.heal()
    let recovered = Number.POSITIVE_INFINITY
    await passSteps(twiceTheMargin, 60, async passed => {
      if (Number.isFinite(recovered)) return
      await refreshDue()
      const rows = await rowsOf(made)
      if (rows.every(({ version }) => version === 2)) recovered = passed
    })
    return [
      {
        runs: count,
        asked: `10 min of 503 (scaled: steps of ${step} s): 0 needs_reauth, at most 8 requests each, all fresh within ${twiceTheMargin} s after it`,
        seen: `${dead} needs_reauth, at most ${most} requests each (${requests} in all), all fresh after ${recovered} s`,
        holds: dead === 0 && most <= 8 && recovered <= twiceTheMargin,
      },
    ]
  },
}

async function triesEach(ids: string[]): Promise<number[]> {
  const rows =
    await sqlClient()`select count(*)::int as n from refreshes where connection_id = any(${ids}::uuid[]) group by connection_id`
  return rows.map(({ n }) => n)
}
