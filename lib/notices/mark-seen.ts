import { and, eq, isNull, sql } from 'drizzle-orm'
import type { MemberActor } from '#lib/actors.ts'
import { db } from '#lib/db/client.ts'
import { notices } from '#lib/db/schema/index.ts'
import { notFound } from '#lib/errors.ts'
import { isId } from '#lib/ids.ts'
import { mustBeAllowed } from '#lib/members/roles.ts'

/**
 * Marks a member's notices as seen, up to the newest that her page showed: one that came since is still new. Throws `not_found`
 * for a notice that is not hers.
 */
export async function markSeen(actor: MemberActor, newest: string): Promise<void> {
  mustBeAllowed(actor, 'look')
  const own = eq(notices.memberId, actor.memberId)
  if (!isId(newest) || (await db().$count(notices, and(own, eq(notices.id, newest)))) === 0)
    throw notFound('notice')
  await db()
    .update(notices)
    .set({ seenAt: sql`now()` })
    .where(
      and(
        own,
        isNull(notices.seenAt),
        sql`${notices.createdAt} <= (select n.created_at from notices n where n.id = ${newest})`,
      ),
    )
}
