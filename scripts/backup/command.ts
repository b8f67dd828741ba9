import { BackupError } from '../../lib/backup/format.ts'
import { KeyringError } from '../../lib/keys/keyring-error.ts'
import { CannotStart } from '../start/say.ts'

/** Runs a command's work and ends the process with its code; what it refuses is a sentence, and never a stack or a value. */
export async function runCommand(work: () => Promise<number>, close: () => Promise<void>): Promise<void> {
  try {
    process.exitCode = await work()
  } catch (error) {
    process.stderr.write(`${wordsOf(error)}\n`)
    process.exitCode = error instanceof KeyringError || error instanceof CannotStart ? error.exitCode : 1
  } finally {
    await close()
  }
}

function wordsOf(error: unknown): string {
  if (error instanceof BackupError || error instanceof CannotStart) return error.message
  // A failed query names its parameters in its message; its cause says what happened.
  const { cause = error } = error instanceof Error ? error : {}
  return cause instanceof Error ? cause.message || cause.name : 'It failed.'
}

/** A number of things, in words. */
export const some = (n: number, what: string): string =>
  `${n.toLocaleString('en')} ${what}${n === 1 ? '' : 's'}`
