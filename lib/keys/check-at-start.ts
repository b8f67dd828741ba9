import { and, count, eq, inArray, isNull, ne, notInArray, or, sql } from 'drizzle-orm'
import { keyCheckValue } from '#lib/crypto/wrap.ts'
import { type Tx, transaction } from '#lib/db/client.ts'
import { connections } from '#lib/db/schema/connections.ts'
import { dataKeys, kekRegistry } from '#lib/db/schema/keys.ts'
import { idsOf, type Keyring, keyring } from './keyring.ts'
import { KeyringError } from './keyring-error.ts'

/** A key that data keys still need and that the keyring does not have. */
export type MissingKey = { id: string; dataKeys: number }

/** How the keyring was found: its primary, the keys seen for the first time, and, degraded, what cannot be opened. */
export type KeyringCheck = {
  primary: string
  registered: string[]
  missing: MissingKey[]
  unreadable: number
}

type Known = Pick<typeof kekRegistry.$inferSelect, 'kekId' | 'keyCheckValue' | 'retiredAt'>

async function assertKnownKeys(tx: Tx, ring: Keyring): Promise<Set<string>> {
  const known = await tx
    .select()
    .from(kekRegistry)
    .where(inArray(kekRegistry.kekId, idsOf(ring)))
  assertRightKeys(ring, known)
  return new Set(known.map(row => row.kekId))
}

function assertRightKeys(ring: Keyring, known: readonly Known[]): void {
  for (const row of known) {
    const key = ring.keys.get(row.kekId)
    if (key && keyCheckValue(key) !== row.keyCheckValue)
      throw new KeyringError(
        `The key "${row.kekId}" is not the one that this database knows by that id. Put the right one back; a new key needs a new id, in front of the others.`,
      )
    if (row.kekId === ring.primary.id && row.retiredAt)
      throw new KeyringError(
        `The primary key "${row.kekId}" is retired: what is new must not be wrapped by it. Put the newer key first.`,
      )
  }
}

/**
 * Holds a keyring against what a database (or a backup of one) knows and needs, without asking it: the same rules as at start.
 * KeyringError where a key is another one than known, the primary is retired, or a key is lacking.
 */
export function assertOpens(ring: Keyring, { known, wraps }: { known: Known[]; wraps: MissingKey[] }): void {
  assertRightKeys(ring, known)
  const missing = wraps.filter(({ id, dataKeys }) => dataKeys > 0 && !ring.keys.has(id))
  if (missing.length > 0) throw refusal(missing)
}

async function register(tx: Tx, ring: Keyring, known: ReadonlySet<string>): Promise<string[]> {
  const fresh = [...ring.keys.values()].filter(key => !known.has(key.id))
  if (fresh.length === 0) return []
  await tx
    .insert(kekRegistry)
    .values(fresh.map(key => ({ kekId: key.id, keyCheckValue: keyCheckValue(key) })))
    .onConflictDoNothing()
  // Another process may have registered another key by that id a moment ago.
  await assertKnownKeys(tx, ring)
  return fresh.map(key => key.id)
}

const missingKeys = (tx: Tx, ring: Keyring): Promise<MissingKey[]> =>
  tx
    .select({ id: dataKeys.kekId, dataKeys: count() })
    .from(dataKeys)
    .where(notInArray(dataKeys.kekId, idsOf(ring)))
    .groupBy(dataKeys.kekId)
    .orderBy(dataKeys.kekId)

function refusal(missing: MissingKey[]): KeyringError {
  const needed = missing.map(
    ({ id, dataKeys }) => `"${id}" (${dataKeys} data key${dataKeys === 1 ? '' : 's'})`,
  )
  return new KeyringError(
    `The keyring lacks ${needed.join(', ')}: what they wrap could not be opened. Put them back behind the primary. If they are lost for good, start with --degraded (GANGWAY_DEGRADED=yes): those connections are marked and need a new key.`,
  )
}

const unreadable = 'credential_unreadable'

async function markUnreadable(tx: Tx, missing: MissingKey[]): Promise<number> {
  const owners = tx
    .select({ id: dataKeys.ownerId })
    .from(dataKeys)
    .where(
      and(
        eq(dataKeys.ownerKind, 'connection'),
        inArray(
          dataKeys.kekId,
          missing.map(({ id }) => id),
        ),
      ),
    )
  const marked = await tx
    .update(connections)
    .set({ health: 'failing', healthReason: unreadable, healthSince: sql`now()` })
    .where(
      and(
        inArray(connections.id, owners),
        ne(connections.status, 'deleted'),
        or(isNull(connections.healthReason), ne(connections.healthReason, unreadable)),
      ),
    )
    .returning({ id: connections.id })
  return marked.length
}

// A key that came back heals nobody by itself: the daily check is due at once for who was marked.
const checkMarkedSoon = (tx: Tx) =>
  tx.update(connections).set({ nextCheckAt: sql`now()` }).where(eq(connections.healthReason, unreadable))

/**
 * Holds the keyring against the database, before anything serves: each key is the one known by its id (key-check value), the
 * primary is not retired, and every data key's wrapping key is there. New keys are registered. KeyringError otherwise; a lacking key
 * alone is let pass with `degraded`: the connections that need it are marked `credential_unreadable`.
 */
export async function assertKeyring({ degraded = false } = {}): Promise<KeyringCheck> {
  const ring = keyring()
  return transaction(async tx => {
    const known = await assertKnownKeys(tx, ring)
    const missing = await missingKeys(tx, ring)
    if (missing.length > 0 && !degraded) throw refusal(missing)
    const registered = await register(tx, ring, known)
    const marked = missing.length > 0 ? await markUnreadable(tx, missing) : 0
    if (missing.length === 0) await checkMarkedSoon(tx)
    return { primary: ring.primary.id, registered, missing, unreadable: marked }
  })
}
