import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { type Check, root } from './check.ts'

// The attacks of `security.md` that concern what exists. What an issue makes due later joins here.
const due = [
  ...['A-018', 'A-029', 'A-032', 'A-034'],
  ...numbers(51, 52, 55, 56, 57, 59, 60, 61, 64, 65, 66),
  ...numbers(67, 68, 70, 71, 72, 73),
  ...numbers(91, 92, 93, 94, 96, 97, 99, 100, 101, 102, 104),
  ...numbers(106, 107, 108, 110, 111, 113, 114, 115, 116, 117, 118),
]

/** Each due attack has a row in SECURITY.md, with a test that is there and names the attack. */
export const attacks: Check = {
  name: 'every due attack has its test',
  run: () => {
    const file = path.join(root, 'SECURITY.md')
    if (!existsSync(file)) return ['SECURITY.md is not there']
    const rows = readFileSync(file, 'utf8')
      .split('\n')
      .filter(line => line.startsWith('|'))
    return due.flatMap(number =>
      missingFor(
        number,
        rows.filter(row => row.includes(number)),
      ),
    )
  },
}

function missingFor(number: string, rows: readonly string[]): string[] {
  if (rows.length === 0) return [`${number} has no row in SECURITY.md`]
  const tests = rows.flatMap(row =>
    [...row.matchAll(/`([^`]+\.(?:test|start)\.tsx?)`/g)].map(found => String(found[1])),
  )
  const naming = tests.filter(test => {
    const place = path.join(root, test)
    return existsSync(place) && readFileSync(place, 'utf8').includes(number)
  })
  return naming.length > 0
    ? []
    : [`${number}: no test in its row exists and names it (${tests.join(', ') || 'none'})`]
}

function numbers(...list: number[]): string[] {
  return list.map(number => `A-${String(number).padStart(3, '0')}`)
}
