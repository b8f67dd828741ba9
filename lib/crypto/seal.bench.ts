import { open, seal } from './seal.ts'
import { Secret } from './secret.ts'
import { someDataKey, somePlace } from './testing.ts'

/** Microseconds for sealing and opening one API key, averaged over `times`. The bound is 60. For the benchmark. */
export function sealPlusOpenMicroseconds(times = 20_000): number {
  const [dataKey, place] = [someDataKey(), somePlace()]
  const secret = new Secret('w'.repeat(64))
  const start = performance.now()
  for (let i = 0; i < times; i++) open(place, dataKey, seal(place, dataKey, secret))
  return ((performance.now() - start) * 1000) / times
}
