import type { ParseContext, Parsed } from '../manifest.ts'

/** Bytes of a key that are read at all. Seen: 40 and 64 hex digits, 43 of base64url; none is promised, so none is asked for. */
export const maxKeyBytes = 4096

const problem = (name: string): Parsed => ({ ok: false, problem: `api_key.${name}` })

/**
 * Takes the key out of what was pasted (a header, a curl line, quotes) and refuses what cannot be one: an address, an e-mail, dots in place
 * of a key, a gap in its middle. Its shape is never judged: Workable's keys are opaque, and only Workable knows a wrong one.
 */
export function parseApiKey(input: string, context: ParseContext): Parsed {
  if (new TextEncoder().encode(input).length > maxKeyBytes) return problem('too_long')
  const text = trim(input)
  if (!text) return problem('empty')
  const key = unwrap(text)
  if (key === undefined) return problem('no_key_in_it')
  if (!key) return problem('empty')
  const refused = whyNot(key, context)
  if (refused) return problem(refused)
  return key === input ? { ok: true, value: key } : { ok: true, value: key, understood: true }
}

/** ASCII white space only: what else stands there is part of a damaged key, and dropping it would send another one. */
const trim = (text: string): string => text.replace(/^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$/g, '')

const bearer = /\bauthorization["']?\s*[:=]\s*["']?bearer(?:[ \t]+([^"']*)|["']?$)/i

/** Undefined for a command that holds no key. */
function unwrap(text: string): string | undefined {
  const inHeader = bearer.exec(text)
  if (inHeader) return trim(inHeader[1] ?? '')
  if (/^curl\s/i.test(text)) return undefined
  const afterBearer = /^["']?bearer(?:[ \t]+([^"']*)|$)/i.exec(text)
  return trim(afterBearer ? (afterBearer[1] ?? '') : text.replace(/^(["'])(.*)\1$/s, '$2'))
}

function whyNot(key: string, { hostSuffix, others = {} }: ParseContext): string | undefined {
  if (/^[•●∙·*.…]+$/u.test(key)) return 'masked'
  if (/^(<.*>|\$\{?\w+\}?)$/.test(key)) return 'placeholder'
  if (
    /^https?:\/\//i.test(key) ||
    key.toLowerCase().includes(`.${hostSuffix}`) ||
    /\.workable\.com/i.test(key)
  )
    return 'looks_like_address'
  if (/^[^\s@/]+@[^\s@/]+\.[^\s@/]+$/.test(key)) return 'email'
  if (others.subdomain && key.toLowerCase() === others.subdomain) return 'is_subdomain'
  if (/[ \t\n\v\f\r]/.test(key)) return 'incomplete_gap'
  if (/[^\x21-\x7e]/.test(key)) return 'incomplete'
  return undefined
}
