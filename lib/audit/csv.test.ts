import { expect, test } from 'vitest'
import { csvLine } from './csv.ts'

// Taken out with: the apostrophe in `csvCell`.
test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '=HYPERLINK("http://evil.example","x")'])(
  'A-117: %j opens in a spreadsheet as the text that it is',
  text => {
    const [cell = ''] = csvLine([text, 'end']).split(',end\r\n')
    const read = cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell
    expect(read).toBe(`'${text}`)
  },
)

test('commas, quotes and line ends stay within their cell (RFC 4180)', () => {
  expect(csvLine(['a,b', 'say "yes"', 'two\r\nlines', 'plain', ''])).toBe(
    '"a,b","say ""yes""","two\r\nlines",plain,\r\n',
  )
})
