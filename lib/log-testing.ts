import pino from 'pino'
import { vi } from 'vitest'
import { log } from './log.ts'

/** Catches what is logged while `work` runs, at every level, as the objects that stand in the lines. For tests. */
export async function loggedBy(work: () => Promise<unknown>): Promise<Record<string, unknown>[]> {
  const lines: string[] = []
  const { level } = log
  const stream = Reflect.get(log, pino.symbols.streamSym) as { write: (line: string) => unknown }
  const caught = vi.spyOn(stream, 'write').mockImplementation(line => lines.push(line))
  log.level = 'debug'
  try {
    await work()
  } finally {
    log.level = level
    caught.mockRestore()
  }
  return lines.map(line => JSON.parse(line))
}
