import { expect, test } from 'vitest'
import { requiredLine, tidyLine } from './text.ts'

// Taken out with: `unseen` in `text.ts`.
test('a name holds nothing that is not seen, nor turns what stands beside it around', () => {
  const unseen = '\u00ad\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u202e\u2066\u206a\u3164\uffa0'
  for (const character of unseen) expect(tidyLine(`Ac${character}me`)).toBe('Acme')
  expect(requiredLine(80).safeParse(` ${unseen} `).success).toBe(false)
  // Persian and emoji are written with joiners.
  expect(tidyLine('می\u200cخواهم 👩\u200d🚀')).toBe('می\u200cخواهم 👩\u200d🚀')
})
