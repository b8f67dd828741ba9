import { eq, sql } from 'drizzle-orm'
import type { MemberActor } from '#lib/actors.ts'
import { deleteConnection } from '#lib/connections/delete.ts'
import { use as readJobs } from '#lib/connections/testing-tokens.ts'
import { AtsError } from '#lib/connectors/api.ts'
import { db, sqlClient } from '#lib/db/client.ts'
import { revocations } from '#lib/db/schema/index.ts'

/** What the faults do through the program's own verbs, in this process or in another. */

/** The pace of requests is by the clock on the wall, and nothing that is asked here: where time is scaled it would be in the way. */
export const withoutPace = () => sqlClient()`delete from rate_limits where key like 'pace:%'`

/** Reads jobs through a connection: how many, or why not. */
export async function use(id: string): Promise<number | string> {
  await withoutPace()
  try {
    return (await readJobs(id)).items.length
  } catch (error) {
    return error instanceof AtsError ? error.failure : String(error)
  }
}

/** Deletes a connection as its owner does; how long that took, in milliseconds, and the revocation that it left. */
export async function deletedBy({ actor, connectionId }: { actor: MemberActor; connectionId: string }) {
  const started = performance.now()
  const fields = { word: 'DELETE' }
  await deleteConnection(actor, { connectionId, fields, from: { address: '10.0.0.1', userAgent: '' } })
  const milliseconds = performance.now() - started
  const [row] = await db()
    .select({ id: revocations.id })
    .from(revocations)
    .where(eq(revocations.connectionId, connectionId))
    .orderBy(sql`${revocations.createdAt} desc`)
    .limit(1)
  return { milliseconds, revocationId: row?.id }
}
