import type { SandboxProcess } from './sandbox.ts'

/** What was seen of a fault, beside what is asked (`security.md` 6). */
export type Seen = { runs: number; asked: string; seen: string; holds: boolean }

/** How much of a fault is tried: what fits into `npm test`, or all that is asked. */
export type Size = 'short' | 'long'

/** One fault, or several that are tried the same way. Each resolves with a line of the table for each thing that is asked. */
export type Fault = {
  id: string
  /** It waits for real, too long for `npm test`. */
  onlyLong?: true
  run(stage: Stage, size: Size): Promise<Seen[]>
}

/** Where faults are tried: a PostgreSQL in the environment, and a sandbox that is a process of its own. */
export type Stage = { sandbox: SandboxProcess }

export type Line = Seen & { fault: string }

/** Prints the table; gives whether everything that was seen is what was asked. */
export function printTable(lines: readonly Line[]): boolean {
  const head = ['fault', 'runs', 'asked', 'seen', 'holds']
  const rows = lines.map(({ fault, runs, asked, seen, holds }) => [
    fault,
    String(runs),
    asked,
    seen,
    holds ? 'yes' : 'NO',
  ])
  const widths = head.map((_, at) => Math.max(...[head, ...rows].map(row => row[at]?.length ?? 0)))
  for (const row of [head, ...rows]) {
    const line = row.map((text, at) => text.padEnd(widths[at] ?? 0)).join('  ')
    process.stdout.write(`${line.trimEnd()}\n`)
  }
  return lines.every(({ holds }) => holds)
}
