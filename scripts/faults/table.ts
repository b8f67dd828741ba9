import type { SandboxProcess } from './sandbox.ts'

/** What was seen of a fault, beside what is asked (`security.md` 6). */
export type Seen = { runs: number; asked: string; seen: string; holds: boolean }

/** How much of a fault is tried: what fits into `npm test`, or all that is asked. */
export type Size = 'short' | 'long'

/** One fault, or several that are tried the same way. Each resolves with a line of the table for each thing that is asked. */
export type Fault = {
  id: string
  /** Which of several of the same number. */
  mode?: string
  /** It waits for real, too long for `npm test`. */
  onlyLong?: true
  run(stage: Stage, size: Size): Promise<Seen[]>
}

/** Where faults are tried: a PostgreSQL in the environment, and a sandbox that is a process of its own. */
export type Stage = { sandbox: SandboxProcess }

export type Line = Seen & { fault: string }

const widths = { fault: 5, runs: 6, asked: 62, seen: 52, holds: 5 }
const columns = Object.keys(widths) as (keyof typeof widths)[]

/** Prints the table; gives whether everything that was seen is what was asked. */
export function printTable(lines: readonly Line[]): boolean {
  const head = { fault: 'fault', runs: 'runs', asked: 'asked', seen: 'seen', holds: 'holds' }
  const rows = lines.map(line => ({ ...line, runs: String(line.runs), holds: line.holds ? 'yes' : 'NO' }))
  for (const row of [head, ...rows]) printRow(row)
  return lines.every(({ holds }) => holds)
}

/** A long text goes on below, within its column. */
function printRow(row: Record<keyof typeof widths, string>): void {
  const cells = columns.map(column => ({ width: widths[column], parts: folded(row[column], widths[column]) }))
  const height = Math.max(...cells.map(({ parts }) => parts.length))
  for (let at = 0; at < height; at++) {
    const text = cells.map(({ width, parts }) => (parts[at] ?? '').padEnd(width)).join('  ')
    process.stdout.write(`${text.trimEnd()}\n`)
  }
}

function folded(text: string, width: number): string[] {
  const parts = ['']
  for (const word of text.split(' ')) {
    const last = parts.at(-1) ?? ''
    if (last && last.length + 1 + word.length > width) parts.push(word)
    else parts[parts.length - 1] = last ? `${last} ${word}` : word
  }
  return parts
}
