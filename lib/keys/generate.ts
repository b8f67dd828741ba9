import { randomBytes } from 'node:crypto'

/** A new key as it is written into a keyring, `k3:<base64 of 32 bytes>`, with the first id that none of `taken` has. */
export function generateKey(taken: Iterable<string>): string {
  const ids = new Set(taken)
  let number = 1
  while (ids.has(`k${number}`)) number++
  return `k${number}:${randomBytes(32).toString('base64')}`
}
