/** The host under which everything lives; `*.localhost` is this machine, by RFC 6761. */
const BASE = 'workable.localhost'

/** Who a request is for, by its Host header. `base` is the apex and the bare loopback addresses. */
export type Host =
  | { kind: 'base' }
  | { kind: 'www' }
  | { kind: 'apply' }
  | { kind: 'account'; subdomain: string }

/** Reads a Host header; null where it is no host of the sandbox (a rebound name, a typing error). */
export function readHost(header: string | null): Host | null {
  const name = (header ?? '').toLowerCase().replace(/:\d{1,5}$/, '')
  if (name === BASE || name === 'localhost' || name === '127.0.0.1' || name === '[::1]')
    return { kind: 'base' }
  if (!name.endsWith(`.${BASE}`)) return null
  const label = name.slice(0, -BASE.length - 1)
  if (label === 'www' || label === 'apply') return { kind: label }
  return /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(label) ? { kind: 'account', subdomain: label } : null
}

/** `http://acme.workable.localhost:4010`; without a label, of the base host. */
export function originOf(port: number, label?: string): string {
  return `http://${label === undefined ? '' : `${label}.`}${BASE}:${port}`
}
