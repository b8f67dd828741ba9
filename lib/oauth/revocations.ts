import { and, eq, inArray, lte, sql } from 'drizzle-orm'
import type { Tokens } from '#lib/connections/credentials.ts'
import type { Secret } from '#lib/crypto/secret.ts'
import { type Tx, transaction } from '#lib/db/client.ts'
import { deletionReceipts, revocations } from '#lib/db/schema/index.ts'
import { newId } from '#lib/ids.ts'
import { shredDataKey } from '#lib/keys/data-keys.ts'
import { openFor, sealFor } from '#lib/keys/seal-for.ts'
import { sendTask } from '#lib/queue/send.ts'

/** The only reader and writer of tokens that wait to be revoked: sealed under a key of their own, for seven days at most. */

export type Revocation = typeof revocations.$inferSelect

/** Days for which a revocation is tried (`security.md` 7.6). */
const daysOfTrying = 7

/** So many a run: the task comes every minute. */
const aRun = 500

const owner = ({ id, workspaceId }: Pick<Revocation, 'id' | 'workspaceId'>) => ({
  workspaceId,
  kind: 'revocation' as const,
  id,
})
const place = (column: 'access_token' | 'refresh_token', rowId: string) => ({
  table: 'revocations',
  column,
  rowId,
  generation: 1,
})

/**
 * Takes tokens over to be revoked, in the transaction that shreds them where they were, and sends the task. Gives the row's id.
 */
export async function revokeLater(
  tx: Tx,
  of: Pick<Revocation, 'workspaceId' | 'appId' | 'reason' | 'connector' | 'environment'> &
    Partial<Pick<Revocation, 'connectionId' | 'linkSessionId'>>,
  pair: Tokens,
): Promise<string> {
  const id = newId()
  const sealed = (column: 'access_token' | 'refresh_token', token: Secret) =>
    sealFor(tx, owner({ id, workspaceId: of.workspaceId }), place(column, id), token)
  await tx.insert(revocations).values({
    id,
    ...of,
    accessToken: await sealed('access_token', pair.access),
    refreshToken: pair.refresh ? await sealed('refresh_token', pair.refresh) : null,
    accessExpiresAt: pair.accessExpiresAt,
    nextTryAt: sql`now()`,
    endsAt: sql`now() + make_interval(days => ${daysOfTrying})`,
  })
  await sendTask(tx, 'revoke-grant', { revocationId: id })
  return id
}

/** Opens the tokens of a revocation that waits. Throws `SealError`. */
export async function openRevocation(tx: Tx, row: Revocation): Promise<Tokens> {
  const open = (column: 'access_token' | 'refresh_token', text: string) =>
    openFor(tx, owner(row), place(column, row.id), text)
  return {
    access: await open('access_token', row.accessToken ?? ''),
    refresh: row.refreshToken ? await open('refresh_token', row.refreshToken) : undefined,
    accessExpiresAt: row.accessExpiresAt ?? new Date(0),
  }
}

/**
 * Puts a pair that was refreshed on the way in place of the one before, which may be dead by now, and gives the row as it is then.
 * Undefined where another run was faster with a pair of its own, or has settled it: then this pair is a revocation for itself, which
 * the receipt of a deletion waits for.
 */
export async function keepRefreshed(tx: Tx, row: Revocation, pair: Tokens): Promise<Revocation | undefined> {
  if (!(await holdUnchanged(tx, row))) return revokeBeside(tx, row, pair)
  const sealed = (column: 'access_token' | 'refresh_token', token: Secret) =>
    sealFor(tx, owner(row), place(column, row.id), token)
  const [kept] = await tx
    .update(revocations)
    .set({
      accessToken: await sealed('access_token', pair.access),
      refreshToken: pair.refresh ? await sealed('refresh_token', pair.refresh) : null,
      accessExpiresAt: pair.accessExpiresAt,
    })
    .where(eq(revocations.id, row.id))
    .returning()
  return kept
}

/** Holds a revocation that waits; whether it has still got the tokens with which it was read. */
export async function holdUnchanged(tx: Tx, row: Revocation): Promise<boolean> {
  const [held] = await tx
    .select({ accessToken: revocations.accessToken })
    .from(revocations)
    .where(and(eq(revocations.id, row.id), eq(revocations.state, 'waiting')))
    .for('update')
  return held !== undefined && held.accessToken === row.accessToken
}

async function revokeBeside(tx: Tx, row: Revocation, pair: Tokens): Promise<undefined> {
  const { workspaceId, appId, connectionId, linkSessionId, reason, connector, environment } = row
  const of = { workspaceId, appId, connectionId, linkSessionId, reason, connector, environment }
  const revocationId = await revokeLater(tx, of, pair)
  const itsReceipt = eq(deletionReceipts.revocationId, row.id)
  await tx.update(deletionReceipts).set({ revocationId }).where(itsReceipt)
}

/** The end of a revocation: proven, or given up after seven days. Its tokens and their key are destroyed. */
export async function settleRevocation(
  tx: Tx,
  row: Pick<Revocation, 'id' | 'workspaceId'>,
  state: 'proven' | 'gave_up',
): Promise<void> {
  await tx
    .update(revocations)
    .set({ state, accessToken: null, refreshToken: null, nextTryAt: null, settledAt: sql`now()` })
    .where(eq(revocations.id, row.id))
  await shredDataKey(tx, owner(row))
}

/**
 * Sends the task of each revocation whose try is a quarter of an hour late: a task that was lost, or has failed for good, leaves no grant
 * alive. Called every minute by a task.
 */
export async function resumeRevocations(): Promise<void> {
  await transaction(async tx => {
    const late = tx
      .select({ id: revocations.id })
      .from(revocations)
      .where(
        and(eq(revocations.state, 'waiting'), lte(revocations.nextTryAt, sql`now() - interval '15 minutes'`)),
      )
      .limit(aRun)
      .for('update', { skipLocked: true })
    const resumed = await tx
      .update(revocations)
      .set({ nextTryAt: sql`now()` })
      .where(inArray(revocations.id, late))
      .returning({ id: revocations.id })
    for (const { id } of resumed) await sendTask(tx, 'revoke-grant', { revocationId: id })
  })
}
