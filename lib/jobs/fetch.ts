import { and, eq, isNull, ne, or, sql } from 'drizzle-orm'
import { now } from '#lib/clock.ts'
import { accessForConnection, keepRate } from '#lib/connections/access.ts'
import { AtsError } from '#lib/connectors/api.ts'
import type { RemoteJob } from '#lib/connectors/remote.ts'
import { SealError } from '#lib/crypto/seal.ts'
import { db, type Tx, transaction } from '#lib/db/client.ts'
import { connections, jobs } from '#lib/db/schema/index.ts'
import { newId } from '#lib/ids.ts'
import { sendTask } from '#lib/queue/send.ts'

/** Pages of one run: the rest is another task, so that a large account does not keep a worker from everybody else. */
const pagesARun = 20
const secondsAfterFailure = 30

type Connection = typeof connections.$inferSelect

/**
 * The task that fills an account's jobs, page by page. Each page is written with the cursor of the next one in one
 * transaction: a crash goes on there. At its end, what the whole fetch no longer saw is marked as gone.
 */
export async function fetchJobs(connectionId: string): Promise<void> {
  const connection = await begin(connectionId)
  if (!connection) return
  try {
    const { api, connector } = await accessForConnection(connection)
    let cursor = connection.jobsCursor ?? undefined
    for (let page = 0; page < pagesARun; page++) {
      const { items, next } = await connector.listJobs(api, cursor)
      const going = await keepPage(connection, items, next)
      if (!going) return
      cursor = next
      if (!next) return await keepRate(connectionId, api)
    }
    await again(connectionId, now())
  } catch (error) {
    await putOff(connectionId, error)
  }
}

/** Starts a fetch, or goes on with the one that is under way. Undefined for a connection that makes no requests now. */
async function begin(connectionId: string): Promise<Connection | undefined> {
  const fresh = sql`coalesce(${connections.jobsFetch}, ${newId()}::uuid)`
  const [row] = await db()
    .update(connections)
    .set({ jobsState: 'fetching', jobsFetch: fresh })
    .where(and(eq(connections.id, connectionId), eq(connections.status, 'active')))
    .returning()
  return row
}

async function keepPage(
  connection: Connection,
  items: RemoteJob[],
  next: string | undefined,
): Promise<boolean> {
  return transaction(async tx => {
    const [still] = await tx
      .select({ fetch: connections.jobsFetch, status: connections.status })
      .from(connections)
      .where(eq(connections.id, connection.id))
      .for('update')
    if (still?.status !== 'active' || still.fetch !== connection.jobsFetch) return false
    await upsert(tx, connection, items)
    if (next) {
      await tx.update(connections).set({ jobsCursor: next }).where(eq(connections.id, connection.id))
    } else {
      await finish(tx, connection)
    }
    return true
  })
}

async function upsert(tx: Tx, connection: Connection, items: RemoteJob[]): Promise<void> {
  if (items.length === 0) return
  // The same job twice on one page would make the statement refuse itself.
  const once = [...new Map(items.map(job => [job.remoteId, job])).values()]
  await tx
    .insert(jobs)
    .values(once.map(job => rowOf(connection, job)))
    .onConflictDoUpdate({
      target: [jobs.connectionId, jobs.remoteId],
      set: {
        remoteRef: sql`excluded.remote_ref`,
        title: sql`excluded.title`,
        code: sql`excluded.code`,
        department: sql`excluded.department`,
        place: sql`excluded.place`,
        state: sql`excluded.state`,
        url: sql`excluded.url`,
        search: sql`excluded.search`,
        remoteUpdatedAt: sql`excluded.remote_updated_at`,
        seenFetch: sql`excluded.seen_fetch`,
        goneAt: null,
      },
    })
}

function rowOf(connection: Connection, job: RemoteJob): typeof jobs.$inferInsert {
  const { remoteId, remoteRef, title, code, department, place, state } = job
  return {
    id: newId(),
    workspaceId: connection.workspaceId,
    connectionId: connection.id,
    remoteId,
    remoteRef,
    title,
    code,
    department,
    place,
    state,
    url: job.url ?? null,
    search: [title, code, department, place, remoteRef].join(' ').toLowerCase(),
    remoteUpdatedAt: job.updatedAt ?? null,
    seenFetch: connection.jobsFetch,
  }
}

async function finish(tx: Tx, connection: Connection): Promise<void> {
  await tx
    .update(jobs)
    .set({ goneAt: sql`coalesce(${jobs.goneAt}, now())` })
    .where(
      and(
        eq(jobs.connectionId, connection.id),
        or(isNull(jobs.seenFetch), ne(jobs.seenFetch, connection.jobsFetch ?? '')),
      ),
    )
  await tx
    .update(connections)
    .set({ jobsState: 'ready', jobsFetchedAt: sql`now()`, jobsCursor: null, jobsFetch: null })
    .where(eq(connections.id, connection.id))
}

/** The ATS wants a pause or is down: the fetch stays where it is and goes on by itself. */
async function putOff(connectionId: string, error: unknown): Promise<void> {
  if (error instanceof SealError) return failed(connectionId)
  if (!(error instanceof AtsError)) throw error
  const passes = error.failure === 'rate_limited' || error.failure === 'ats_unavailable'
  if (!passes) return failed(connectionId)
  await again(connectionId, error.retryAt ?? new Date(now().getTime() + secondsAfterFailure * 1000))
}

const again = (connectionId: string, startAfter: Date): Promise<void> =>
  transaction(tx => sendTask(tx, 'fetch-jobs', { connectionId }, { startAfter }))

async function failed(connectionId: string): Promise<void> {
  await db()
    .update(connections)
    .set({ jobsState: 'failed', jobsCursor: null, jobsFetch: null, nextCheckAt: sql`now()` })
    .where(and(eq(connections.id, connectionId), eq(connections.status, 'active')))
}
