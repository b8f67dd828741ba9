import { log } from '#lib/log.ts'

export type Access = { id: string; method: string; url: string; status: number; ms: number; peer: string }

/** Writes one line for a finished request. Queries stay out (they carry codes and states), and so do secrets within paths. */
export function logAccess({ url, ms, ...access }: Access): void {
  const path = speakablePath(url)
  const line = { ...access, path, ms: Math.round(ms) }
  if (path.startsWith('/_next/static/') || path.startsWith('/api/health/')) log.debug(line, 'request')
  else log.info(line, 'request')
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** The path alone, each long segment that is no id of ours replaced: a one-time link is a secret. */
export function speakablePath(url: string): string {
  const path = url.split(/[?#]/, 1)[0] ?? ''
  if (path.startsWith('/_next/static/')) return path
  return path
    .slice(0, 300)
    .split('/')
    .map(segment => (segment.length > 24 && !uuid.test(segment) ? '[…]' : segment))
    .join('/')
}
