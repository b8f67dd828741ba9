import { createLimiter, take } from './limiter.ts'

const byApp = createLimiter({ name: 'oauth-test', points: 20, seconds: 3600, withoutDatabase: 3 })

/** Counts one test of an OAuth app: 20 an app in an hour, since each is a wrong try at the ATS. Throws `too_many`. */
export const countOAuthTest = async (appId: string): Promise<void> => void (await take(byApp, appId))
