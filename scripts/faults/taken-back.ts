import { setTimeout as sleep } from 'node:timers/promises'
import { and, eq } from 'drizzle-orm'
import { db } from '#lib/db/client.ts'
import { mails, notices } from '#lib/db/schema/index.ts'
import { newGrant } from '#lib/oauth/testing.ts'
import { begin, connected, countOf, told } from './connected.ts'
import { startQueueWorker } from './queue-worker.ts'
import type { Fault } from './table.ts'
import { reconnected, use } from './verbs.ts'

const count = 3

/** F-13, without the sync: the customer takes the grant back at the ATS. */
export const takenBack: Fault = {
  id: 'F-13',
  onlyLong: true,
  run: async stage => {
    await begin(stage)
    const { owner, app, made, ids } = await connected(stage, count)
    const worker = await startQueueWorker()
    await stage.sandbox.control(`/oauth/grants/${made[0]?.grantId}/revoke`, 'POST', {})
    const started = Date.now()
    for (const id of ids) await use(id)
    while ((await countOf(made, 'needs_reauth')) < count && Date.now() - started < 90_000) await sleep(500)
    const seconds = (Date.now() - started) / 1000
    // Whoever uses it again tells nobody again.
    for (const id of ids) await use(id)
    await sleep(5_000)
    const events = await Promise.all(ids.map(id => told(id, 'connection.needs_reauth')))
    const sent = await db().$count(
      mails,
      and(eq(mails.workspaceId, owner.workspaceId), eq(mails.kind, 'needs_reauth')),
    )
    const shown = await db().$count(notices, eq(notices.workspaceId, owner.workspaceId))
    for (const connectionId of ids) {
      await reconnected({
        actor: owner,
        connectionId,
        appId: app.row.id,
        grant: await newGrant(stage.sandbox, app.clientId),
      })
    }
    const works: unknown[] = []
    for (const id of ids) works.push(await use(id))
    const working = works.filter(items => typeof items === 'number').length
    await worker.kill()
    return [
      {
        runs: count,
        asked:
          'taken back over there: needs_reauth within 60 s of the next use, one event and one mail each, and after Reconnect it works',
        seen: `${seconds.toFixed(0)} s, ${events.join('+')} events, ${sent} mails, ${shown} notices, ${working} work again`,
        holds: seconds <= 60 && events.every(n => n === 1) && sent === count && working === count,
      },
    ]
  },
}
