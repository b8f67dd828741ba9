import { log } from '#lib/log.ts'
import { metrics } from '#lib/metrics/registry.ts'

export type Access = {
  request: string
  method: string
  url: string
  status: number
  ms: number
  peer: string
}

/**
 * Writes one line for a finished request, and counts it. Queries stay out (they carry codes and states), and so do secrets
 * within paths.
 */
export function logAccess({ url, ms, ...access }: Access): void {
  const path = speakablePath(url)
  const line = { ...access, path, ms: Math.round(ms) }
  const kind = kindOf(access.method, path)
  metrics().requests.observe({ kind, status: access.status }, ms / 1000)
  if (quiet.includes(kind)) log.debug(line, 'request')
  else log.info(line, 'request')
}

type Kind = 'asset' | 'health' | 'metrics' | 'api' | 'form' | 'wizard' | 'page'
const quiet: readonly Kind[] = ['asset', 'health', 'metrics']

/** What kind of address it was: a closed list, however many paths strangers make up. */
function kindOf(method: string, path: string): Kind {
  if (path.startsWith('/_next/static/')) return 'asset'
  if (path === '/metrics') return 'metrics'
  if (path.startsWith('/api/health/')) return 'health'
  if (path.startsWith('/api/')) return 'api'
  if (method !== 'GET' && method !== 'HEAD') return 'form'
  return path.startsWith('/link/') ? 'wizard' : 'page'
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
