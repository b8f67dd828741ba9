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

/** Changes that come close together are written once. */
const DELAY_MS = 120

/** The file that keeps a sandbox's state over a restart. */
export type Store = {
  /** The state of last time; null where there is none or it cannot be read (it is then set aside, not overwritten). */
  load(): State | null
  /** Writes what `current` returns, shortly. */
  schedule(current: () => State): void
  /** Writes at once what is waiting. */
  flush(): void
}

/** Keeps the state in `dir/state.json`, replaced in one step, readable by its owner only. `dir` is made (0700). */
export function fileStore(dir: string): Store {
  mkdirSync(dir, { recursive: true, mode: 0o700 })
  const file = join(dir, 'state.json')
  let waiting: { timer: NodeJS.Timeout; current: () => State } | null = null
  const flush = () => {
    if (waiting === null) return
    clearTimeout(waiting.timer)
    const state = waiting.current()
    waiting = null
    writeWhole(file, JSON.stringify(toSaved(state)))
  }
  return {
    load: () => read(file),
    schedule(current) {
      waiting ??= { timer: setTimeout(flush, DELAY_MS), current }
    },
    flush,
  }
}

/** For tests and trials: nothing is kept. */
export const memoryStore: Store = { load: () => null, schedule: () => {}, flush: () => {} }

function read(file: string): State | null {
  if (!existsSync(file)) return null
  try {
    return fromSaved(savedStateSchema.parse(JSON.parse(readFileSync(file, 'utf8'))))
  } catch {
    renameSync(file, `${file}.unreadable`)
    return null
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
