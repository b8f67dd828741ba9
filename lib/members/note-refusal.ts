import type { Doer } from '#lib/audit/record.ts'
import { recordForPerson } from '#lib/audit/record-for-person.ts'
import { db } from '#lib/db/client.ts'
import { log } from '#lib/log.ts'
import type { SignInFrom } from './sign-in.ts'

const nobody = '00000000-0000-0000-0000-000000000000'

/**
 * Writes a wrong password into the logs of whose account it was tried at. Nobody waits for it, and for an address that nobody
 * has the same is asked: how long the answer takes tells nothing. The limits of the sign-in, which count before the
 * password is looked at, say how often it can happen.
 */
export async function noteRefusal(userId: string | undefined, from: SignInFrom): Promise<void> {
  const { by, address, userAgent = '' } = from
  const doer: Doer = by ? { kind: 'user', ...by } : { kind: 'visitor', from: { address, userAgent } }
  try {
    await recordForPerson(db(), doer, { name: 'session.refused', userId: userId ?? nobody })
  } catch (error) {
    log.error({ err: error }, 'a refused sign-in is not on record')
  }
}
