import type postgres from 'postgres'

/** Which keys of the keyring a database knows, and how many data keys each of them wraps. */
export type KeysInUse = {
  known: { kekId: string; keyCheckValue: string; retiredAt: Date | null }[]
  wraps: { id: string; dataKeys: number }[]
}

/** Asks a database for the keys that its data keys need. */
export async function keysInUse(tx: postgres.TransactionSql): Promise<KeysInUse> {
  const known = await tx<KeysInUse['known']>`
    select kek_id as "kekId", key_check_value as "keyCheckValue", retired_at as "retiredAt" from keys.kek_registry`
  const wraps = await tx<KeysInUse['wraps']>`
    select kek_id as id, count(*)::int as "dataKeys" from keys.data_keys group by 1 order by 1`
  return { known: [...known], wraps: [...wraps] }
}
