import { setTimeout as sleep } from 'node:timers/promises'
import { env } from '#lib/env.ts'
import { log } from '#lib/log.ts'
import { assertKeyring, type KeyringCheck } from './check-at-start.ts'
import { KeyringError } from './keyring-error.ts'

/**
 * Holds the keyring against the database before a process serves; while the database does not answer, waits for it.
 *
 * @throws KeyringError where a key is missing, wrong or weak: the process must not start
 */
export async function awaitKeyring(): Promise<KeyringCheck> {
  for (;;) {
    try {
      return await assertKeyring({ degraded: env().GANGWAY_DEGRADED === 'yes' })
    } catch (error) {
      if (error instanceof KeyringError) throw error
      log.warn({ err: error }, 'waiting for the database')
      await sleep(1_000)
    }
  }
}
