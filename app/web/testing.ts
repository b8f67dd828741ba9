import { randomUUID } from 'node:crypto'
import { cookieNames, sessionCookie } from '#lib/auth.ts'
import { sqlClient } from '#lib/db/client.ts'
import { startSession } from '#lib/members/start-session.ts'

/** The name and value of a `Set-Cookie`, as a browser sends it back. */
export const sentBack = (setCookie: string): string => setCookie.split(';', 1)[0] ?? ''

/** Signs a person in and gives the `Cookie` header of her browser. For tests. */
export async function signedIn(person: { userId: string }): Promise<string> {
  const browser = { userAgent: 'test', address: '127.0.0.1', timeZone: null }
  const { secret } = await startSession(person.userId, browser)
  return sentBack(await sessionCookie({ secret, userId: person.userId }))
}

/** A form that a browser sends. For tests. */
export function formRequest(path: string, fields: Record<string, string>, cookie?: string): Request {
  return new Request(new URL(path, 'http://localhost:3000'), {
    method: 'POST',
    body: new URLSearchParams(fields),
    headers: { 'x-forwarded-for': '10.1.2.3', ...(cookie && { cookie }) },
  })
}

/** Gives a person a password whose hash is the given one. For tests. */
export async function givePassword(userId: string, passwordHash: string): Promise<void> {
  await sqlClient()`insert into identities (id, user_id, kind, password_hash)
    values (${randomUUID()}, ${userId}, 'password', ${passwordHash})`
}

/** The value of the session's cookie among an answer's. */
export const sessionOf = (answer: Response): string | undefined =>
  answer.headers.getSetCookie().find(cookie => cookie.startsWith(`${cookieNames.session}=`))
