import { and, eq, sql } from 'drizzle-orm'
import { z } from 'zod'
import { freshStart } from '#lib/connections/testing-tokens.ts'
import { Secret } from '#lib/crypto/secret.ts'
import { db, sqlClient } from '#lib/db/client.ts'
import { connections, events } from '#lib/db/schema/index.ts'
import { makeWorkspace } from '#lib/db/testing.ts'
import { newOAuthApp, signedInConnection } from '#lib/oauth/testing.ts'
import type { Stage } from './table.ts'

/** Connections by OAuth for a fault to strike: a partner with an app, and so many grants of it. */

const granted = z.object({
  grants: z.array(z.object({ id: z.string(), access_token: z.string(), refresh_token: z.string() })),
})

export type Connected = Awaited<ReturnType<typeof connected>>
export type Made = Awaited<ReturnType<typeof signedInConnection>>

/** Everything as before the first fault: no connection, nothing that a worker would do, and a sandbox as it was. */
export async function begin(stage: Stage, switches: Record<string, unknown> = {}): Promise<void> {
  const sql = sqlClient()
  await sql`delete from queue.job where state in ('created', 'retry')`
  await sql`update connections set status = 'deleted' where status <> 'deleted'`
  await beginAgain(stage, switches)
}

/** The same for another round with the connections that are there: no switch, no fault, an empty ledger, and nothing due. */
export async function beginAgain({ sandbox }: Stage, switches: Record<string, unknown> = {}): Promise<void> {
  await freshStart(sandbox)
  await sandbox.control('/ledger', 'DELETE')
  await sandbox.set({ rateLimit: false, ...switches })
}

/** A partner with an app and so many connections of it, each with a grant of its own. */
export async function connected({ sandbox }: Stage, count: number) {
  const { owner, partnerId } = await makeWorkspace()
  const app = await newOAuthApp(sandbox, partnerId)
  const wish = { client_id: app.clientId, person: 'mariana@larkfield.example', count }
  const { grants } = granted.parse(await sandbox.control('/oauth/grants', 'POST', wish))
  const accessExpiresAt = new Date(Date.now() + 7_200_000)
  const made: Made[] = []
  const left = grants.values()
  const make = async () => {
    for (const { id, access_token, refresh_token } of left) {
      const tokens = { access: new Secret(access_token), refresh: new Secret(refresh_token), accessExpiresAt }
      made.push(await signedInConnection(sandbox, owner, app, { grant: { id, tokens } }))
    }
  }
  await Promise.all(Array.from({ length: 8 }, make))
  return { owner, partnerId, app, made, ids: made.map(({ id }) => id) }
}

const past = sql`now() - interval '1 minute'`

/** The access tokens end, here and there, and the refresh of each is due. */
export async function expireAll({ sandbox }: Stage, made: readonly Made[]): Promise<void> {
  const left = made.values()
  const end = async () => {
    for (const { grantId } of left) await sandbox.control(`/oauth/grants/${grantId}/expire`, 'POST', {})
  }
  await Promise.all(Array.from({ length: 8 }, end))
  await makeDue(made)
}

/** The access tokens have ended here, and the refresh of each is due. */
export async function makeDue(made: readonly Made[]): Promise<void> {
  const ids = made.map(({ id }) => id)
  await db().update(connections).set({ accessExpiresAt: past, refreshDueAt: past }).where(idIn(ids))
  await sqlClient()`update credentials set access_expires_at = now() - interval '1 minute'
    where connection_id = any(${ids}::uuid[])`
}

// One parameter, however many: a list of thousands is more than the protocol takes.
const idIn = (ids: readonly string[]) =>
  sql`${connections.id} = any(${sql.param(`{${ids.join(',')}}`)}::uuid[])`

/** The rows of connections as they stand. */
export const rowsOf = (made: readonly Made[]) =>
  db()
    .select()
    .from(connections)
    .where(idIn(made.map(({ id }) => id)))

/** How many of the connections have a status. */
export const countOf = async (made: readonly Made[], status: 'active' | 'needs_reauth'): Promise<number> =>
  (await rowsOf(made)).filter(row => row.status === status).length

/** How often something was recorded about a subject. */
export const told = (subjectId: string, name: (typeof events.$inferSelect)['name']): Promise<number> =>
  db().$count(events, and(eq(events.subjectId, subjectId), eq(events.name, name)))

/** How many requests the last good refresh of each connection took. */
export async function triesOfLastRefresh(made: readonly Made[]): Promise<number[]> {
  const rows = await sqlClient()`
    select count(*)::int as n from refreshes r where connection_id = any(${made.map(({ id }) => id)}::uuid[])
    and at > coalesce((select at from refreshes g where g.connection_id = r.connection_id and g.outcome = 'refreshed'
      order by at desc offset 1 limit 1), '-infinity')
    group by connection_id`
  return rows.map(({ n }) => n)
}
