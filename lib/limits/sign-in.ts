import { hashToken } from '#lib/crypto/tokens.ts'
import type { GangwayError } from '#lib/errors.ts'
import { createLimiter, take, tooMany } from './limiter.ts'
import { networkOf } from './network.ts'

const quarter = 15 * 60
const day = 24 * 3600
const longestWait = 4 * 3600

const perAccount = { name: 'sign-in-account', points: 10, seconds: quarter, withoutDatabase: 3 }
const byAccount = createLimiter(perAccount)
/** However many addresses try: NIST SP 800-63B allows 100 failures in a row on one account. */
const byAccountInAll = createLimiter({ name: 'sign-in-all', points: 100, seconds: day, withoutDatabase: 3 })
const byAddress = createLimiter({ name: 'sign-in-address', points: 30, seconds: quarter, withoutDatabase: 3 })
/** A browser in which she has signed in before: strangers at her account do not lock her out there. */
const byDevice = createLimiter({ name: 'sign-in-device', points: 10, seconds: quarter, withoutDatabase: 3 })

const byDeviceInAll = createLimiter({
  name: 'sign-in-device-all',
  points: 100,
  seconds: day,
  withoutDatabase: 3,
})

export type Attempt = {
  /** As typed; the counter knows only its hash. */
  email: string
  /** The peer's address; all of an IPv6 /64 is one. */
  address: string
  /** Set when the browser proved that this account signed in there before. */
  device?: string | undefined
}

const accountKey = (attempt: Pick<Attempt, 'email'>) => hashToken(attempt.email.trim().toLowerCase())

/**
 * Counts one try before the password is looked at, so that parallel tries count too. Throws `too_many` with the seconds to
 * wait: 10 an account and 30 an address in 15 minutes, 100 an account a day and as many in browsers she has used before, each wait of
 * an account twice the last one.
 * When the database does not count, each process allows a few and then refuses everybody.
 */
export async function countSignIn(attempt: Attempt): Promise<void> {
  await take(byAddress, networkOf(attempt.address))
  if (attempt.device) {
    await take(byDevice, attempt.device)
    return void (await take(byDeviceInAll, attempt.device))
  }
  const key = accountKey(attempt)
  try {
    await take(byAccount, key)
  } catch (refusal) {
    throw (await longerWait(key)) ?? refusal
  }
  await take(byAccountInAll, key)
}

/** It was her: her account's counters start anew, and her network gets its point back. */
export async function forgetSignIns(attempt: Attempt): Promise<void> {
  const key = accountKey(attempt)
  await Promise.all([
    byAccount.delete(key),
    byAccountInAll.delete(key),
    byAddress.reward(networkOf(attempt.address)),
    ...(attempt.device ? [byDevice.delete(attempt.device), byDeviceInAll.delete(attempt.device)] : []),
  ])
}

/** She proved by other means that it is her, such as a link from a mail: her account's counters start anew, those of her browsers too. */
export async function forgetAccount({ email, userId }: { email: string; userId: string }): Promise<void> {
  const key = accountKey({ email })
  await Promise.all([
    byAccount.delete(key),
    byAccountInAll.delete(key),
    byDevice.delete(userId),
    byDeviceInAll.delete(userId),
  ])
}

/** At the first refusal of a window the account is held for 15 minutes, then 30, then 60, and so on. */
async function longerWait(key: string): Promise<GangwayError | undefined> {
  const [window, all] = await Promise.all([byAccount.get(key), byAccountInAll.get(key)])
  if (window?.consumedPoints !== perAccount.points + 1) return undefined
  const windows = Math.floor((all?.consumedPoints ?? 0) / perAccount.points)
  const seconds = Math.min(longestWait, quarter * 2 ** Math.max(0, windows - 1))
  return tooMany(await byAccount.set(key, perAccount.points + 2, seconds))
}
