import { now } from '#lib/clock.ts'
import type { DataKey } from '#lib/crypto/seal.ts'

const most = 1000
const lifeMs = 5 * 60_000

type Kept = { proof: string; dataKey: DataKey; until: number }

// Next bundles this file more than once a process: forgetting a key must reach every copy.
const shared = globalThis as typeof globalThis & { gangwayKeptKeys?: Map<string, Kept> }

function kept(): Map<string, Kept> {
  shared.gangwayKeptKeys ??= new Map()
  return shared.gangwayKeptKeys
}

/**
 * The data key unwrapped lately; undefined after five minutes, or when `proof` is not what it was kept with: a row whose wrapped
 * text or owner changed has to be unwrapped again.
 */
export function keptKey(dataKeyId: string, proof: string): DataKey | undefined {
  const found = kept().get(dataKeyId)
  if (!found) return undefined
  kept().delete(dataKeyId)
  if (found.proof !== proof || found.until <= now().getTime()) return undefined
  // A Map keeps the order of insertion: what is put back is now the last to be dropped.
  kept().set(dataKeyId, found)
  return found.dataKey
}

/** Remembers an unwrapped data key for five minutes; of more than a thousand, the one unused for longest goes. */
export function keepKey(proof: string, dataKey: DataKey): void {
  kept().set(dataKey.id, { proof, dataKey, until: now().getTime() + lifeMs })
  const [oldest] = kept().keys()
  if (kept().size > most && oldest !== undefined) kept().delete(oldest)
}

/** Forgets a data key at once. */
export function forgetKey(dataKeyId: string): void {
  kept().delete(dataKeyId)
}
