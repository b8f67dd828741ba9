import { and, desc, eq, isNull, ne, sql } from 'drizzle-orm'
import type { UserActor } from '#lib/actors.ts'
import { recordForPerson } from '#lib/audit/record-for-person.ts'
import { db, type Tx, transaction } from '#lib/db/client.ts'
import { sessions } from '#lib/db/schema/index.ts'
import { notFound } from '#lib/errors.ts'
import { isId } from '#lib/ids.ts'
import { livingSessions } from './living-sessions.ts'

type Who = Pick<UserActor, 'userId' | 'sessionId' | 'from'>

/** A browser in which a person is signed in. */
export type SessionRow = {
  id: string
  /** The browser's own words; `audit/browser.ts` puts a few of them into ours. */
  userAgent: string
  address: string
  createdAt: Date
  lastUsedAt: Date
  /** The one that asks. */
  current: boolean
}

const mostShown = 50

/** Where a person is signed in: the session that asks first, then by last use; `more` says that there are over 50. */
export async function listSessions(actor: Who): Promise<{ rows: SessionRow[]; more: boolean }> {
  const current = sql<boolean>`${sessions.id} = ${actor.sessionId}`
  const rows = await db()
    .select({
      id: sessions.id,
      userAgent: sessions.userAgent,
      address: sessions.address,
      createdAt: sessions.createdAt,
      lastUsedAt: sessions.lastUsedAt,
      current,
    })
    .from(sessions)
    .where(and(eq(sessions.userId, actor.userId), livingSessions()))
    .orderBy(desc(current), desc(sessions.lastUsedAt), sessions.id)
    .limit(mostShown + 1)
  return { rows: rows.slice(0, mostShown), more: rows.length > mostShown }
}

/**
 * Ends one of a person's own sessions, at once and for every process. One that has ended already changes nothing. Throws
 * `not_found` for one that is not hers.
 */
export async function endOwnSession(actor: Who, id: string): Promise<void> {
  const hers = and(eq(sessions.id, id), eq(sessions.userId, actor.userId))
  if (!isId(id) || (await db().$count(sessions, hers)) === 0) throw notFound('session')
  await transaction(async tx => {
    const ended = await tx
      .update(sessions)
      .set({ endedAt: sql`now()` })
      .where(and(hers, isNull(sessions.endedAt)))
      .returning({ id: sessions.id })
    if (ended.length > 0) await note(tx, actor, { name: 'session.ended_elsewhere', sessionId: id })
  })
}

/** **Sign out everywhere else**: ends all of a person's sessions but the one that asks. Gives how many there were. */
export async function endOtherSessions(actor: Who): Promise<number> {
  return transaction(async tx => {
    const ended = await endSessionsOf(tx, actor.userId, actor.sessionId)
    if (ended > 0) await note(tx, actor, { name: 'session.others_ended', data: { sessions: ended } })
    return ended
  })
}

/** Ends all sessions of a person, but for the one to keep, in the transaction of what makes it needed. Gives how many. */
export async function endSessionsOf(tx: Tx, userId: string, keep?: string): Promise<number> {
  const ended = await tx
    .update(sessions)
    .set({ endedAt: sql`now()` })
    .where(
      and(
        eq(sessions.userId, userId),
        livingSessions(),
        keep === undefined ? undefined : ne(sessions.id, keep),
      ),
    )
    .returning({ id: sessions.id })
  return ended.length
}

type Noted = Pick<Parameters<typeof recordForPerson>[2], 'name' | 'data' | 'sessionId'>

const note = (tx: Tx, { userId, from }: Who, change: Noted): Promise<void> =>
  recordForPerson(tx, { kind: 'user', userId, ...(from && { from }) }, { ...change, userId })
