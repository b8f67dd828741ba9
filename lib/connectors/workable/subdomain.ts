import type { ParseContext, Parsed } from '../manifest.ts'

/** Labels of Workable's own hosts, never an account's. Inferred: none is documented. */
export const reserved = ['www', 'apply', 'oauth', 'help', 'jobs', 'api', 'app', 'status'] as const

/** The public job board: `apply.workable.com/<label>/` is the account's. */
const board = 'apply'
/** `apply.workable.com/j/<shortcode>` is one job, and does not say whose. */
const oneJob = 'j'

/** What may stand in front of Workable's host: one DNS label, in lower case, without punycode. */
export const label = /^(?!xn--)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/

const problem = (name: string, values?: Record<string, string>): Parsed => ({
  ok: false,
  problem: `subdomain.${name}`,
  ...(values ? { values } : {}),
})

/**
 * Understands a label (`acme`) and the addresses that a person can copy: of the account, and of its public job board. Nothing is
 * repaired: no Unicode folding, only spaces (U+0020) around it are dropped, and what is no plain address is refused by name. Source of the
 * hosts: `https://{subdomain}.workable.com`, Workable's API reference.
 */
export function parseSubdomain(input: string, context: ParseContext): Parsed {
  if (looksSecret(input)) return { ok: false, problem: 'subdomain.looks_like_key', conceal: true }
  const text = input.replace(/^ +| +$/g, '')
  if (!text) return problem('empty')
  const odd = oddCharacters(text)
  if (odd) return problem(odd)
  const lower = text.toLowerCase()
  const found = /[./:?#]/.test(lower) ? fromAddress(lower, context) : accept(lower, context)
  return found.ok && found.value !== input ? { ...found, understood: true } : found
}

/** A key in the wrong field must not be shown again, so it is looked for first, and in anything with spaces or lines in it. */
function looksSecret(input: string): boolean {
  if (/\bbearer\s|\bauthorization\b|^\s*curl\s/i.test(input)) return true
  const text = input.trim()
  if (!/^[A-Za-z0-9_-]{28,}$/.test(text) || !/\d/.test(text) || !/[A-Za-z]/.test(text)) return false
  return /^[0-9a-f]+$/i.test(text) || /[A-Z]/.test(text) || text.includes('_')
}

function oddCharacters(text: string): string | undefined {
  // Control characters, soft hyphen, joiners, zero-width and odd spaces, byte order mark: none can be seen.
  if (/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]|(?! )\p{Zs}/u.test(text)) return 'invisible_characters'
  if (/[^\x20-\x7e]/.test(text)) return 'not_plain_letters'
  if (/^[^\s@/:]+@[^\s@/]+\.[^\s@/]+$/.test(text)) return 'email'
  if (text.includes(' ')) return 'spaces'
  if (/[\\%]/.test(text)) return 'characters'
  return undefined
}

const address = /^(?:([a-z][a-z0-9+.-]*):\/\/)?([^/?#]*)([/?#].*)?$/

function fromAddress(text: string, context: ParseContext): Parsed {
  const [, scheme, host = '', rest = ''] = address.exec(text) ?? []
  if (scheme && scheme !== 'https' && scheme !== 'http') return problem('scheme', { scheme })
  if (host.includes('@')) return problem('address_with_name')
  const suffix = context.hostSuffix
  if (host === suffix) return problem('no_label', { suffix })
  if (host === `${board}.${suffix}`) return fromBoard(rest, context)
  if (host.endsWith(`.${suffix}`)) return fromLabel(host.slice(0, -suffix.length - 1), context)
  if (context.environment === 'sandbox' && host.endsWith('.workable.com')) return problem('live_address')
  if (!/^[a-z0-9-]+(\.[a-z0-9-]+)+\.?(:\d+)?$/.test(host)) return problem('characters')
  return problem('other_address', { host: host.slice(0, 80), suffix })
}

function fromBoard(rest: string, context: ParseContext): Parsed {
  const [name = '', code = ''] = rest
    .replace(/[?#].*$/, '')
    .split('/')
    .slice(1)
  if (!name) return problem('board_without_account', { suffix: context.hostSuffix })
  if (name === oneJob)
    return code ? problem('one_job') : problem('board_without_account', { suffix: context.hostSuffix })
  return accept(name, context)
}

function fromLabel(name: string, context: ParseContext): Parsed {
  if (name.includes('.')) return problem('two_labels', { suffix: context.hostSuffix })
  return accept(name, context)
}

function accept(name: string, { hostSuffix }: ParseContext): Parsed {
  if (name.length > 63) return problem('too_long')
  if (name.startsWith('xn--')) return problem('encoded')
  if (reserved.some(one => one === name)) return problem('reserved', { label: name })
  if (name.startsWith('-') || name.endsWith('-')) return problem('hyphen')
  if (!label.test(name)) return problem('characters')
  // Last, the way the address will be read by whoever connects: the label stayed what it was.
  if (new URL(`https://${name}.${hostSuffix}`).hostname !== `${name}.${hostSuffix.replace(/:\d+$/, '')}`)
    return problem('characters')
  return { ok: true, value: name }
}
