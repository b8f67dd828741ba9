import { z } from 'zod'

/** Characters that nobody sees and that change how the rest is read: control, direction marks, override and isolate, fillers, BOM. */
const unseen =
  /[\p{Cc}\u00ad\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0]/gu
const something = /[\p{L}\p{N}\p{P}\p{S}]/u

/** One line as it was meant: white space as single spaces, unseen characters out, letters composed (NFC). */
export function tidyLine(typed: string): string {
  const spaced = typed.replace(/[\s\u0085]+/gu, ' ')
  return spaced.replace(unseen, '').normalize('NFC').trim()
}

/** A line of text in a form, tidied. Problems are `forms.empty` and `forms.too_long`, with `max`. */
export const line = (max: number) =>
  z.string().transform(tidyLine).pipe(z.string().max(max, 'forms.too_long'))

/** A line that has to say something. */
export const requiredLine = (max: number) =>
  line(max).pipe(z.string().refine(text => something.test(text), 'forms.empty'))

/**
 * What mail programs make a link of. A company may be named after its address; of a person's name a dot before a last part in
 * small or in capital letters is one, so that `St.John` is none.
 */
const links = {
  company: /:\/\/|\bwww\.|\S\.\p{L}{2,}\//iu,
  person: /:\/\/|\bwww\.|@|\S\.(\p{Ll}{2,}|\p{Lu}{2,})(?!\p{L})/u,
}

/** The name of a person or a company. It stands in mails to strangers, so it holds no address: `forms.address_in_name`. */
export const nameOf = (whose: keyof typeof links, max: number) =>
  requiredLine(max).pipe(z.string().refine(text => !links[whose].test(text), 'forms.address_in_name'))

/** An e-mail address in ASCII: an address with a look-alike letter is refused, not repaired. */
export const emailAddress = z
  .string()
  .trim()
  .max(254, 'forms.too_long')
  .pipe(z.string().min(1, 'forms.empty').pipe(z.email('forms.email')))

/** Letters that Unicode does not take apart into a plain one and its mark. */
const undecomposed: Readonly<Record<string, string>> = {
  ł: 'l',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ı: 'i',
}

/** What a search compares: without accents and letter case. */
export const folded = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[łøđðþßæœı]/g, letter => undecomposed[letter] ?? letter)
    .replace(/\s+/g, ' ')
    .trim()
