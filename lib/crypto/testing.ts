import { createSecretKey, randomBytes, randomUUID } from 'node:crypto'
import type { DataKey, SealContext } from './seal.ts'
import type { KeyringKey, WrapContext } from './wrap.ts'

/** A random data key with an id of its own. For tests. */
export const someDataKey = (): DataKey => ({ id: randomUUID(), key: createSecretKey(randomBytes(32)) })

/** A random keyring key. For tests. */
export const someKeyringKey = (id = 'k1'): KeyringKey => ({ id, key: createSecretKey(randomBytes(32)) })

/** A place in a row of its own. For tests. */
export const somePlace = (): SealContext => ({
  workspaceId: randomUUID(),
  table: 'credentials',
  column: 'api_key',
  rowId: randomUUID(),
  generation: 2,
})

/** An owner of a data key. For tests. */
export const someOwner = (): WrapContext => ({
  dataKeyId: randomUUID(),
  workspaceId: randomUUID(),
  ownerKind: 'connection',
  ownerId: randomUUID(),
})

/** Every text that differs from this ASCII text in exactly one bit. For tests. */
export function bitFlips(text: string): string[] {
  const bytes = Buffer.from(text, 'latin1')
  return [...bytes].flatMap((byte, at) =>
    [0, 1, 2, 3, 4, 5, 6, 7].map(bit => {
      const changed = Buffer.from(bytes)
      changed[at] = byte ^ (1 << bit)
      return changed.toString('latin1')
    }),
  )
}

/** The text with blanks, padding or other signs at its ends or between its parts: what a lenient decoder forgives. For tests. */
export function disguises(text: string): string[] {
  const signs = ['\n', ' ', '=', '==', '\t', '\r\n', '\0', '.', '\u00a0', '\ufeff']
  const dots = [...text.matchAll(/\./g)].map(match => match.index)
  return signs.flatMap(sign => [
    text + sign,
    sign + text,
    ...dots.flatMap(dot => [
      text.slice(0, dot) + sign + text.slice(dot),
      text.slice(0, dot + 1) + sign + text.slice(dot + 1),
    ]),
  ])
}
