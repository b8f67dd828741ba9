import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { fromSaved, type State, savedStateSchema, toSaved } from './state.ts'

/** Changes that come close together are written once; a large state is written at most a fifth of the time. */
const DELAY_MS = 120
const REST = 4

/** The file that keeps a sandbox's state over a restart. */
export type Store = {
  /** The state of last time, or null. A file that cannot be read is not overwritten: `setAside` is where it went. */
  load(): { state: State | null; setAside: string | null }
  /** Writes what `current` returns, shortly. */
  schedule(current: () => State): void
  /** Writes at once what is waiting. */
  flush(): void
}

/** Keeps the state in `dir/state.json`, replaced in one step, readable by its owner only. `dir` is made (0700). */
export function fileStore(dir: string): Store {
  mkdirSync(dir, { recursive: true, mode: 0o700 })
  const file = join(dir, 'state.json')
  let took = 0
  let waiting: { timer: NodeJS.Timeout; current: () => State } | null = null
  const flush = () => {
    if (waiting === null) return
    clearTimeout(waiting.timer)
    const state = waiting.current()
    waiting = null
    const start = performance.now()
    writeWhole(file, JSON.stringify(toSaved(state)))
    took = performance.now() - start
  }
  return {
    load: () => read(file),
    schedule(current) {
      waiting ??= { timer: setTimeout(flush, Math.max(DELAY_MS, REST * took)), current }
    },
    flush,
  }
}

/** For tests and trials: nothing is kept. */
export const memoryStore: Store = {
  load: () => ({ state: null, setAside: null }),
  schedule: () => {},
  flush: () => {},
}

function read(file: string): ReturnType<Store['load']> {
  if (!existsSync(file)) return { state: null, setAside: null }
  try {
    return {
      state: fromSaved(savedStateSchema.parse(JSON.parse(readFileSync(file, 'utf8')))),
      setAside: null,
    }
  } catch {
    const setAside = `${file}.unreadable`
    renameSync(file, setAside)
    return { state: null, setAside }
  }
}

function writeWhole(file: string, text: string): void {
  const next = `${file}.next`
  const handle = openSync(next, 'w', 0o600)
  try {
    writeFileSync(handle, text)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
  renameSync(next, file)
}
