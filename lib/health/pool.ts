import { sqlClient } from '#lib/db/client.ts'

const everyMs = 500
const patienceMs = 3_000

type Canary = { began: number; over: boolean; failed: boolean }

// One a process, however many bundles.
const kept = globalThis as typeof globalThis & { gangwayCanary?: Canary }

/**
 * Whether the pool gives no connection: a small query that stands in line as everybody's do has waited for three seconds, or was refused. Never waits
 * itself, and sends one query in half a second at most, whatever the load. A pool in full use whose line moves is none.
 */
export function poolIsStuck(): boolean {
  const last = kept.gangwayCanary
  if (!last || (last.over && performance.now() - last.began > everyMs)) send(last?.failed === true)
  const { began, over, failed } = kept.gangwayCanary ?? { began: 0, over: true, failed: false }
  return failed || (!over && performance.now() - began > patienceMs)
}

// What failed counts until another one got through.
function send(failed: boolean): void {
  const canary: Canary = { began: performance.now(), over: false, failed }
  kept.gangwayCanary = canary
  const end = (refused: boolean) => () => {
    canary.over = true
    canary.failed = refused
  }
  void sqlClient()`select 1`.then(end(false), end(true))
}
