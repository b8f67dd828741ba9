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
const byWorkspace = createLimiter({
  name: 'invitation-workspace',
  points: 100,
  seconds: hour,
  withoutDatabase: 3,
})

/**
 * Counts one invitation that is about to be sent. Throws `too_many` with the seconds to wait: 5 from a workspace to an address a
 * day, 100 a workspace an hour.
 */
export async function countInvitation(workspaceId: string, email: string): Promise<void> {
  await take(byAddress, hashToken(`${workspaceId} ${email.toLowerCase()}`))
  await take(byWorkspace, workspaceId)
}
