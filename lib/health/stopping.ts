type Stopping = { until: number }

// Next bundles this file more than once a process.
const kept = globalThis as typeof globalThis & { gangwayStopping?: Stopping }

/** Says that this process is about to end, in `withinMs` at the latest: readiness is off from now on. */
export function markStopping(withinMs: number): void {
  kept.gangwayStopping = { until: performance.now() + withinMs }
}

/** Whether this process is about to end. */
export const isStopping = (): boolean => kept.gangwayStopping !== undefined

/** Whether what takes `ms` and must not be broken off may still be begun. */
export const hasTimeFor = (ms: number): boolean =>
  kept.gangwayStopping === undefined || performance.now() + ms <= kept.gangwayStopping.until
