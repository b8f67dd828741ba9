import { hashToken } from '#lib/crypto/tokens.ts'
import { createLimiter, take } from './limiter.ts'

const hour = 3600

/** Who is asked again and again, or withdrawn and asked anew, is one person with one mailbox. */
const byAddress = createLimiter({
  name: 'invitation-address',
  points: 5,
  seconds: 24 * hour,
  withoutDatabase: 1,
})
const byInviter = createLimiter({
  name: 'invitation-inviter',
  points: 100,
  seconds: hour,
  withoutDatabase: 3,
})

/**
 * Counts one invitation that is about to be sent, by a workspace or, of a customer, by the partner: `inviterId` is its id. Throws
 * `too_many` with the seconds to wait: 5 from one of them to an address a day, 100 from it an hour.
 */
export async function countInvitation(inviterId: string, email: string): Promise<void> {
  await take(byAddress, hashToken(`${inviterId} ${email.toLowerCase()}`))
  await take(byInviter, inviterId)
}
