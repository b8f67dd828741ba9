import { and, desc, eq, isNull } from 'drizzle-orm'
import type { Tx } from '#lib/db/client.ts'
import { checks, consents } from '#lib/db/schema/index.ts'

/**
 * What a walk brought besides the key becomes the connection's: the consent that was agreed to on the way, and the check that
 * proved the key, so that the connection's page shows it from the first minute.
 */
export async function adoptWalk(tx: Tx, linkSessionId: string, connectionId: string): Promise<void> {
  await tx
    .update(consents)
    .set({ connectionId })
    .where(and(eq(consents.linkSessionId, linkSessionId), isNull(consents.connectionId)))
  const newest = tx
    .select({ id: checks.id })
    .from(checks)
    .where(and(eq(checks.linkSessionId, linkSessionId), eq(checks.state, 'finished')))
    .orderBy(desc(checks.createdAt))
    .limit(1)
  await tx.update(checks).set({ connectionId }).where(eq(checks.id, newest))
}
