import type { KeyState } from './status.ts'

/**
 * What is to do next about the keys, in the order in which it matters. `differs`: not the key that the database knows. `lacking`: needed and not
 * in the keyring. `restart`: no Gangway has started with this primary yet. `rotate`: the primary does not wrap all yet. `take_out`: nothing
 * needs these any more. `none`: all is wrapped by the primary.
 */
export type NextStep =
  | { step: 'differs' | 'lacking' | 'restart' | 'take_out'; ids: string[] }
  | { step: 'rotate'; primary: string; dataKeys: number }
  | { step: 'none' }

/** The next step for the keys as they stand. */
export function nextStep(states: readonly KeyState[]): NextStep {
  const idsWhere = (which: (state: KeyState) => boolean) => states.filter(which).map(({ id }) => id)
  const wrong = idsWhere(state => state.check === 'differs')
  if (wrong.length > 0) return { step: 'differs', ids: wrong }
  const lost = idsWhere(state => state.place === 'absent' && state.dataKeys > 0)
  if (lost.length > 0) return { step: 'lacking', ids: lost }
  const primary = states.find(({ place }) => place === 'primary')
  if (primary?.check === 'not seen yet') return { step: 'restart', ids: [primary.id] }
  const dataKeys = states
    .filter(({ place }) => place === 'older')
    .reduce((sum, state) => sum + state.dataKeys, 0)
  if (primary && dataKeys > 0) return { step: 'rotate', primary: primary.id, dataKeys }
  const done = idsWhere(state => state.place === 'older' && state.retiredAt !== null)
  return done.length > 0 ? { step: 'take_out', ids: done } : { step: 'none' }
}
