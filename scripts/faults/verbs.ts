import { eq, sql } from 'drizzle-orm'
import type { MemberActor } from '#lib/actors.ts'
import { deleteConnection } from '#lib/connections/delete.ts'
import { lockConnection } from '#lib/connections/read.ts'
import { replaceCredential } from '#lib/connections/replace-credential.ts'
import { use as readJobs } from '#lib/connections/testing-tokens.ts'
import { AtsError } from '#lib/connectors/api.ts'
import { db, sqlClient, transaction } from '#lib/db/client.ts'
import { revocations } from '#lib/db/schema/index.ts'
import { newId } from '#lib/ids.ts'
import type { newGrant } from '#lib/oauth/testing.ts'

/** What the faults do through the program's own verbs, in this process or in another. */

/**
 * Limits are by the clock on the wall, and nothing that is asked here: where time is scaled they would be in the way. What somebody
 * else counts at this moment is left to them: several do this at once.
 */
export const withoutLimits = (keys: string) =>
  sqlClient()`delete from rate_limits where key in (select key from rate_limits where key like ${keys} for update skip locked)`

/** The pace of requests, as well. */
export const withoutPace = () => withoutLimits('pace:%')

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

/** Gives a connection another grant for the same account, as signing in again does. */
export async function reconnected({
  actor,
  connectionId,
  appId,
  grant: { tokens },
}: {
  actor: MemberActor
  connectionId: string
  appId: string
  grant: Awaited<ReturnType<typeof newGrant>>
}): Promise<void> {
  await transaction(async tx => {
    const row = await lockConnection(tx, actor, connectionId)
    const { permissions, subdomain } = row
    const grant = { ...tokens, appId, accounts: null }
    await replaceCredential(tx, actor, row, {
      linkSessionId: newId(),
      permissions,
      subdomain,
      candidate: { generation: 1, lastFour: '', key: tokens.access, grant },
      findings: [],
      fields: {},
    })
  })
}

/** The 95th percentile of so many uses of a connection, one after the other; milliseconds. */
export async function p95({ id, times }: { id: string; times: number }): Promise<number> {
  const all: number[] = []
  for (let n = 0; n < times; n++) {
    const started = performance.now()
    await use(id)
    all.push(performance.now() - started)
  }
  return all.sort((a, b) => a - b)[Math.floor(times * 0.95)] ?? 0
}
