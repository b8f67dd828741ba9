import { and, eq, type SQL, sql } from 'drizzle-orm'
import { type DataKey, SealError } from '#lib/crypto/seal.ts'
import { newWrappedKey, unwrap } from '#lib/crypto/wrap.ts'
import type { Tx } from '#lib/db/client.ts'
import { insertWhere } from '#lib/db/insert-where.ts'
import { type DataKeyOwner, dataKeys, kekRegistry } from '#lib/db/schema/keys.ts'
import { newId } from '#lib/ids.ts'
import { forgetKey, keepKey, keptKey } from './kept-keys.ts'
import { keyring } from './keyring.ts'
import { KeyringError } from './keyring-error.ts'
import { wrapContextOf } from './wrap-context.ts'

/** Whose a data key is: a connection or a candidate credential of a workspace. */
export type KeyOwner = { workspaceId: string; kind: DataKeyOwner; id: string }

export type DataKeyRow = typeof dataKeys.$inferSelect

const ownedBy = (owner: KeyOwner) =>
  and(
    eq(dataKeys.workspaceId, owner.workspaceId),
    eq(dataKeys.ownerKind, owner.kind),
    eq(dataKeys.ownerId, owner.id),
  )

// Shared with `retire`, which locks the row for itself: no data key is wrapped by a key after that key was retired.
async function assertNotRetired(tx: Tx, kekId: string): Promise<void> {
  const [known] = await tx
    .select({ retiredAt: kekRegistry.retiredAt })
    .from(kekRegistry)
    .where(eq(kekRegistry.kekId, kekId))
    .for('share')
  if (known?.retiredAt)
    throw new KeyringError(`The primary key "${kekId}" is retired. Put a newer key first and start again.`)
}

/**
 * Makes the owner's data key, wrapped by the keyring's primary. Call it in a transaction. Null when the owner has one already.
 * KeyringError when the primary was retired while this process ran.
 */
export async function createDataKey(tx: Tx, owner: KeyOwner): Promise<DataKey | null> {
  const { primary } = keyring()
  await assertNotRetired(tx, primary.id)
  const row = { id: newId(), workspaceId: owner.workspaceId, ownerKind: owner.kind, ownerId: owner.id }
  const { dataKey, wrapped } = newWrappedKey(primary, wrapContextOf(row))
  const made = await tx
    .insert(dataKeys)
    .values({ ...row, kekId: primary.id, wrapped })
    .onConflictDoNothing({ target: [dataKeys.ownerKind, dataKeys.ownerId] })
    .returning({ id: dataKeys.id })
  return made.length === 1 ? dataKey : null
}

/** The data key of a row; only the unwrapping is remembered. SealError when it cannot be unwrapped. */
export function dataKeyIn(row: DataKeyRow): DataKey {
  const proof = [row.workspaceId, row.ownerKind, row.ownerId, row.wrapped].join(' ')
  const kept = keptKey(row.id, proof)
  if (kept) return kept
  const kek = keyring().keys.get(row.kekId)
  if (!kek) throw new SealError()
  const dataKey = unwrap(kek, wrapContextOf(row), row.wrapped)
  keepKey(proof, dataKey)
  return dataKey
}

/**
 * A data key for an owner that has none, wrapped by the keyring's primary, as parts of the statement that writes what it seals: `made`
 * is done where the part `won` has a row. That must have none where the part `retired` has one: the primary was retired while this
 * process ran.
 */
export function newDataKey(owner: KeyOwner): { dataKey: DataKey; retired: SQL; made: SQL } {
  const { primary } = keyring()
  const row = { id: newId(), workspaceId: owner.workspaceId, ownerKind: owner.kind, ownerId: owner.id }
  const { dataKey, wrapped } = newWrappedKey(primary, wrapContextOf(row))
  return {
    dataKey,
    retired: sql`select from (select ${kekRegistry.retiredAt} as at from ${kekRegistry}
      where ${kekRegistry.kekId} = ${primary.id} for share) known where known.at is not null`,
    made: insertWhere('won', dataKeys, { ...row, kekId: primary.id, wrapped }),
  }
}

/**
 * The row of the owner's data key, or null when it never had one or it was shredded. It is read each time, so a key shredded by any
 * process is gone for all at once.
 */
export async function readDataKey(tx: Tx, owner: KeyOwner): Promise<DataKeyRow | null> {
  const [row] = await tx.select().from(dataKeys).where(ownedBy(owner))
  return row ?? null
}

/** The owner's data key, or null as `readDataKey`. SealError when the row cannot be unwrapped. */
export async function dataKeyFor(tx: Tx, owner: KeyOwner): Promise<DataKey | null> {
  const row = await readDataKey(tx, owner)
  return row && dataKeyIn(row)
}

/** Destroys the owner's data key: what was sealed under it can be opened by nobody. Says whether there was one. */
export async function shredDataKey(tx: Tx, owner: KeyOwner): Promise<boolean> {
  const gone = await tx.delete(dataKeys).where(ownedBy(owner)).returning({ id: dataKeys.id })
  for (const { id } of gone) forgetKey(id)
  return gone.length > 0
}
