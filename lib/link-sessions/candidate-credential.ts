import { and, eq, lte, sql } from 'drizzle-orm'
import type { Secret } from '#lib/crypto/secret.ts'
import { type Tx, transaction } from '#lib/db/client.ts'
import { candidateCredentials } from '#lib/db/schema/index.ts'
import { newId } from '#lib/ids.ts'
import { shredDataKey } from '#lib/keys/data-keys.ts'
import { openFor, sealFor } from '#lib/keys/seal-for.ts'

/** The only reader and writer of candidate credentials: what was typed and is not accepted yet. One hour, never shown. */

const owner = (workspaceId: string, id: string) => ({
  workspaceId,
  kind: 'candidate_credential' as const,
  id,
})
const place = (id: string, generation: number) => ({
  table: 'candidate_credentials',
  column: 'api_key',
  rowId: id,
  generation,
})

/** Seals a key for a link session, in place of the one before. Gives the generation that a check must name. */
export async function keepCandidate(
  tx: Tx,
  walk: { id: string; workspaceId: string },
  key: Secret,
  lastFour: string,
): Promise<number> {
  const before = await shredCandidate(tx, walk.id)
  const id = newId()
  const generation = before + 1
  const apiKey = await sealFor(tx, owner(walk.workspaceId, id), place(id, generation), key)
  await tx.insert(candidateCredentials).values({
    id,
    workspaceId: walk.workspaceId,
    linkSessionId: walk.id,
    generation,
    apiKey,
    lastFour,
    expiresAt: sql`now() + interval '1 hour'`,
  })
  return generation
}

export type Candidate = { generation: number; lastFour: string; key: Secret }

/** Opens the candidate credential of a link session. Undefined when there is none, or when its hour is over. */
export async function openCandidate(
  tx: Tx,
  walk: { id: string; workspaceId: string },
): Promise<Candidate | undefined> {
  const [row] = await tx
    .select()
    .from(candidateCredentials)
    .where(
      and(
        eq(candidateCredentials.linkSessionId, walk.id),
        eq(candidateCredentials.workspaceId, walk.workspaceId),
        sql`${candidateCredentials.expiresAt} > now()`,
      ),
    )
  if (!row) return undefined
  const key = await openFor(tx, owner(row.workspaceId, row.id), place(row.id, row.generation), row.apiKey)
  return { generation: row.generation, lastFour: row.lastFour, key }
}

/** Destroys a link session's candidate credential and its data key. Gives the generation that it had, 0 for none. */
export async function shredCandidate(tx: Tx, linkSessionId: string): Promise<number> {
  const [gone] = await tx
    .delete(candidateCredentials)
    .where(eq(candidateCredentials.linkSessionId, linkSessionId))
    .returning()
  if (gone) await shredDataKey(tx, owner(gone.workspaceId, gone.id))
  return gone?.generation ?? 0
}

/** Destroys those whose hour is over. Gives how many; called every minute by a task. */
export async function shredExpiredCandidates(): Promise<number> {
  return transaction(async tx => {
    const gone = await tx
      .delete(candidateCredentials)
      .where(lte(candidateCredentials.expiresAt, sql`now()`))
      .returning({ id: candidateCredentials.id, workspaceId: candidateCredentials.workspaceId })
    for (const row of gone) await shredDataKey(tx, owner(row.workspaceId, row.id))
    return gone.length
  })
}
