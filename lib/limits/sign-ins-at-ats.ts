import { createLimiter, take } from './limiter.ts'

const hour = 3600

const byPerson = createLimiter({ name: 'ats-sign-in-person', points: 60, seconds: hour, withoutDatabase: 3 })
const byWorkspace = createLimiter({
  name: 'ats-sign-in-workspace',
  points: 300,
  seconds: hour,
  withoutDatabase: 10,
})

/**
 * Counts one sign-in at an ATS that is about to be started, since each is a row that waits and a request over there in the partner's
 * name. Throws `too_many` with the seconds to wait: 60 a person and 300 a workspace an hour. When the database does not count, each
 * process allows a few and then refuses.
 */
export async function countAtsSignIn(of: { userId: string; workspaceId: string }): Promise<void> {
  await take(byPerson, of.userId)
  await take(byWorkspace, of.workspaceId)
}
