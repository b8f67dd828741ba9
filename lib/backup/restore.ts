import postgres from 'postgres'
import { migrateDatabase } from '#lib/db/migrate.ts'
import { installQueue } from '#lib/queue/install.ts'
import { type KeysInUse, keysInUse } from './keys-in-use.ts'
import { loadTables } from './load.ts'
import { claimPlace, lockPlace, releasePlace } from './place.ts'
import { type Backup, tablesOf } from './read.ts'

export type Wanted = {
  /** The address of an empty database. */
  url: string
  /** What `readBackup` read. */
  backup: Backup
  /** The folder of this program's migrations. */
  migrations: string
  /** Is told which keys the data keys need, before anything is kept, and objects by throwing. */
  checkKeys: (keys: KeysInUse) => Promise<void>
  /** Called at the end, with everything in the database: puts what is not of it into its place, and lets tasks go on. */
  finish: () => Promise<void>
}

/**
 * Restores a backup into an empty database: the schema as it was, by our own migrations, all rows in one transaction, then the
 * migrations since and the queue. Until the last step the database says that it is unfinished: no Gangway starts on it, and a
 * restore that was cut short is begun again by calling this again. BackupError where anything is not as it has to be.
 */
export async function restoreBackup({ url, backup, migrations, ...ask }: Wanted): Promise<void> {
  const sql = postgres(url, { max: 2, connect_timeout: 10, onnotice: () => {} })
  try {
    const place = await sql.reserve()
    try {
      await lockPlace(place)
      await claimPlace(place)
      await migrateDatabase(url, migrations, { upTo: backup.database.schema.at, restoring: true })
      await sql.begin(async tx => {
        await loadTables(tx, [...tablesOf(backup.database), ...tablesOf(backup['data-keys'])])
        await ask.checkKeys(await keysInUse(tx))
        if (!backup['data-keys']) await markUnreadable(tx)
      })
      await migrateDatabase(url, migrations, { restoring: true })
      await installQueue(url)
      await ask.finish()
      await releasePlace(place)
    } finally {
      place.release()
    }
  } finally {
    await sql.end({ timeout: 5 })
  }
}

// Nothing else would say so before somebody needs the connection.
async function markUnreadable(tx: postgres.TransactionSql): Promise<void> {
  await tx`update connections set health = 'failing', health_reason = 'credential_unreadable', health_since = now()
    where status <> 'deleted'`
}
