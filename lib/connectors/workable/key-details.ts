import type { ParseContext, Parsed } from '../manifest.ts'

/** Value of the header `X-WORKABLE-CLIENT-ID`: given to partners by e-mail, of no documented shape. Empty where there is none. */
export function parsePartnerClientId(input: string): Parsed {
  if (/\bbearer\s|\bauthorization\b/i.test(input))
    return { ok: false, problem: 'partner_client_id.looks_like_key', conceal: true }
  const text = input
    .replace(/^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$/g, '')
    .replace(/^x-workable-client-id\s*:\s*/i, '')
  if (text.length > 200) return { ok: false, problem: 'partner_client_id.too_long' }
  if (/[^\x21-\x7e]/.test(text)) return { ok: false, problem: 'partner_client_id.characters' }
  return text === input ? { ok: true, value: text } : { ok: true, value: text, understood: true }
}

/** The day on which the key ends, YYYY-MM-DD, as a date field sends it. Workable offers two years at most; ten are believed. */
export function parseExpiry(input: string, { today }: ParseContext): Parsed {
  const text = input.trim()
  if (!text) return { ok: true, value: '' }
  if (!isDay(text)) return { ok: false, problem: 'key_expires_on.no_date' }
  if (text < today) return { ok: false, problem: 'key_expires_on.past' }
  if (text > `${String(Number(today.slice(0, 4)) + 10).padStart(4, '0')}${today.slice(4)}`)
    return { ok: false, problem: 'key_expires_on.too_far' }
  return text === input ? { ok: true, value: text } : { ok: true, value: text, understood: true }
}

function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const day = new Date(`${text}T00:00:00Z`)
  // The 30th of February is parsed as a day in March by some engines, refused by others.
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text)
}
