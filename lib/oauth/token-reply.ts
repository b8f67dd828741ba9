import { z } from 'zod'
import type { Tokens } from '#lib/connections/credentials.ts'
import type { HttpReply } from '#lib/http.ts'

/** What came of asking the token or the revocation endpoint. Only `grant_refused` says something about the grant. */
export type Refused =
  | { kind: 'grant_refused'; error: string }
  /** The client id or secret is wrong, or the client may not do this: no connection's fault. */
  | { kind: 'app_refused'; error: string }
  /** 401 or 403 without a word that means something: it could be either. */
  | { kind: 'refused_oddly'; status: number }
  | { kind: 'limited'; retryAt: Date | undefined }
  /** No answer, a broken one, or one that makes no sense: it may have acted all the same. */
  | { kind: 'unclear'; reason: string }

export type TokenReply = { kind: 'tokens'; tokens: Tokens; scope: string[] | undefined } | Refused

/** Errors of RFC 6749 5.2 that are about the client; all others of the list are about the grant or the request. */
const aboutTheApp = new Set(['invalid_client', 'unauthorized_client', 'unsupported_grant_type'])
const aboutTheGrant = new Set(['invalid_grant', 'invalid_scope', 'invalid_request', 'access_denied'])

const errorBody = z.object({ error: z.string().max(100) })

/** A quarter of an hour: longer is asked again earlier. */
const longestWaitMs = 15 * 60_000

/** What a reply that is no 200 says. The `error` member decides, then the challenge's; the status only where neither is there. */
export function refusalIn(reply: HttpReply, now: number): Refused {
  const retryAt = retryAtOf(reply, now)
  if (reply.status === 429) return { kind: 'limited', retryAt }
  if (reply.status === 503 && retryAt) return { kind: 'limited', retryAt }
  if (reply.status >= 500) return { kind: 'unclear', reason: `status ${reply.status}` }
  const error = errorIn(reply)
  if (error && aboutTheApp.has(error)) return { kind: 'app_refused', error }
  if (error && aboutTheGrant.has(error)) return { kind: 'grant_refused', error }
  if (reply.status === 401 || reply.status === 403) return { kind: 'refused_oddly', status: reply.status }
  return { kind: 'unclear', reason: `status ${reply.status}` }
}

function errorIn({ body, headers }: HttpReply): string | undefined {
  const told = errorBody.safeParse(jsonOf(body)).data?.error
  if (told) return told
  // RFC 6750, 3: error="invalid_token" in the challenge, as Doorkeeper sends it beside or instead of a body.
  return /\berror="([a-z_]{1,100})"/.exec(headers['www-authenticate'] ?? '')?.[1]
}

function retryAtOf({ headers }: HttpReply, now: number): Date | undefined {
  const told = headers['retry-after']
  if (told) {
    const wait = /^\d+$/.test(told) ? Number(told) * 1000 : Date.parse(told) - now
    return wait > 0 ? new Date(now + Math.min(wait, longestWaitMs)) : undefined
  }
  const reset = Number(headers['x-rate-limit-reset']) * 1000 - now
  return reset > 0 ? new Date(now + Math.min(reset, longestWaitMs)) : undefined
}

/** Parses JSON; undefined for what is none. */
export function jsonOf(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}

/** Seconds that a token lives when the reply names none (`security.md` 5, rule 7), and the most that is planned with. */
const usualSeconds = 3600
const mostSeconds = 24 * 3600

/** The life of a token in seconds, made sane: a text is read, none is an hour, nonsense is over at once, years are a day. */
export function lifeOf(expiresIn: unknown): number {
  if (expiresIn === undefined || expiresIn === null) return usualSeconds
  const seconds = typeof expiresIn === 'string' && expiresIn.trim() !== '' ? Number(expiresIn) : expiresIn
  if (typeof seconds !== 'number' || !Number.isFinite(seconds) || seconds <= 0) return 0
  return Math.min(seconds, mostSeconds)
}

/** What may stand in a header and is worth keeping. */
export const isToken = (text: string): boolean => /^[\x21-\x7e]{1,4096}$/.test(text)
