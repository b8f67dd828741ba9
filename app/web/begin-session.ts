import type { From } from '#lib/actors.ts'
import { cookieNames, deviceCookie, openDevice, openSession, sessionCookie } from '#lib/auth.ts'
import { peerOf } from '#lib/door/peer.ts'
import { endSession } from '#lib/members/end-session.ts'
import type { SignInFrom } from '#lib/members/sign-in.ts'
import { startSession } from '#lib/members/start-session.ts'
import { seeOther } from './answer-form.ts'
import { cookiesOf } from './cookies.ts'

/** Starts a session of somebody who has just been proven, with a new secret, and goes on; the browser's old one ends. */
export async function beginSession(request: Request, userId: string, zone: string | undefined, next: string) {
  const before = await openSession(cookiesOf(request)[cookieNames.session])
  if (before) await endSession(before)
  const { secret } = await startSession(userId, {
    ...fromOf(request),
    timeZone: zoneOf(zone),
  })
  const cookies = await Promise.all([sessionCookie({ secret, userId }), deviceCookie(userId)])
  return seeOther(next, ...cookies)
}

/** From where a request comes, for the record; later requests of a session have it from there. */
export const fromOf = (request: Request): From => ({
  address: peerOf(request.headers),
  userAgent: (request.headers.get('user-agent') ?? '').slice(0, 300),
})

/** From where a password is given: also whether that browser is a known one of somebody. */
export const triedFrom = async (request: Request): Promise<SignInFrom> => ({
  ...fromOf(request),
  knownUserId: await openDevice(cookiesOf(request)[cookieNames.device]),
})

/** A zone as a browser tells it, or nothing when it is none. */
export function zoneOf(told: string | undefined): string | null {
  if (!told || told.length > 64) return null
  try {
    return new Intl.DateTimeFormat('en', { timeZone: told }).resolvedOptions().timeZone
  } catch {
    return null
  }
}
