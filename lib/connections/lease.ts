import { and, desc, eq, isNotNull, type SQL, sql } from 'drizzle-orm'
import { db } from '#lib/db/client.ts'
import { prepared } from '#lib/db/prepared.ts'
import { connections, credentials, dataKeys, oauthApps } from '#lib/db/schema/index.ts'
import { newId } from '#lib/ids.ts'
import { appKeys, isKeyOfApp, type SealedApp } from '#lib/partners/oauth-apps.ts'
import { isKeyOf, type Owned, type SealedTokens } from './credentials.ts'
import { hasWaited, isFree, isIts, type Look, standing } from './look.ts'

/** The right to refresh a connection's tokens: a lease in its row, by the database's clock. One at a time, whichever process. */

export type Connection = typeof connections.$inferSelect
export type Status = Connection['status']

/** Longer than the token endpoint may take: a lease that ends before the answer would let a second one ask. */
export const leaseSeconds = 45

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

/** A lease, with all that asking needs: the connection, its tokens and its app, sealed as they are kept. */
export type Lease = {
  of: Owned
  id: string
  version: number
  takenAt: Date
  connection: Connection
  tokens: SealedTokens[]
  app: SealedApp
}

/** Whether an app's tokens may be refreshed now: it works, and the server did not ask to wait. */
const appIsOpen: SQL = sql`exists (select 1 from ${oauthApps} where ${oauthApps.id} = ${connections.oauthAppId}
  and ${oauthApps.state} = 'working' and (${oauthApps.retryAt} is null or ${oauthApps.retryAt} <= now()))`

/**
 * Takes the lease, and reads in the same statement what asking needs. Without a lease, because somebody else has it or was faster,
 * it is too early, or its app is stopped, `look` is how the connection stood; undefined for one that is gone.
 */
export async function takeLease(wish: Wish): Promise<{ lease?: Lease; look: Look | undefined }> {
  const { of, version, statuses = keptAlive, probe = false } = wish
  const id = newId()
  const rows = await taking().execute({ ...of, id, version, statuses: statuses.join(), probe })
  const [row] = rows
  if (!row?.until) return { look: row?.look }
  const { look, until, connection, app, appKey } = row
  const takenAt = new Date(until.getTime() - leaseSeconds * 1000)
  const tokens = rows.flatMap(({ credential, key }) => (credential ? [{ credential, key }] : []))
  return { look, lease: { of, id, version, takenAt, connection, tokens, app: { row: app, key: appKey } } }
}

const taking = prepared(database => {
  const taken = database.$with('taken').as(
    database
      .update(connections)
      .set({
        refreshLease: sql`${sql.placeholder('id')}::uuid`,
        refreshLeaseUntil: sql`now() + make_interval(secs => ${leaseSeconds})`,
      })
      .where(
        and(
          isIts,
          eq(connections.version, sql.placeholder('version')),
          sql`${connections.status} = any(string_to_array(${sql.placeholder('statuses')}, ','))`,
          isFree,
          hasWaited,
          sql`(${sql.placeholder('probe')}::boolean or ${appIsOpen})`,
        ),
      )
      .returning({ id: connections.id, until: connections.refreshLeaseUntil }),
  )
  return (
    database
      .with(taken)
      .select({
        look: standing,
        until: taken.until,
        connection: connections,
        credential: credentials,
        key: dataKeys,
        app: oauthApps,
        appKey: appKeys,
      })
      .from(connections)
      .innerJoin(oauthApps, eq(oauthApps.id, connections.oauthAppId))
      // What is sealed is read by whoever has the lease, and by nobody else.
      .leftJoin(taken, eq(taken.id, connections.id))
      .leftJoin(credentials, eq(credentials.connectionId, taken.id))
      .leftJoin(dataKeys, isKeyOf(taken.id))
      .leftJoin(appKeys, and(isKeyOfApp, isNotNull(taken.id)))
      .where(isIts)
      .orderBy(desc(credentials.generation))
      .limit(2)
      .prepare('take_lease')
  )
})

/** Lets go of a lease without a word about the connection. */
export async function dropLease({ id, of }: Lease): Promise<void> {
  await db()
    .update(connections)
    .set({ refreshLease: null, refreshLeaseUntil: null })
    .where(and(eq(connections.id, of.connectionId), eq(connections.refreshLease, id)))
}
