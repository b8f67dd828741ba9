const half = 16

/**
 * What makes 32 bytes a key that nobody drew at random, in words for the operator; undefined when nothing is seen. A random key
 * falls under each of these less than once in 10^13.
 */
export function weakness(bytes: Uint8Array): string | undefined {
  if (new Set(bytes).size < half || Buffer.compare(bytes.subarray(0, half), bytes.subarray(half)) === 0)
    return 'it repeats itself'
  const [first = 0, second = 0] = bytes
  const step = second - first
  if (bytes.every((byte, i) => byte === (((first + i * step) % 256) + 256) % 256)) return 'it counts'
  if (bytes.every(byte => byte >= 0x20 && byte < 0x7f)) return 'it is written text, not random bytes'
  return undefined
}
