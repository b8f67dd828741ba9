import NextAuth, { type AuthOptions } from 'next-auth'
import { decode, encode } from 'next-auth/jwt'
import { z } from 'zod'
import { newAnswer } from './auth-answer.ts'
import { newSecret } from './crypto/tokens.ts'
import { env } from './env.ts'
import { endSession } from './members/end-session.ts'
import { findSession, type SessionToken } from './members/find-session.ts'
import { sessionDays } from './members/start-session.ts'

/**
 * The one door to next-auth: it seals and opens the session's cookie, answers its CSRF token, its session and sign-out. It
 * has no provider, so nobody can sign in through it: checking the password is `members/sign-in.ts`.
 */

export const cookieNames = {
  session: '__Host-gangway-session',
  csrf: '__Host-gangway-csrf',
  returnTo: '__Host-gangway-return',
  device: '__Host-gangway-device',
  visitor: '__Host-gangway-visitor',
  /** Ties what comes back from an ATS's sign-in to the browser that left for it. */
  binding: '__Host-gangway-sign-in',
} as const

const sessionSeconds = sessionDays * 24 * 3600
const visitorSeconds = 10 * 60
const bindingSeconds = 20 * 60
const deviceSeconds = 180 * 24 * 3600

// A salt a purpose: a cookie made for one thing never opens as another.
const sessionSalt = 'gangway/session'
const deviceSalt = 'gangway/device'

const sessionClaims = z.object({
  sid: z.string().regex(/^[\w-]{43}$/),
  sub: z.uuid(),
  ver: z.literal(1),
})
const deviceClaims = z.object({ sub: z.uuid(), ver: z.literal(1) })

const attributes = 'Path=/; HttpOnly; Secure; SameSite=Lax'

/** A `Set-Cookie` that the browser sends back to this host alone, and no script can read. */
const hostCookie = (name: string, value: string, seconds: number): string =>
  `${name}=${value}; Max-Age=${seconds}; ${attributes}`

/** The `Set-Cookie` of a new session; it holds the session's secret, the user's id and a version, sealed. */
export async function sessionCookie(token: SessionToken): Promise<string> {
  const claims = { sid: token.secret, sub: token.userId, ver: 1 }
  return hostCookie(cookieNames.session, await seal(claims, sessionSalt, sessionSeconds), sessionSeconds)
}

/** What a session's cookie holds; nothing for a cookie that is not ours, not whole, or meant for something else. */
export async function openSession(cookie: string | undefined): Promise<SessionToken | undefined> {
  const claims = sessionClaims.safeParse(await open(cookie, sessionSalt))
  return claims.success ? { secret: claims.data.sid, userId: claims.data.sub } : undefined
}

/** A browser in which nobody is signed in: the secret that ties what its forms show again to it, and its `Set-Cookie`. */
export function newVisitor(): { visitor: string; cookie: string } {
  const visitor = newSecret()
  return { visitor, cookie: hostCookie(cookieNames.visitor, visitor, visitorSeconds) }
}

/** The secret that ties a sign-in at an ATS to this browser, and its `Set-Cookie`: the one that it has, as long as that lives. */
export function bindBrowser(known: string | undefined): { binding: string; cookie: string } {
  const binding = known && /^[\w-]{43}$/.test(known) ? known : newSecret()
  return { binding, cookie: hostCookie(cookieNames.binding, binding, bindingSeconds) }
}

/** Marks a browser as one in which this user has signed in: strangers at her account do not lock her out of it. */
export const deviceCookie = async (userId: string): Promise<string> =>
  hostCookie(
    cookieNames.device,
    await seal({ sub: userId, ver: 1 }, deviceSalt, deviceSeconds),
    deviceSeconds,
  )

/** The user for whom a browser is a known one. */
export async function openDevice(cookie: string | undefined): Promise<string | undefined> {
  const claims = deviceClaims.safeParse(await open(cookie, deviceSalt))
  return claims.success ? claims.data.sub : undefined
}

const seal = (token: Record<string, unknown>, salt: string, maxAge: number) =>
  encode({ token, salt, maxAge, secret: env().AUTH_SECRET })

async function open(token: string | undefined, salt: string): Promise<unknown> {
  try {
    return token ? await decode({ token, salt, secret: env().AUTH_SECRET }) : undefined
  } catch {
    return undefined
  }
}

const hostOnly = { httpOnly: true, secure: true, sameSite: 'lax', path: '/' } as const

const options = (): AuthOptions => ({
  providers: [],
  secret: env().AUTH_SECRET,
  session: { strategy: 'jwt', maxAge: sessionSeconds },
  pages: { signIn: '/sign-in', signOut: '/sign-in', error: '/sign-in' },
  cookies: {
    sessionToken: { name: cookieNames.session, options: hostOnly },
    csrfToken: { name: cookieNames.csrf, options: hostOnly },
    callbackUrl: { name: cookieNames.returnTo, options: hostOnly },
  },
  jwt: {
    encode: ({ token, maxAge }) => seal({ ...token }, sessionSalt, maxAge ?? sessionSeconds),
    decode: async ({ token }) => {
      const session = await openSession(token)
      const found = session && (await findSession(session))
      return found && session
        ? { sid: session.secret, sub: session.userId, ver: 1, name: found.actor.name }
        : null
    },
  },
  callbacks: {
    redirect: () => new URL('/sign-in', env().APP_URL).href,
    jwt: ({ token }) => ({ sid: token.sid, ver: 1, ...(token.sub && { sub: token.sub }) }),
  },
  events: {
    signOut: async ({ token }) => {
      const claims = sessionClaims.safeParse(token)
      if (claims.success) await endSession({ secret: claims.data.sid, userId: claims.data.sub })
    },
  },
  logger: { error: () => {}, warn: () => {}, debug: () => {} },
})

/** What next-auth may be asked at `/api/auth/…`; everything else is not there. */
const asked: Readonly<Record<string, readonly string[]>> = { GET: ['csrf', 'session'], POST: ['signout'] }

/** Answers `/api/auth/…`, or nothing when it is not for next-auth. Redirects are 303, as all of ours. */
export async function nextAuthAnswer(
  action: string,
  request: { method: string; cookies: Record<string, string>; fields: Record<string, string> },
): Promise<Response | undefined> {
  if (!asked[request.method]?.includes(action)) return undefined
  const answer = newAnswer()
  const { method, cookies, fields } = request
  const incoming = { method, cookies, headers: {}, query: { nextauth: [action] }, body: fields }
  await NextAuth(incoming as never, answer.response as never, options())
  return answer.toResponse()
}

/** Ends the session of these cookies, by next-auth's own sign-out, and gives the answer that clears the browser's. */
export async function signOut(cookies: Record<string, string>): Promise<Response | undefined> {
  const csrf = await nextAuthAnswer('csrf', { method: 'GET', cookies: {}, fields: {} })
  const csrfToken = z.object({ csrfToken: z.string() }).parse(await csrf?.json()).csrfToken
  const made = csrf?.headers.getSetCookie().find(cookie => cookie.startsWith(`${cookieNames.csrf}=`))
  const value = decodeURIComponent(made?.slice(cookieNames.csrf.length + 1).split(';')[0] ?? '')
  return nextAuthAnswer('signout', {
    method: 'POST',
    cookies: { ...cookies, [cookieNames.csrf]: value },
    fields: { csrfToken },
  })
}
