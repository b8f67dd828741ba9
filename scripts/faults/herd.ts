import { begin, connected, countOf, expireAll, rowsOf } from './connected.ts'
import { startWorkers } from './processes.ts'
import type { Fault } from './table.ts'
import { use } from './verbs.ts'

/** F-01: many processes want fresh tokens of the same connections at the same moment, of a server that forgives nothing. */
export const herd: Fault = {
  id: 'F-01',
  run: async (stage, size) => {
    const [processes, count, rounds] = size === 'short' ? [2, 5, 2] : [32, 20, 50]
    await begin(stage, { refreshRotation: 'immediate', reuseRevokesFamily: true })
    const { app, made, ids } = await connected(stage, count)
    const workers = await startWorkers(processes, { DATABASE_POOL: '2' })
    let slowest = 0
    let unserved = 0
    for (let version = 1; version <= rounds; version++) {
      await expireAll(stage, made)
      const asked = workers.flatMap(worker =>
        made.map(async ({ of }) => ({
          ...(await worker.ask('refresh', { of, version })),
          id: of.connectionId,
        })),
      )
      const served = await Promise.all(asked)
      const committed = new Map((await rowsOf(made)).map(row => [row.id, row.refreshedAt?.getTime() ?? 0]))
      unserved += served.filter(({ kind }) => kind !== 'fresh').length
      for (const { id, at } of served) slowest = Math.max(slowest, at - (committed.get(id) ?? 0))
    }
    await Promise.all(workers.map(worker => worker.kill()))
    const requests = (await stage.sandbox.tokenRequests()).length
    const revoked = count - (await stage.sandbox.livingGrants(app.clientId))
    const works: unknown[] = []
    for (const id of ids) works.push(await use(id))
    const dead = works.filter(items => typeof items !== 'number').length
    const flagged = await countOf(made, 'needs_reauth')
    const wanted = count * rounds
    return [
      {
        runs: rounds,
        asked: `${processes} processes, ${count} connections, ${rounds} rounds, strict: ${wanted} token requests, 0 families revoked, everybody served within 2 s of the commit`,
        seen: `${requests} requests, ${revoked} revoked, ${flagged} needs_reauth, ${dead} do not work, ${unserved} unserved, slowest ${slowest} ms`,
        holds: requests === wanted && revoked + flagged + dead + unserved === 0 && slowest <= 2_000,
      },
    ]
  },
}
