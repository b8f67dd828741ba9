import { asc, count, gt, min, sql } from 'drizzle-orm'
import { keyCheckValue } from '#lib/crypto/wrap.ts'
import { db } from '#lib/db/client.ts'
import { dataKeys, kekRegistry } from '#lib/db/schema/keys.ts'
import { idsOf, type Keyring, keyring } from './keyring.ts'

/**
 * A key of the keyring or of the database. `place`: first of the keyring, behind it, or not in it. `check`: whether it is the key
 * that the database knows by that id. `dataKeys`: how many it wraps.
 */
export type KeyState = {
  id: string
  place: 'primary' | 'older' | 'absent'
  check: 'matches' | 'differs' | 'not seen yet' | 'cannot be told'
  dataKeys: number
  retiredAt: Date | null
}

type Known = typeof kekRegistry.$inferSelect

const placeOf = (ring: Keyring, id: string): KeyState['place'] => {
  if (ring.primary.id === id) return 'primary'
  return ring.keys.has(id) ? 'older' : 'absent'
}

function checkOf(ring: Keyring, id: string, known: Known | undefined): KeyState['check'] {
  const key = ring.keys.get(id)
  if (!key) return 'cannot be told'
  if (!known) return 'not seen yet'
  return keyCheckValue(key) === known.keyCheckValue ? 'matches' : 'differs'
}

/** Every key, the keyring's in their order and then those that only the database knows. Changes nothing. */
export async function keyStates(): Promise<KeyState[]> {
  const ring = keyring()
  const registry = await db()
    .select()
    .from(kekRegistry)
    .orderBy(asc(kekRegistry.createdAt), asc(kekRegistry.kekId))
  const counts = await db().select({ id: dataKeys.kekId, n: count() }).from(dataKeys).groupBy(dataKeys.kekId)
  const ids = new Set([...idsOf(ring), ...registry.map(row => row.kekId), ...counts.map(row => row.id)])
  return [...ids].map(id => {
    const known = registry.find(row => row.kekId === id)
    return {
      id,
      place: placeOf(ring, id),
      check: checkOf(ring, id, known),
      dataKeys: counts.find(row => row.id === id)?.n ?? 0,
      retiredAt: known?.retiredAt ?? null,
    }
  })
}

const paceSeconds = 60

/**
 * How fast data keys were wrapped anew in the last minute, whichever process did it, as data keys a second; 0 where nobody rotates. Looks at every
 * row: ask only while something waits to be wrapped anew.
 */
export async function rotationPace(): Promise<number> {
  const [row] = await db()
    .select({
      n: count(),
      seconds: sql<number>`extract(epoch from now() - ${min(dataKeys.rewrappedAt)})::float8`,
    })
    .from(dataKeys)
    .where(gt(dataKeys.rewrappedAt, sql`now() - make_interval(secs => ${paceSeconds})`))
  return row && row.n > 0 ? row.n / Math.max(row.seconds, 1) : 0
}
