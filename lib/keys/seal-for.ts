import { open, SealError, seal } from '#lib/crypto/seal.ts'
import type { Secret } from '#lib/crypto/secret.ts'
import type { Tx } from '#lib/db/client.ts'
import { metrics } from '#lib/metrics/registry.ts'
import { createDataKey, dataKeyFor, type KeyOwner } from './data-keys.ts'

/** The column in which a sealed text stands: SQL names, the row's uuid, the secret's generation (1 for the first). */
export type Place = { table: string; column: string; rowId: string; generation: number }

/**
 * Seals a secret for its place under its owner's data key, which is made when the owner has none. Call it in the transaction
 * that writes the column.
 */
export async function sealFor(tx: Tx, owner: KeyOwner, place: Place, secret: Secret): Promise<string> {
  return counted('seal', async () => {
    // A second look after null: another transaction made the key in between.
    const dataKey =
      (await dataKeyFor(tx, owner)) ?? (await createDataKey(tx, owner)) ?? (await dataKeyFor(tx, owner))
    if (!dataKey) throw new SealError()
    return seal({ ...place, workspaceId: owner.workspaceId }, dataKey, secret)
  })
}

/**
 * Opens a sealed text of this owner at this place. SealError, the same whatever the reason: moved, damaged, shredded, or under a
 * key that this process does not have. The caller marks the connection `credential_unreadable` and calls no ATS.
 */
export async function openFor(tx: Tx, owner: KeyOwner, place: Place, sealed: string): Promise<Secret> {
  return counted('open', async () => {
    const dataKey = await dataKeyFor(tx, owner)
    if (!dataKey) throw new SealError()
    return open({ ...place, workspaceId: owner.workspaceId }, dataKey, sealed)
  })
}

async function counted<T>(act: 'seal' | 'open', work: () => Promise<T>): Promise<T> {
  try {
    const made = await work()
    metrics().secrets.inc({ act, outcome: 'done' })
    return made
  } catch (error) {
    metrics().secrets.inc({ act, outcome: 'failed' })
    throw error
  }
}
