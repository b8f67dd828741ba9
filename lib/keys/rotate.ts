import { setTimeout } from 'node:timers/promises'
import { and, asc, count, eq, gt, inArray, isNull, lt, ne, sql } from 'drizzle-orm'
import { SealError } from '#lib/crypto/seal.ts'
import { rewrap } from '#lib/crypto/wrap.ts'
import { db, type Tx, transaction } from '#lib/db/client.ts'
import { dataKeys, kekRegistry } from '#lib/db/schema/keys.ts'
import { idsOf, type Keyring, keyring } from './keyring.ts'
import { KeyringError } from './keyring-error.ts'
import { wrapContextOf } from './wrap-context.ts'

const batch = 500
const restFor = 3
const longestRestMs = 1_000
const firstId = '00000000-0000-0000-0000-000000000000'

/** How far a rotation is: data keys wrapped anew by this run, and those that still wait. */
export type RotationProgress = { rewrapped: number; left: number }

/**
 * `pauseMs` between batches keeps the database and the processors free for everybody else: unless told, as many times as long as the batch took
 * as `restFor` says; 0 in an emergency.
 */
export type RotationOptions = { pauseMs?: number; onProgress?: (progress: RotationProgress) => void }

/** How it ended. `damaged` are data keys that their own key does not open; `retired` keys may leave the keyring. */
export type RotationEnd = { primary: string; rewrapped: number; damaged: string[]; retired: string[] }

type DataKeyRow = typeof dataKeys.$inferSelect
type Sweep = { rewrapped: number; damaged: string[]; last: string | null }

const olderKeys = (ring: Keyring): string[] => idsOf(ring).filter(id => id !== ring.primary.id)

// Keys that the keyring lacks are not waited for: nobody here can rewrap what they wrap.
async function leftOf(ring: Keyring): Promise<number> {
  const [row] = await db()
    .select({ left: count() })
    .from(dataKeys)
    .where(inArray(dataKeys.kekId, olderKeys(ring)))
  return row?.left ?? 0
}

function rewrapRow(ring: Keyring, row: DataKeyRow): string | null {
  const from = ring.keys.get(row.kekId)
  if (!from) return null
  try {
    return rewrap(from, ring.primary, wrapContextOf(row), row.wrapped)
  } catch (error) {
    if (error instanceof SealError) return null
    throw error
  }
}

/** One transaction: the next rows that nobody else holds. What was not committed when a process dies is simply still to do. */
async function rewrapBatch(tx: Tx, ring: Keyring, after: string): Promise<Sweep> {
  const rows = await tx
    .select()
    .from(dataKeys)
    .where(and(inArray(dataKeys.kekId, olderKeys(ring)), gt(dataKeys.id, after)))
    .orderBy(asc(dataKeys.id))
    .limit(batch)
    .for('update', { skipLocked: true })
  const anew = rows.map(row => ({ id: row.id, wrapped: rewrapRow(ring, row) }))
  const whole = anew.filter(row => row.wrapped !== null)
  if (whole.length > 0)
    await tx.execute(sql`
      update keys.data_keys d set wrapped = n.wrapped, kek_id = ${ring.primary.id}, rewrapped_at = now()
      from jsonb_to_recordset(${JSON.stringify(whole)}::jsonb) as n(id uuid, wrapped text) where d.id = n.id`)
  const damaged = anew.filter(row => row.wrapped === null).map(row => row.id)
  return { rewrapped: whole.length, damaged, last: rows.at(-1)?.id ?? null }
}

async function sweep(
  ring: Keyring,
  pauseMs: number | undefined,
  tell: (rewrapped: number) => Promise<void>,
): Promise<Sweep> {
  const total: Sweep = { rewrapped: 0, damaged: [], last: firstId }
  for (let after: string | null = firstId; after !== null; ) {
    const from: string = after
    const began = performance.now()
    const done = await transaction(tx => rewrapBatch(tx, ring, from))
    total.rewrapped += done.rewrapped
    total.damaged.push(...done.damaged)
    after = done.last
    if (done.last === null) continue
    await tell(done.rewrapped)
    await setTimeout(pauseMs ?? Math.min((performance.now() - began) * restFor, longestRestMs))
  }
  return total
}

/** Marks keys that are older than the primary and wrap nothing any more: from then on nothing new is wrapped by them. */
async function retireUnused(ring: Keyring): Promise<string[]> {
  return transaction(async tx => {
    const [primary] = await tx.select().from(kekRegistry).where(eq(kekRegistry.kekId, ring.primary.id))
    if (!primary) return []
    const older = await tx
      .select({ id: kekRegistry.kekId })
      .from(kekRegistry)
      .where(
        and(
          ne(kekRegistry.kekId, primary.kekId),
          lt(kekRegistry.createdAt, primary.createdAt),
          isNull(kekRegistry.retiredAt),
        ),
      )
      .orderBy(asc(kekRegistry.kekId))
      .for('update')
    const used = await tx.selectDistinct({ id: dataKeys.kekId }).from(dataKeys)
    const unused = older.map(row => row.id).filter(id => !used.some(row => row.id === id))
    if (unused.length > 0)
      await tx.update(kekRegistry).set({ retiredAt: sql`now()` }).where(inArray(kekRegistry.kekId, unused))
    return unused
  })
}

async function assertPrimaryIsServed(ring: Keyring): Promise<void> {
  const [known] = await db().select().from(kekRegistry).where(eq(kekRegistry.kekId, ring.primary.id))
  if (!known)
    throw new KeyringError(
      `No Gangway has started with the primary key "${ring.primary.id}" yet: a running one could not open what is wrapped by it. Restart each with the new keyring, then rotate.`,
    )
}

/**
 * Wraps every data key anew by the keyring's primary, while Gangway runs: batches of 500, resumable, several processes at once if
 * need be. No secret is opened. Then retires the keys that wrap nothing any more. KeyringError when no running Gangway knows the
 * primary, or when rows stay locked by somebody else for half a minute.
 */
export async function rotate({ pauseMs, onProgress }: RotationOptions = {}): Promise<RotationEnd> {
  const ring = keyring()
  await assertPrimaryIsServed(ring)
  let rewrapped = 0
  for (let idle = 0; ; ) {
    const done = await sweep(ring, pauseMs, async count => {
      rewrapped += count
      onProgress?.({ rewrapped, left: await leftOf(ring) })
    })
    const left = await leftOf(ring)
    if (left <= done.damaged.length) {
      const retired = await retireUnused(ring)
      return { primary: ring.primary.id, rewrapped, damaged: done.damaged, retired }
    }
    // The rest is in another process's hands: it finishes, or dies and lets go.
    idle = done.rewrapped > 0 ? 0 : idle + 1
    if (idle >= 100)
      throw new KeyringError(`${left} data keys are held by somebody else. Run the rotation again later.`)
    await setTimeout(300)
  }
}
