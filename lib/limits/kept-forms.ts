import { createLimiter, take } from './limiter.ts'
import { networkOf } from './network.ts'

const byAddress = createLimiter({ name: 'kept-form', points: 120, seconds: 10 * 60, withoutDatabase: 10 })

/** Counts a form that is kept for somebody who is not signed in: 120 a network in ten minutes. Throws `too_many`. */
export const countKeptForm = async (address: string): Promise<void> =>
  void (await take(byAddress, networkOf(address)))
