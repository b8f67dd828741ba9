import {
  type CountryCode,
  getCountries,
  getCountryCallingCode,
  isSupportedCountry,
  ParseError,
  type PhoneNumber,
  parsePhoneNumberFromString,
  parsePhoneNumberWithError,
} from 'libphonenumber-js/max'
import type { Said } from '#lib/errors.ts'
import { tidyLine } from '#lib/forms/text.ts'

export type ParsedNumber = { ok: true; e164: string } | { ok: false; problem: Said }

/** More characters than this are no telephone number, however it is written. */
const longest = 200

const extension = /(?:\bext(?:ension)?\.?|;ext=|x|#)[\s:=]*\d+$/i

/**
 * Understands a telephone number as people write and paste it: `+31 (0)20 555 0100`, `020 555 0100` with `country` (ISO 3166,
 * two letters, or none), `0031…`, a `tel:` link (RFC 3966). Gives it as E.164, or the sentence that says what is in the way.
 * A number has to be one that its country gives out, as Google's libphonenumber knows the plans.
 */
export function parseNumber(typed: string, country: string): ParsedNumber {
  const text = plain(tidyLine(typed.slice(0, longest + 1)).normalize('NFKC'))
  if (text === '') return refuse('forms.empty')
  if (typed.length > longest) return refuse('forms.too_long', { max: longest })
  if (extension.test(text)) return refuse('numbers.problems.extension')
  if (/\p{L}/u.test(text)) return refuse('numbers.problems.letters')
  const parsed = parse(text, country)
  if ('problem' in parsed) return { ok: false, problem: parsed.problem }
  if (parsed.isValid()) return { ok: true, e164: parsed.number }
  return refuse(`numbers.problems.${parsed.isPossible() ? 'not_given_out' : 'length'}`, {
    code: `+${parsed.countryCallingCode}`,
  })
}

/** What a link holds besides the digits, gone; its context in front, where the link itself has no country. */
function plain(text: string): string {
  const link = /^(?:tel|callto|sms):(.*)$/i.exec(text)?.[1]
  if (link === undefined) return text
  const decoded = unescaped(link)
  const context = /;phone-context=(\+\d+)/i.exec(decoded)?.[1] ?? ''
  const number = decoded.replace(/;(?!ext=).*$/i, '').trim()
  return number.startsWith('+') ? number : context + number
}

function unescaped(link: string): string {
  try {
    return decodeURIComponent(link)
  } catch {
    return link
  }
}

function parse(text: string, country: string): PhoneNumber | { problem: Said } {
  const first = attempt(text, country)
  // Two zeros stand for the plus in most countries; where they do not, the number by itself is tried first.
  if (!/^00/.test(text) || ('number' in first && first.isValid())) return first
  const again = attempt(text.replace(/^00/, '+'), country)
  return 'number' in again ? again : first
}

function attempt(text: string, country: string): PhoneNumber | { problem: Said } {
  try {
    return parsePhoneNumberWithError(text, {
      extract: false,
      ...(isSupportedCountry(country) && { defaultCountry: country }),
    })
  } catch (error) {
    if (!(error instanceof ParseError)) throw error
    return { problem: { key: `numbers.problems.${problemOf(error.message, text)}` } }
  }
}

function problemOf(reason: string, text: string): string {
  if (reason === 'INVALID_COUNTRY') return /^\s*\+/.test(text) ? 'no_such_code' : 'country'
  if (reason === 'TOO_SHORT' || reason === 'TOO_LONG') return reason.toLowerCase()
  return 'odd'
}

const refuse = (key: string, values?: Said['values']): ParsedNumber => ({
  ok: false,
  problem: values ? { key, values } : { key },
})

/** A number as people read it, `+31 20 555 0100`, and its country, where it belongs to one. */
export function shownNumber(e164: string): { text: string; country: CountryCode | undefined } {
  const phone = parsePhoneNumberFromString(e164)
  return { text: phone?.formatInternational() ?? e164, country: phone?.country }
}

export type CallingCountry = { code: string; name: string; calling: string }

/** The countries that numbers may belong to, by their names in a language; `calling` is `+31`. */
export function callingCountries(locale: string): CallingCountry[] {
  return getCountries()
    .map(code => ({ code, name: countryName(locale, code), calling: `+${getCountryCallingCode(code)}` }))
    .sort((a, b) => a.name.localeCompare(b.name, locale))
}

/** A country's name in a language; its two letters where the language has no name for it. */
export const countryName = (locale: string, code: string): string =>
  new Intl.DisplayNames([locale], { type: 'region' }).of(code) ?? code

/** Whether two letters are a country whose numbers are understood. */
export const isCallingCountry = (code: string): boolean => isSupportedCountry(code)
