import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'

/** Every process that the faults have started, so that none of them outlives the run. */
const running = new Set<ChildProcess>()

/** Remembers a process until it has ended, and gives that end. */
export function watched(child: ChildProcess): Promise<unknown> {
  running.add(child)
  return once(child, 'exit').then(() => running.delete(child))
}

/** Ends every process that was started here, at once. */
export async function killChildren(): Promise<void> {
  const ends = [...running].map(child => once(child, 'exit'))
  for (const child of running) child.kill('SIGKILL')
  await Promise.all(ends)
}

/** SIGTERM: milliseconds until a process is gone, and the code with which it went. */
export async function toldToEnd(
  child: ChildProcess,
  gone: Promise<unknown>,
): Promise<{ ms: number; code: number | null }> {
  const told = performance.now()
  child.kill('SIGTERM')
  await gone
  return { ms: performance.now() - told, code: child.exitCode }
}
