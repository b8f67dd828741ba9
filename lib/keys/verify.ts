import { asc, gt } from 'drizzle-orm'
import { SealError } from '#lib/crypto/seal.ts'
import { unwrap } from '#lib/crypto/wrap.ts'
import { db } from '#lib/db/client.ts'
import { dataKeys } from '#lib/db/schema/keys.ts'
import { type Keyring, keyring } from './keyring.ts'
import { wrapContextOf } from './wrap-context.ts'

const batch = 1000

/** A data key that does not open, and whose it is. */
export type BrokenDataKey = {
  id: string
  workspaceId: string
  ownerKind: string
  ownerId: string
  kekId: string
}

function opens(ring: Keyring, row: typeof dataKeys.$inferSelect): boolean {
  const kek = ring.keys.get(row.kekId)
  if (!kek) return false
  try {
    unwrap(kek, wrapContextOf(row), row.wrapped)
    return true
  } catch (error) {
    if (error instanceof SealError) return false
    throw error
  }
}

/** Tries every data key with the keyring. Opens no secret and changes nothing. */
export async function verifyDataKeys(): Promise<{ opened: number; broken: BrokenDataKey[] }> {
  const ring = keyring()
  const broken: BrokenDataKey[] = []
  let [opened, after] = [0, '00000000-0000-0000-0000-000000000000']
  for (;;) {
    const rows = await db()
      .select()
      .from(dataKeys)
      .where(gt(dataKeys.id, after))
      .orderBy(asc(dataKeys.id))
      .limit(batch)
    for (const row of rows) {
      const { id, workspaceId, ownerKind, ownerId, kekId } = row
      if (opens(ring, row)) opened++
      else broken.push({ id, workspaceId, ownerKind, ownerId, kekId })
    }
    const last = rows.at(-1)
    if (!last) return { opened, broken }
    after = last.id
  }
}
