import { and, eq, isNull, sql } from 'drizzle-orm'
import { db } from '#lib/db/client.ts'
import { members, sessions } from '#lib/db/schema/index.ts'
import { isDatabaseAway } from '#lib/errors.ts'
import { log } from '#lib/log.ts'

/** A database that takes no writes (its disk is full) is still there to be read: when she was last seen is not worth a page. */
export async function noteUse(note: () => Promise<void>): Promise<void> {
  await note().catch(error => {
    if (!isDatabaseAway(error)) throw error
    log.warn({ err: error }, 'use not noted')
  })
}

/** Notes that a session is used, while it lives. */
export async function touchSession(id: string): Promise<void> {
  await db()
    .update(sessions)
    .set({ lastUsedAt: sql`now()` })
    .where(and(eq(sessions.id, id), isNull(sessions.endedAt)))
}

/** Notes that somebody is in a workspace, while she belongs to it. */
export async function touchMember(id: string): Promise<void> {
  await db()
    .update(members)
    .set({ lastUsedAt: sql`now()` })
    .where(and(eq(members.id, id), isNull(members.removedAt)))
}
