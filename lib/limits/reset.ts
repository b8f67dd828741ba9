import { hashToken } from '#lib/crypto/tokens.ts'
import { createLimiter, take } from './limiter.ts'
import { networkOf } from './network.ts'

const byAddress = createLimiter({ name: 'reset-address', points: 20, seconds: 15 * 60, withoutDatabase: 3 })
const byAccount = createLimiter({ name: 'reset-account', points: 5, seconds: 3600, withoutDatabase: 3 })

/**
 * Counts one wish for a new password, whether or not somebody has the address. Throws `too_many`: 20 a network in 15 minutes,
 * 5 an account in an hour. When the database does not count, each process allows a few and then refuses everybody.
 *
 * @param attempt `email` as typed, of which the counter knows only the hash; `address` is the peer's
 */
export async function countReset({ email, address }: { email: string; address: string }): Promise<void> {
  await take(byAddress, networkOf(address))
  await take(byAccount, hashToken(email.trim().toLowerCase()))
}
