import { and, eq, getTableColumns, inArray, type SQL, sql } from 'drizzle-orm'
import { db } from '#lib/db/client.ts'
import { connections, oauthApps } from '#lib/db/schema/index.ts'
import { newId } from '#lib/ids.ts'
import type { Owned } from './credentials.ts'
import { isUsable } from './plan-refresh.ts'

/** The right to refresh a connection's tokens: a lease in its row, by the database's clock. One at a time, whichever process. */

export type Connection = typeof connections.$inferSelect
export type Status = Connection['status']

/** Longer than the token endpoint may take: a lease that ends before the answer would let a second one ask. */
const leaseSeconds = 45

/** Statuses in which tokens are kept alive: a connection that is switched off makes no requests, and can be switched on. */
export const keptAlive: readonly Status[] = ['active', 'inactive']

/** What is asked for: this connection, as long as its credential is that of `version`. */
export type Wish = {
  of: Owned
  version: number
  statuses?: readonly Status[]
  /** The one request that tries whether a stopped app works again. */
  probe?: boolean
}

export type Lease = { of: Owned; id: string; connection: Connection; version: number; takenAt: Date }

/** Whether an app's tokens may be refreshed now: it works, and the server did not ask to wait. */
const appIsOpen: SQL = sql`exists (select 1 from ${oauthApps} where ${oauthApps.id} = ${connections.oauthAppId}
  and ${oauthApps.state} = 'working' and (${oauthApps.retryAt} is null or ${oauthApps.retryAt} <= now()))`

const isFree = sql`(${connections.refreshLeaseUntil} is null or ${connections.refreshLeaseUntil} <= now())`
/** After a failure nobody tries before the moment that was planned then. */
const hasWaited = sql`(${connections.refreshFailures} = 0 or ${connections.refreshDueAt} is null
  or ${connections.refreshDueAt} <= now())`

/** Takes the lease, or gives undefined: somebody else has it or was faster, it is too early, or its app is stopped. */
export async function takeLease({
  of,
  version,
  statuses = keptAlive,
  probe,
}: Wish): Promise<Lease | undefined> {
  const id = newId()
  const [connection] = await db()
    .update(connections)
    .set({ refreshLease: id, refreshLeaseUntil: sql`now() + make_interval(secs => ${leaseSeconds})` })
    .where(
      and(
        eq(connections.id, of.connectionId),
        eq(connections.workspaceId, of.workspaceId),
        eq(connections.version, version),
        eq(connections.way, 'oauth'),
        inArray(connections.status, [...statuses]),
        isFree,
        hasWaited,
        probe ? undefined : appIsOpen,
      ),
    )
    .returning(getTableColumns(connections))
  const until = connection?.refreshLeaseUntil
  if (!until) return undefined
  return { of, id, connection, version, takenAt: new Date(until.getTime() - leaseSeconds * 1000) }
}

/** Lets go of a lease without a word about the connection. */
export async function dropLease({ id, of }: Lease): Promise<void> {
  await db()
    .update(connections)
    .set({ refreshLease: null, refreshLeaseUntil: null })
    .where(and(eq(connections.id, of.connectionId), eq(connections.refreshLease, id)))
}

/** How a connection stands for whoever wants a token of it. Undefined for one that is none by OAuth, or is gone. */
export async function lookAt(of: Owned) {
  const [row] = await db()
    .select({
      version: connections.version,
      status: connections.status,
      usable: isUsable,
      /** Refreshed within the last minute. */
      young: sql<boolean>`coalesce(${connections.refreshedAt} > now() - interval '1 minute', false)`,
      leased: sql<boolean>`not ${isFree}`,
      waits: sql<boolean>`not ${hasWaited}`,
      dueAt: connections.refreshDueAt,
      /** Seconds. */
      dueIn: sql<number>`coalesce(extract(epoch from ${connections.refreshDueAt} - now()), 0)::float8`,
      problem: connections.refreshProblem,
      app: {
        id: oauthApps.id,
        state: oauthApps.state,
        retryAt: oauthApps.retryAt,
        waits: sql<boolean>`coalesce(${oauthApps.retryAt} > now(), false)`,
      },
    })
    .from(connections)
    .innerJoin(oauthApps, eq(oauthApps.id, connections.oauthAppId))
    .where(
      and(
        eq(connections.id, of.connectionId),
        eq(connections.workspaceId, of.workspaceId),
        eq(connections.way, 'oauth'),
      ),
    )
  return row
}

export type Look = NonNullable<Awaited<ReturnType<typeof lookAt>>>
