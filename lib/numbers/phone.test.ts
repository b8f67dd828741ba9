import { expect, test } from 'vitest'
import { createSay } from '#lib/intl.ts'
import { sampleNumbers } from './add-samples.ts'
import { callingCountries, parseNumber, shownNumber } from './phone.ts'

const say = createSay('en', 'UTC')

test.each([
  ['+31 20 555 0100', '', '+31205550100'],
  ['020 555 0100', 'NL', '+31205550100'],
  ['(020) 555-0100', 'NL', '+31205550100'],
  ['+31 (0)20 555 0100', '', '+31205550100'],
  ['+31 (0)20 555 0100', 'GB', '+31205550100'],
  ['0031 20 5550100', '', '+31205550100'],
  ['0031205550100', 'NL', '+31205550100'],
  ['0031205550100', 'US', '+31205550100'],
  ['011 31 20 555 0100', 'US', '+31205550100'],
  ['tel:+31205550100', '', '+31205550100'],
  ['tel:%2B31-20-555-0100', '', '+31205550100'],
  ['TEL:020-555-0100;phone-context=+31', '', '+31205550100'],
  ['tel:+31-20-555-0100;isub=12', '', '+31205550100'],
  ['  +31.20.555.0100\u00a0', '', '+31205550100'],
  ['\u202a+31205550100\u202c', '', '+31205550100'],
  ['＋３１ ２０ ５５５ ０１００', '', '+31205550100'],
  ['+31–20–555–0100', '', '+31205550100'],
  ['+٣١٢٠٥٥٥٠١٠٠', '', '+31205550100'],
  ['2025550123', 'US', '+12025550123'],
  ['+1 (202) 555-0123', 'NL', '+12025550123'],
  ['+39 06 698 12345', '', '+390669812345'],
])('a number written as %j, in %j, is understood', (typed, country, e164) => {
  expect(parseNumber(typed, country)).toEqual({ ok: true, e164 })
})

test.each([
  ['', 'NL', 'forms.empty'],
  [' \u200b ', '', 'forms.empty'],
  ['tel:', '', 'forms.empty'],
  ['020 555 0100', '', 'numbers.problems.country'],
  ['020 555 0100', 'XX', 'numbers.problems.country'],
  ['31205550100', '', 'numbers.problems.country'],
  ['0800-FLOWERS', 'NL', 'numbers.problems.letters'],
  ['1-800-FLOWERS', 'US', 'numbers.problems.letters'],
  ['call me: +31205550100', '', 'numbers.problems.letters'],
  ['+31205550100 or +31205550101', '', 'numbers.problems.letters'],
  ['sip:anna@example.com', '', 'numbers.problems.letters'],
  ['+31 20 555 0100 ext. 12', '', 'numbers.problems.extension'],
  ['+31205550100x5', '', 'numbers.problems.extension'],
  ['+31 20 555 0100 #9', '', 'numbers.problems.extension'],
  ['tel:+31205550100;ext=9', '', 'numbers.problems.extension'],
  ['112', 'NL', 'numbers.problems.length'],
  ['+31', '', 'numbers.problems.too_short'],
  ['+', '', 'numbers.problems.odd'],
  ['-', 'NL', 'numbers.problems.odd'],
  ['+31205550100,+31205550101', '', 'numbers.problems.odd'],
  ['+999 123 456', '', 'numbers.problems.no_such_code'],
  ['+0000000000', '', 'numbers.problems.no_such_code'],
  ['+31 20 555 01', '', 'numbers.problems.not_given_out'],
  ['+1 202 555', '', 'numbers.problems.length'],
  ['+31 20 555 0100 0100', '', 'numbers.problems.length'],
  ['+31 20 555 0100 0100 0100 0100', '', 'numbers.problems.too_long'],
  ['+31 00 000 0000', '', 'numbers.problems.not_given_out'],
  ['+1 555 555 0123', '', 'numbers.problems.not_given_out'],
  ['+44 1632 960147', '', 'numbers.problems.not_given_out'],
  [`+31 20 555 0100${' 1'.repeat(200)}`, '', 'forms.too_long'],
])('of %j, in %j, is said what is in the way', (typed, country, key) => {
  const parsed = parseNumber(typed, country)
  expect(parsed).toMatchObject({ ok: false, problem: { key } })
  if (!parsed.ok) expect(say.said(parsed.problem)).not.toMatch(/[{}]/)
})

test('a number is shown as people read it, and what was shown is understood again', () => {
  expect(shownNumber('+31205550100')).toEqual({ text: '+31 20 555 0100', country: 'NL' })
  for (const { e164 } of sampleNumbers)
    expect(parseNumber(shownNumber(e164).text, '')).toEqual({ ok: true, e164 })
})

test('every country that can be chosen has a name and a code', () => {
  const countries = callingCountries('en')
  expect(countries.length).toBeGreaterThan(200)
  expect(countries).toContainEqual({ code: 'NL', name: 'Netherlands', calling: '+31' })
  expect(countries.filter(({ name, code }) => name === code)).toEqual([])
})
