import { asc, eq, sql } from 'drizzle-orm'
import type { UserActor } from '#lib/actors.ts'
import { record } from '#lib/audit/record.ts'
import { hashToken, newSecret } from '#lib/crypto/tokens.ts'
import { transaction } from '#lib/db/client.ts'
import { members, sessions, users, workspaces } from '#lib/db/schema/index.ts'
import { newId } from '#lib/ids.ts'

/** Days after which a session ends however much it is used. */
export const sessionDays = 7

/** What a person's browser told at sign-in. */
export type Browser = { userAgent: string; address: string; timeZone: string | null }

/**
 * Starts a session of a user whose password was just checked. The secret is new each time (256 bits) and only its hash is
 * kept. A time zone that is not known yet is taken from the browser.
 */
export async function startSession(
  userId: string,
  browser: Browser,
): Promise<{ id: string; secret: string }> {
  const id = newId()
  const secret = newSecret()
  await transaction(async tx => {
    await tx.insert(sessions).values({
      id,
      userId,
      secretHash: hashToken(secret),
      expiresAt: sql`now() + make_interval(days => ${sessionDays})`,
      userAgent: browser.userAgent.slice(0, 300),
      address: browser.address,
    })
    const [user] = await tx
      .update(users)
      .set({ timeZone: sql`coalesce(${users.timeZone}, ${browser.timeZone})` })
      .where(eq(users.id, userId))
      .returning({ name: users.name, email: users.email })
    const [home] = await tx
      .select({ partnerId: workspaces.partnerId })
      .from(members)
      .innerJoin(workspaces, eq(workspaces.id, members.workspaceId))
      .where(eq(members.userId, userId))
      .orderBy(asc(members.createdAt))
      .limit(1)
    if (!user || !home) return
    const from = { address: browser.address, userAgent: browser.userAgent.slice(0, 300) }
    const actor: UserActor = { kind: 'user', userId, sessionId: id, ...user, from }
    const subject = { kind: 'session', id }
    await record(tx, actor, { name: 'session.started', subject, partnerId: home.partnerId })
  })
  return { id, secret }
}
