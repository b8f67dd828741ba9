import type pino from 'pino'
import { log } from './log.ts'

/** Longest line of somebody else's words. */
const longest = 300

/**
 * From now on what is said on the console goes to the log, and in its way: Next writes whatever a page throws out as it is, and an error
 * of the driver carries its query's values. For a process that runs code of others.
 */
export function takeConsole(into: pino.Logger = log): void {
  const by =
    (level: 'error' | 'warn') =>
    (...said: unknown[]) => {
      const err = said.find(each => each instanceof Error)
      into[level]({ ...(err && { err }) }, lineOf(said))
    }
  Object.assign(console, { error: by('error'), warn: by('warn') })
}

const lineOf = (said: readonly unknown[]): string =>
  said
    .filter(each => typeof each === 'string')
    .join(' ')
    .split('\n', 1)
    .join()
    .trim()
    .slice(0, longest)
