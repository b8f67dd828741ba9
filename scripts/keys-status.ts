import { nextStep } from '../lib/keys/next-step.ts'
import type { KeyState } from '../lib/keys/status.ts'

function lineOf({ id, place, check, dataKeys, retiredAt }: KeyState): string {
  const where = { primary: 'primary', older: 'behind it', absent: 'not in the keyring' }[place]
  const known = retiredAt ? `retired ${retiredAt.toISOString().slice(0, 10)}` : check
  return `${id.padEnd(12)}${where.padEnd(20)}${known.padEnd(20)}${dataKeys}`
}

function adviceOf(states: KeyState[]): string {
  const next = nextStep(states)
  if (next.step === 'none') return 'All is wrapped by the primary.'
  if (next.step === 'rotate')
    return `"npm run keys -- rotate" wraps ${next.dataKeys} data key${next.dataKeys === 1 ? '' : 's'} anew by ${next.primary}.`
  const ids = next.ids.join(', ')
  return {
    differs: `Not the key that the database knows: ${ids}.`,
    lacking: `Needed and not in the keyring: ${ids}.`,
    restart: `No Gangway has started with ${ids} as its first key yet: restart it with this keyring.`,
    take_out: `Nothing needs ${ids}: take it out of the keyring.`,
  }[next.step]
}

/** The table of the keys, a line each, and as the last line what to do next. */
export function statusLines(states: KeyState[]): string[] {
  const head = `${'key'.padEnd(12)}${'place'.padEnd(20)}${'check'.padEnd(20)}data keys`
  return [head, ...states.map(lineOf), adviceOf(states)]
}
