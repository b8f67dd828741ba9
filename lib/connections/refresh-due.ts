import { and, asc, eq, inArray, lte, type SQL, sql } from 'drizzle-orm'
import { now } from '#lib/clock.ts'
import { db } from '#lib/db/client.ts'
import { connections, oauthApps } from '#lib/db/schema/index.ts'
import { log } from '#lib/log.ts'
import { takeProbe } from '#lib/oauth/stop-app.ts'
import { keptAlive } from './lease.ts'
import { refresh } from './refresh.ts'

const aBatch = 200
/** Somewhat more than may be asked at a time, so that one that waits for another process holds nobody up. */
const atOnce = 8
/** A run leaves the rest to the next one. */
const aRunMs = 55_000

type Due = { id: string; workspaceId: string; version: number }

/**
 * Refreshes what is due, the longest due first, active or switched off, so that no access token ends unserved. Of an app that is
 * stopped one is tried when its moment has come. Runs every minute, in any number of processes: each is refreshed by one. Gives how
 * many were looked after.
 */
export async function refreshDue(): Promise<number> {
  const until = now().getTime() + aRunMs
  const done = new Set<string>()
  await probeStoppedApps()
  while (now().getTime() < until) {
    const due = (await dueNow(isOpen)).filter(({ id, version }) => !done.has(`${id} ${version}`))
    if (due.length === 0) break
    for (const { id, version } of due) done.add(`${id} ${version}`)
    await refreshAll(due, until)
  }
  return done.size
}

/** The task after a try that failed: once more, if it is still due. */
export async function refreshConnection(connectionId: string): Promise<void> {
  const [row] = await db()
    .select(ofDue)
    .from(connections)
    .where(and(eq(connections.id, connectionId), isDue))
  if (row) await refreshOne(row)
}

const ofDue = { id: connections.id, workspaceId: connections.workspaceId, version: connections.version }

const isDue = and(
  eq(connections.way, 'oauth'),
  inArray(connections.status, [...keptAlive]),
  lte(connections.refreshDueAt, sql`now()`),
)
const isFree = sql`(${connections.refreshLeaseUntil} is null or ${connections.refreshLeaseUntil} <= now())`
const isOpen = sql`${connections.oauthAppId} in (select ${oauthApps.id} from ${oauthApps}
  where ${oauthApps.state} = 'working' and (${oauthApps.retryAt} is null or ${oauthApps.retryAt} <= now()))`

const dueNow = (which: SQL, most = aBatch): Promise<Due[]> =>
  db()
    .select(ofDue)
    .from(connections)
    .where(and(isDue, isFree, which))
    .orderBy(asc(connections.refreshDueAt))
    .limit(most)

async function refreshAll(due: Due[], until: number): Promise<void> {
  const left = due.values()
  const run = async () => {
    for (const one of left) if (now().getTime() < until) await refreshOne(one)
  }
  await Promise.all(Array.from({ length: atOnce }, run))
}

async function refreshOne({ id, workspaceId, version }: Due, probe = false): Promise<void> {
  const of = { workspaceId, connectionId: id }
  try {
    await refresh({ of, version, probe })
  } catch (error) {
    // Such as a credential that nobody can open: the others go on, and this one waits.
    log.warn({ err: error, connectionId: id }, 'refresh failed')
    await db()
      .update(connections)
      .set({ refreshDueAt: sql`now() + interval '15 minutes'` })
      .where(and(eq(connections.id, id), eq(connections.version, version)))
  }
}

async function probeStoppedApps(): Promise<void> {
  const stopped = await db()
    .select({ id: oauthApps.id })
    .from(oauthApps)
    .where(and(eq(oauthApps.state, 'stopped'), lte(oauthApps.retryAt, sql`now()`)))
    .limit(aBatch)
  for (const { id } of stopped) {
    const [one] = await dueNow(eq(connections.oauthAppId, id), 1)
    if (one && (await takeProbe(id))) await refreshOne(one, true)
  }
}
