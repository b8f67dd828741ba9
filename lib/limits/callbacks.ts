import { createLimiter, take } from './limiter.ts'
import { networkOf } from './network.ts'

const byAddress = createLimiter({
  name: 'strange-callback',
  points: 60,
  seconds: 10 * 60,
  withoutDatabase: 10,
})

/** Counts a callback of a sign-in that is nobody's: 60 a network in ten minutes. Throws `too_many`. */
export const countStrangeCallback = async (address: string): Promise<void> =>
  void (await take(byAddress, networkOf(address)))
