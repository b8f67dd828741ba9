import { expect, test } from 'vitest'
import { nameOf, requiredLine, tidyLine } from './text.ts'

// Taken out with: `unseen` in `text.ts`.
test('a name holds nothing that is not seen, nor turns what stands beside it around', () => {
  const unseen = '\u00ad\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u202e\u2066\u206a\u3164\uffa0'
  for (const character of unseen) expect(tidyLine(`Ac${character}me`)).toBe('Acme')
  expect(requiredLine(80).safeParse(` ${unseen} `).success).toBe(false)
  // Persian and emoji are written with joiners.
  expect(tidyLine('می\u200cخواهم 👩\u200d🚀')).toBe('می\u200cخواهم 👩\u200d🚀')
})

// Taken out with: the pattern of `person`, and that of `company`, in `text.ts`.
test('a name that goes into mails to strangers is no address to press', () => {
  const takes = (whose: 'person' | 'company', text: string) => nameOf(whose, 120).safeParse(text).success
  const links = ['Pay at https://evil.example', 'www.evil.example', 'evil.example/pay now']
  for (const text of links) expect([takes('person', text), takes('company', text)]).toEqual([false, false])
  for (const text of ['Go to evil.com now', 'EVIL.COM', 'ada@evil.example'])
    expect(takes('person', text)).toBe(false)
  for (const text of ['J. Smith', 'Anna St.John, Ph.D.', 'Jean-Luc O’Neill', '李小龍', 'M.Sc. Ada'])
    expect(takes('person', text)).toBe(true)
  for (const text of ['Booking.com', 'Møller A/S', '@Leisure', 'J. & Sons e.K.'])
    expect(takes('company', text)).toBe(true)
})
