import { and, eq, isNull, sql } from 'drizzle-orm'
import { now } from '#lib/clock.ts'
import type { Tx } from '#lib/db/client.ts'
import { identities, oneTimeLinks } from '#lib/db/schema/index.ts'
import { newId } from '#lib/ids.ts'
import { queueMail } from '#lib/mail/queue.ts'
import type { Person } from './person.ts'

/**
 * Gives a person a password, in the transaction of what made sure that it is she. Links by which she could set one are worth
 * nothing any more, and a mail tells her. Her sessions are the caller's to end.
 */
export async function setPassword(tx: Tx, person: Person, passwordHash: string): Promise<void> {
  const { userId, to, partnerId } = person
  await tx
    .insert(identities)
    .values({ id: newId(), userId, kind: 'password', passwordHash })
    .onConflictDoUpdate({
      target: [identities.userId, identities.kind],
      set: { passwordHash, updatedAt: sql`now()` },
    })
  await dropResetLinks(tx, userId)
  if (partnerId)
    await queueMail(tx, { kind: 'password_changed', partnerId, to, data: { at: now().toISOString() } })
}

/** Makes the links worthless by which somebody could set this person's password. */
export async function dropResetLinks(tx: Tx, userId: string): Promise<void> {
  await tx
    .delete(oneTimeLinks)
    .where(
      and(
        eq(oneTimeLinks.userId, userId),
        eq(oneTimeLinks.purpose, 'password_reset'),
        isNull(oneTimeLinks.usedAt),
      ),
    )
}
