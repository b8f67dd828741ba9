import { setTimeout as sleep } from 'node:timers/promises'
import { refreshDue } from '#lib/connections/refresh-due.ts'
import { begin, connected, countOf, expireAll, rowsOf, triesOfLastRefresh } from './connected.ts'
import type { Fault, Seen, Size, Stage } from './table.ts'
import { use } from './verbs.ts'

/** F-02: the answer is lost after the server has rotated. */
export const lostAnswers: Fault = {
  id: 'F-02',
  run: async (stage, size) => [
    await lose(stage, size, 'on_use'),
    await lose(stage, size, 'grace'),
    await lose(stage, size, 'none'),
  ],
}

async function lose(stage: Stage, size: Size, refreshRotation: string): Promise<Seen> {
  const [count, rounds] = size === 'short' ? [10, 1] : [60, 5]
  await begin(stage, { refreshRotation, refreshGraceSeconds: 5 })
  const { made, ids } = await connected(stage, count)
  let most = 0
  let lost = 0
  for (let round = 1; round <= rounds; round++) {
    await expireAll(stage, made)
    await stage.sandbox.control('/ledger', 'DELETE')
    await stage.sandbox.heal()
    // One in ten, at other places each time.
    for (let n = 0; n < count / 10; n++) {
      const after = Math.floor(Math.random() * count * 0.95)
      await stage.sandbox.fault('/oauth/token', { kind: 'drop', acted: true }, 1, after)
    }
    await refreshDue()
    // Who lost three of them waits for the task that comes five seconds later.
    if ((await rowsOf(made)).some(({ version }) => version === round)) {
      await sleep(6_000)
      await refreshDue()
    }
    lost += count / 10
    most = Math.max(most, ...(await triesOfLastRefresh(made)))
  }
  const rows = await rowsOf(made)
  const fresh = rows.filter(row => row.version === rounds + 1 && row.status === 'active').length
  const works: unknown[] = []
  for (const id of ids.slice(0, 20)) works.push(await use(id))
  const working = works.filter(items => typeof items === 'number').length
  return {
    runs: count * rounds,
    asked: `${refreshRotation}${refreshRotation === 'grace' ? ' 5 s' : ''}, 10 % of the answers lost: all recover unaided, at most 3 requests each`,
    seen: `${fresh} of ${count} fresh, ${await countOf(made, 'needs_reauth')} needs_reauth, ${working} of ${works.length} tried work, at most ${most} requests, ${lost} lost`,
    holds: fresh === count && working === works.length && most <= 3,
  }
}
