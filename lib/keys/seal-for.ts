import { type DataKey, open, SealError, seal } from '#lib/crypto/seal.ts'
import type { Secret } from '#lib/crypto/secret.ts'
import type { Tx } from '#lib/db/client.ts'
import { metrics } from '#lib/metrics/registry.ts'
import {
  createDataKey,
  type DataKeyRow,
  dataKeyFor,
  dataKeyIn,
  type KeyOwner,
  newDataKey,
  readDataKey,
} from './data-keys.ts'

/** The column in which a sealed text stands: SQL names, the row's uuid, the secret's generation (1 for the first). */
export type Place = { table: string; column: string; rowId: string; generation: number }

/** Seals and opens what is one owner's, its data key at hand: for several secrets at a time, and no further query. */
export type Sealer = {
  seal: (place: Place, secret: Secret) => string
  /** SealError, the same whatever the reason: moved, damaged, shredded, or under a key that this process does not have. */
  open: (place: Place, sealed: string) => Secret
}

function sealerOf({ workspaceId }: KeyOwner, dataKey: () => DataKey | null): Sealer {
  return {
    seal: (place, secret) => counted('seal', () => seal({ ...place, workspaceId }, there(dataKey()), secret)),
    open: (place, sealed) => counted('open', () => open({ ...place, workspaceId }, there(dataKey()), sealed)),
  }
}

function there(dataKey: DataKey | null): DataKey {
  if (!dataKey) throw new SealError()
  return dataKey
}

/**
 * The sealer of an owner whose data key was read along with what it sealed; null for one that never had a key, or whose key was
 * shredded: its sealer only throws SealError.
 */
export const sealerBy = (owner: KeyOwner, row: DataKeyRow | null): Sealer =>
  sealerOf(owner, () => row && dataKeyIn(row))

/** The sealer of an owner, which gets a data key when it has none. Call it in the transaction that writes what is sealed. */
export async function sealerFor(tx: Tx, owner: KeyOwner): Promise<Sealer> {
  // A second look after null: another transaction made the key in between.
  const dataKey =
    (await dataKeyFor(tx, owner)) ?? (await createDataKey(tx, owner)) ?? (await dataKeyFor(tx, owner))
  return sealerOf(owner, () => dataKey)
}

/** The sealer of an owner that has no data key yet, with the parts of the statement that makes it: see `newDataKey`. */
export function newSealer(owner: KeyOwner): Sealer & Pick<ReturnType<typeof newDataKey>, 'retired' | 'made'> {
  const { dataKey, ...parts } = newDataKey(owner)
  return { ...sealerOf(owner, () => dataKey), ...parts }
}

/**
 * Seals a secret for its place under its owner's data key, which is made when the owner has none. Call it in the transaction
 * that writes the column.
 */
export async function sealFor(tx: Tx, owner: KeyOwner, place: Place, secret: Secret): Promise<string> {
  return (await sealerFor(tx, owner)).seal(place, secret)
}

/**
 * Opens a sealed text of this owner at this place. SealError, the same whatever the reason: moved, damaged, shredded, or under a
 * key that this process does not have. The caller marks the connection `credential_unreadable` and calls no ATS.
 */
export async function openFor(tx: Tx, owner: KeyOwner, place: Place, sealed: string): Promise<Secret> {
  return sealerBy(owner, await readDataKey(tx, owner)).open(place, sealed)
}

function counted<T>(act: 'seal' | 'open', work: () => T): T {
  try {
    const made = work()
    metrics().secrets.inc({ act, outcome: 'done' })
    return made
  } catch (error) {
    metrics().secrets.inc({ act, outcome: 'failed' })
    throw error
  }
}
