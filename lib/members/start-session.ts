import { eq, sql } from 'drizzle-orm'
import { recordForPerson } from '#lib/audit/record-for-person.ts'
import { hashToken, newSecret } from '#lib/crypto/tokens.ts'
import { transaction } from '#lib/db/client.ts'
import { sessions, users } from '#lib/db/schema/index.ts'
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
    await tx
      .update(users)
      .set({ timeZone: sql`coalesce(${users.timeZone}, ${browser.timeZone})` })
      .where(eq(users.id, userId))
    const from = { address: browser.address, userAgent: browser.userAgent.slice(0, 300) }
    const started = { name: 'session.started', userId, sessionId: id } as const
    await recordForPerson(tx, { kind: 'user', userId, from }, started)
  })
  return { id, secret }
}
