import { isLoopback } from '#lib/env.ts'

/** What is looked at before a request goes any further. Header names are lower-case. */
export type Seen = {
  method: string
  url: string
  headers: Readonly<Record<string, string | string[] | undefined>>
}

/** Why a request is turned away: a key below `door` in the messages. */
export type Reason = 'bad_request' | 'wrong_host' | 'method' | 'no_length' | 'too_large' | 'long_address'
export type Verdict =
  | { kind: 'pass' }
  | { kind: 'redirect'; location: string }
  | { kind: 'refuse'; status: number; reason: Reason }

/** What a form may hold, in bytes: the longest there is has a few fields of 4 KB. */
export const bodyLimit = 64 * 1024
const addressLimit = 8 * 1024
const withBody = ['POST', 'PUT', 'PATCH', 'DELETE']
const methods = ['GET', 'HEAD', 'OPTIONS', ...withBody]

/** Decides whether a request may enter. `appUrl` is the only origin there is; probes of health may use any host. */
export function examine(seen: Seen, appUrl: string): Verdict {
  const { method, url } = seen
  if (url.length > addressLimit) return refuse(414, 'long_address')
  if (!methods.includes(method)) return refuse(405, 'method')
  if (!isPlainPath(url)) return refuse(400, 'bad_request')
  const path = pathOf(url)
  if (!path.startsWith('/api/health/')) {
    const wrong = examineHost(seen, appUrl)
    if (wrong) return wrong
  }
  return examineBody(seen)
}

function examineHost({ method, url, headers }: Seen, appUrl: string): Verdict | undefined {
  const home = new URL(appUrl)
  const host = String(headers.host ?? '').toLowerCase()
  if (host === home.host) return undefined
  const hostname = URL.canParse(`http://${host}`) ? new URL(`http://${host}`).hostname : ''
  const sameMachine = isLoopback(hostname) && isLoopback(home.hostname)
  if (sameMachine && (method === 'GET' || method === 'HEAD')) {
    return { kind: 'redirect', location: `${appUrl}${url}` }
  }
  return refuse(421, 'wrong_host')
}

function examineBody({ method, headers }: Seen): Verdict {
  const length = headers['content-length']
  // Chunks say no length beforehand, so nothing could refuse what is too large.
  if (headers['transfer-encoding'] !== undefined) return refuse(411, 'no_length')
  if (!withBody.includes(method)) {
    return length === undefined || length === '0' ? { kind: 'pass' } : refuse(400, 'bad_request')
  }
  if (typeof length !== 'string') return refuse(411, 'no_length')
  if (!/^\d{1,12}$/.test(length)) return refuse(400, 'bad_request')
  return Number(length) > bodyLimit ? refuse(413, 'too_large') : { kind: 'pass' }
}

/**
 * Whether an address is spelled in the one way in which every part of the program reads it alike: no encoded slashes, dots or
 * semicolons, no doubled slashes, nothing that another decoding would change.
 */
function isPlainPath(url: string): boolean {
  const path = pathOf(url)
  if (!path.startsWith('/') || path.includes('//')) return false
  if (/[;\\]|%(?:00|2e|2f|3b|5c|25)|[^\x21-\x7e]/i.test(path)) return false
  if (path.split('/').some(segment => segment === '.' || segment === '..')) return false
  try {
    decodeURIComponent(path)
    // No database keeps a NUL, so no search can hold one.
    return !/[^\x21-\x7e]|%00/.test(url)
  } catch {
    return false
  }
}

const pathOf = (url: string): string => url.split(/[?#]/, 1)[0] ?? ''

const refuse = (status: number, reason: Reason): Verdict => ({ kind: 'refuse', status, reason })
