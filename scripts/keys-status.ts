import type { KeyState } from '../lib/keys/status.ts'

function lineOf({ id, place, check, dataKeys, retiredAt }: KeyState): string {
  const where = { primary: 'primary', older: 'behind it', absent: 'not in the keyring' }[place]
  const known = retiredAt ? `retired ${retiredAt.toISOString().slice(0, 10)}` : check
  return `${id.padEnd(12)}${where.padEnd(20)}${known.padEnd(20)}${dataKeys}`
}

function adviceOf(states: KeyState[]): string {
  const waiting = states
    .filter(state => state.place === 'older')
    .reduce((sum, state) => sum + state.dataKeys, 0)
  const lost = states.filter(state => state.place === 'absent' && state.dataKeys > 0)
  const wrong = states.filter(state => state.check === 'differs')
  const done = states.filter(state => state.place === 'older' && state.retiredAt)
  if (wrong.length > 0) return `Not the key that the database knows: ${wrong.map(({ id }) => id).join(', ')}.`
  if (lost.length > 0) return `Needed and not in the keyring: ${lost.map(({ id }) => id).join(', ')}.`
  if (states[0]?.check === 'not seen yet')
    return `No Gangway has started with ${states[0].id} as its first key yet: restart it with this keyring.`
  if (waiting > 0)
    return `"npm run keys -- rotate" wraps ${waiting} data key${waiting === 1 ? '' : 's'} anew by ${states[0]?.id}.`
  if (done.length > 0)
    return `Nothing needs ${done.map(({ id }) => id).join(', ')}: take it out of the keyring.`
  return 'All is wrapped by the primary.'
}

/** The table of the keys, a line each, and as the last line what to do next. */
export function statusLines(states: KeyState[]): string[] {
  const head = `${'key'.padEnd(12)}${'place'.padEnd(20)}${'check'.padEnd(20)}data keys`
  return [head, ...states.map(lineOf), adviceOf(states)]
}
