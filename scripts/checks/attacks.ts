import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { type Check, root } from './check.ts'

/** The attacks of the threat model that concern what exists: each wants a row in the table of SECURITY.md. */
const due = [
  ...['001', '002', '003', '004', '006', '007', '008', '009', '010', '011', '013', '018', '021', '022'],
  ...[
    '023',
    '026',
    '029',
    '032',
    '033',
    '034',
    '035',
    '037',
    '038',
    '039',
    '040',
    '042',
    '044',
    '045',
    '046',
  ],
  ...['047', '050', '051', '052', '055', '056', '057', '059', '060', '061', '064', '065'],
  ...[
    '066',
    '067',
    '068',
    '070',
    '071',
    '072',
    '073',
    '074',
    '077',
    '085',
    '086',
    '088',
    '089',
    '091',
    '092',
  ],
  ...['093', '094', '095', '096', '097', '099', '100', '101', '102', '104', '106', '107', '108', '110'],
  ...['111', '112', '113', '114', '115', '116', '117', '118'],
].map(number => `A-${number}`)

type Row = { attack: string; tests: string; defences: string }

/** A row for every attack that is due; its tests are there and carry its number, and so does what they would miss. */
export const attacks: Check = {
  name: 'every attack has a test and a defence',
  run: () => {
    const rows = rowsOf(readFileSync(path.join(root, 'SECURITY.md'), 'utf8'))
    const missing = due.filter(attack => !rows.some(row => row.attack === attack))
    return [...missing.map(attack => `SECURITY.md has no row for ${attack}`), ...rows.flatMap(wrongWith)]
  },
}

function rowsOf(text: string): Row[] {
  const rows = text.matchAll(/^\| (A-\d{3})[^|]*\|([^|]+)\|([^|]+)\|$/gm)
  return [...rows].map(([, attack = '', tests = '', defences = '']) => ({ attack, tests, defences }))
}

function wrongWith({ attack, tests, defences }: Row): string[] {
  const tested = quoted(tests).flatMap(file => untested(file, attack))
  const defended = pairs(defences).flatMap(([file, line]) => undefended(file, line))
  const none = quoted(tests).length === 0 || pairs(defences).length === 0
  return [...(none ? ['its row names no test, or no defence'] : []), ...tested, ...defended].map(
    wrong => `${attack}: ${wrong}`,
  )
}

function untested(file: string, attack: string): string[] {
  if (!existsSync(path.join(root, file))) return [`${file} is not there`]
  // In a test's name, and not only in a remark.
  const named = new RegExp(`^(?!\\s*(//|\\*)).*['"\`][^'"\`]*${attack}`, 'm')
  return named.test(readFileSync(path.join(root, file), 'utf8')) ? [] : [`${file} has no test of that number`]
}

function undefended(file: string, line: string): string[] {
  if (!existsSync(path.join(root, file))) return [`${file} is not there`]
  return readFileSync(path.join(root, file), 'utf8').includes(line) ? [] : [`${file} has no ${line}`]
}

const quoted = (text: string): string[] => [...text.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name)

/** `file` `line`, one or more times. */
function pairs(text: string): [file: string, line: string][] {
  const names = quoted(text)
  return names.flatMap((file, at) => (at % 2 === 0 ? [[file, names[at + 1] ?? '(nothing)']] : []))
}
