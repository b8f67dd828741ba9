import { and, asc, eq, inArray, lte, type SQL, sql } from 'drizzle-orm'
import { now } from '#lib/clock.ts'
import { db } from '#lib/db/client.ts'
import { connections, oauthApps } from '#lib/db/schema/index.ts'
import { isStopping } from '#lib/health/stopping.ts'
import { log } from '#lib/log.ts'
import { takeProbe } from '#lib/oauth/stop-app.ts'
import { keptAlive } from './lease.ts'
import { isFree } from './look.ts'
import { refresh } from './refresh.ts'

/** Somewhat more than may be asked at a time, so that one that waits for another process holds nobody up. */
const atOnce = 8
/** So many are picked at a time, at random among the longest due: processes that pick at once pick others. */
const aPick = 32
const longestDue = 256
/** A run leaves the rest to the next one. */
const aRunMs = 55_000

type Due = { id: string; workspaceId: string; version: number }

/**
 * Refreshes what is due, the longest due first, active or switched off, so that no access token ends unserved. Of an app that is
 * stopped one is tried when its moment has come. Runs every minute, in any number of processes: each is refreshed by one. Gives how
 * many were looked after.
 */
export async function refreshDue(): Promise<number> {
  await probeStoppedApps()
  const done = new Set<string>()
  const due = allDue(done, now().getTime() + aRunMs)
  const run = async () => {
    for await (const one of due) await refreshOne(one)
  }
  await Promise.all(Array.from({ length: atOnce }, run))
  return done.size
}

/** One after the other, picked while others are being refreshed; each once. */
async function* allDue(done: Set<string>, until: number): AsyncGenerator<Due> {
  const name = ({ id, version }: Due) => `${id} ${version}`
  for (;;) {
    const picked = (await pick(isOpen, aPick)).filter(one => !done.has(name(one)))
    if (picked.length === 0) return
    for (const one of picked) {
      // Told to end, it leaves the rest to another process.
      if (now().getTime() > until || isStopping()) return
      done.add(name(one))
      yield one
    }
  }
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
const isOpen = sql`${connections.oauthAppId} in (select ${oauthApps.id} from ${oauthApps}
  where ${oauthApps.state} = 'working' and (${oauthApps.retryAt} is null or ${oauthApps.retryAt} <= now()))`

async function pick(which: SQL, most: number): Promise<Due[]> {
  const longest = db()
    .select(ofDue)
    .from(connections)
    .where(and(isDue, isFree, which))
    .orderBy(asc(connections.refreshDueAt))
    .limit(longestDue)
    .as('longest')
  return db().select().from(longest).orderBy(sql`random()`).limit(most)
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
    .limit(longestDue)
  for (const { id } of stopped) {
    // Any of them: one whose grant died meanwhile says nothing about the app, and would keep it stopped for all.
    const [one] = await pick(eq(connections.oauthAppId, id), 1)
    if (one && (await takeProbe(id))) await refreshOne(one, true)
  }
}
