import { and, eq, isNull } from 'drizzle-orm'
import type { Tx } from '#lib/db/client.ts'
import { members, partnerMembers, partners, users, workspaces } from '#lib/db/schema/index.ts'
import type { Recipient } from '#lib/mail/queue.ts'

/** A person outside of any workspace: how to write to her, for whom, and where she works. */
export type Person = {
  userId: string
  to: Recipient
  /** In whose name she gets mail; null for somebody who belongs nowhere. */
  partnerId: string | null
  /** Her own name and address and those of her companies: words that no password of hers may consist of. */
  context: string[]
}

/**
 * Holds a person's row until the transaction ends: whoever else changes her password or makes a link for it waits. Rows that
 * only refer to her are not held up.
 */
export async function holdPerson(tx: Tx, userId: string): Promise<void> {
  await tx.select({ id: users.id }).from(users).where(eq(users.id, userId)).for('no key update')
}

/** Reads a person who may sign in; nothing for one who is switched off. */
export async function readPerson(tx: Tx, userId: string): Promise<Person | undefined> {
  const [user] = await tx
    .select({ name: users.name, email: users.email, locale: users.locale, timeZone: users.timeZone })
    .from(users)
    .where(and(eq(users.id, userId), isNull(users.disabledAt)))
  if (!user) return undefined
  const partner = { partnerId: partners.id, partner: partners.name }
  const [places, own] = await Promise.all([
    tx
      .select({ ...partner, workspace: workspaces.name })
      .from(members)
      .innerJoin(workspaces, eq(workspaces.id, members.workspaceId))
      .innerJoin(partners, eq(partners.id, workspaces.partnerId))
      .where(and(eq(members.userId, userId), isNull(members.removedAt)))
      .limit(100),
    tx
      .select(partner)
      .from(partnerMembers)
      .innerJoin(partners, eq(partners.id, partnerMembers.partnerId))
      .where(eq(partnerMembers.userId, userId))
      .limit(10),
  ])
  const { name, email: address, locale, timeZone } = user
  const companies = [...own, ...places].map(place => place.partner)
  return {
    userId,
    to: { address, name, userId, locale, timeZone },
    partnerId: (own[0] ?? places[0])?.partnerId ?? null,
    context: [...new Set([name, address, ...companies, ...places.map(place => place.workspace)])],
  }
}
