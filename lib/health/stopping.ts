// Next bundles this file more than once a process.
const kept = globalThis as typeof globalThis & { gangwayStopping?: true }

/** Says that this process is about to end: readiness is off from now on. */
export function markStopping(): void {
  kept.gangwayStopping = true
}

/** Whether this process is about to end. */
export const isStopping = (): boolean => kept.gangwayStopping === true
