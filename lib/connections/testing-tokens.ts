import { eq, sql } from 'drizzle-orm'
import { z } from 'zod'
import { AtsError } from '#lib/connectors/api.ts'
import { db, sqlClient } from '#lib/db/client.ts'
import { connections, credentials, events, oauthApps, refreshes } from '#lib/db/schema/index.ts'
import { makeWorkspace } from '#lib/db/testing.ts'
import { newOAuthApp, signedInConnection } from '#lib/oauth/testing.ts'
import { accessForConnection } from './access.ts'
import { rowOf } from './testing.ts'

/** What the tests of refreshing share: connections by OAuth, time that passes, and what was asked of the sandbox. */

type Sandbox = { control(path: string, method?: string, body?: unknown): Promise<unknown> }
type App = Awaited<ReturnType<typeof newOAuthApp>>
type Made = Awaited<ReturnType<typeof signedInConnection>>

/** Everything as before the first test: no fault, no switch, and nothing due. */
export async function freshStart(sandbox: Sandbox): Promise<void> {
  await sandbox.control('/switches', 'DELETE')
  await sandbox.control('/faults', 'DELETE')
  await db().update(connections).set({ refreshDueAt: null })
}

/** A partner with an app, and so many connections of it; the first one's id and grant. */
export async function partnerWith(sandbox: Sandbox, count = 1) {
  const { owner, partnerId } = await makeWorkspace()
  const app = await newOAuthApp(sandbox, partnerId)
  const made: Made[] = []
  for (let n = 0; n < count; n++) made.push(await signedInConnection(sandbox, owner, app))
  const [first] = made
  if (!first) throw new Error('no connection')
  return { owner, partnerId, app, made, ...first }
}

/** The access token has ended, here and at the sandbox, and its refresh is due. */
export async function expire(sandbox: Sandbox, { id, grantId }: Made): Promise<void> {
  await sandbox.control(`/oauth/grants/${grantId}/expire`, 'POST', {})
  const past = sql`now() - interval '1 minute'`
  await db()
    .update(connections)
    .set({ accessExpiresAt: past, refreshDueAt: past })
    .where(eq(connections.id, id))
}

/** The moment has come for which the next try was planned. */
export async function comesDue(id: string): Promise<void> {
  await db()
    .update(connections)
    .set({ refreshDueAt: sql`now() - interval '1 second'` })
    .where(eq(connections.id, id))
}

/** The moment has come at which a stopped app is tried again. */
export async function appComesDue({ row }: App): Promise<void> {
  await sqlClient()`update oauth_apps set retry_at = now() - interval '1 second' where id = ${row.id}`
}

/** Reads the account's jobs through a connection, as any verb would. */
export async function use(id: string) {
  const { api, connector } = await accessForConnection(await rowOf(id))
  return connector.listJobs(api)
}

/** Why a use failed; whatever else was thrown as it is. */
export async function failureOf(id: string): Promise<unknown> {
  const error = await use(id).catch(thrown => thrown)
  return error instanceof AtsError ? error.failure : error
}

const seen = z.looseObject({ clientId: z.string().nullable(), grantType: z.string().nullable() })
const ledger = z.object({ entries: z.array(z.looseObject({ oauth: seen.nullish() })) })

/** How many refreshes of an app reached the sandbox, those that got no answer included. */
export async function asked(sandbox: Sandbox, { clientId }: App): Promise<number> {
  const { entries } = ledger.parse(await sandbox.control('/ledger?area=oauth'))
  return entries.filter(({ oauth }) => oauth?.clientId === clientId && oauth.grantType === 'refresh_token')
    .length
}

/** How the refreshes of a connection went, the oldest first. */
export async function tried(id: string) {
  const rows = await db().select().from(refreshes).where(eq(refreshes.connectionId, id)).orderBy(refreshes.at)
  return rows.map(({ outcome }) => outcome)
}

/** How many generations of its tokens are kept. */
export const generations = (id: string): Promise<number> =>
  db().$count(credentials, eq(credentials.connectionId, id))

/** The names of what was recorded about a subject. */
export async function eventsOf(id: string) {
  const rows = await db().select({ name: events.name }).from(events).where(eq(events.subjectId, id))
  return rows.map(({ name }) => name)
}

/** An app's row as it stands. */
export async function appRow({ row }: App) {
  const [now] = await db().select().from(oauthApps).where(eq(oauthApps.id, row.id))
  if (!now) throw new Error('no app')
  return now
}

/** Seconds from now until then. */
export const secondsUntil = (moment: Date | null): number => ((moment?.getTime() ?? 0) - Date.now()) / 1000
