import type { FaultKind, FaultWish } from './fault-kinds.ts'

/** A fault in the book. `struck`: how many requests it has hit. */
type Fault = FaultWish & { id: number; struck: number; passed: number }

export type FaultBook = {
  add(wish: FaultWish): Fault
  list(): Fault[]
  /** Whether there was one of that id. */
  remove(id: number): boolean
  clear(): void
  /** The fault that strikes this request, the oldest of those that fit; it is counted. */
  strike(request: { method: string; host: string; path: string }): { id: number; fault: FaultKind } | null
}

/** A book without a fault. */
export function openFaultBook(): FaultBook {
  const faults = new Map<number, Fault>()
  let lastId = 0
  return {
    add(wish) {
      lastId += 1
      const fault = { ...wish, id: lastId, struck: 0, passed: 0 }
      faults.set(fault.id, fault)
      return fault
    },
    list: () => [...faults.values()],
    remove: id => faults.delete(id),
    clear: () => faults.clear(),
    strike(request) {
      for (const fault of faults.values()) {
        if (isSpent(fault) || !fits(fault, request)) continue
        if (fault.passed < fault.after) {
          fault.passed += 1
          continue
        }
        fault.struck += 1
        return { id: fault.id, fault: fault.fault }
      }
      return null
    },
  }
}

function isSpent(fault: Fault): boolean {
  return fault.times !== null && fault.struck >= fault.times
}

function fits(fault: Fault, request: { method: string; host: string; path: string }): boolean {
  if (fault.method !== undefined && fault.method !== request.method) return false
  if (
    fault.host !== undefined &&
    fault.host.toLowerCase() !== request.host.toLowerCase().replace(/:\d+$/, '')
  )
    return false
  return patternOf(fault.path).test(request.path)
}

function patternOf(path: string): RegExp {
  const source = path
    .split(/(\*{1,2})/)
    .map(part => (part === '**' ? '.*' : part === '*' ? '[^/]*' : part.replace(/[.+?^${}()|[\]\\]/g, '\\$&')))
    .join('')
  return new RegExp(`^${source}$`)
}
