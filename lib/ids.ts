import { createHash, randomUUID } from 'node:crypto'

/** A new id of ours. Ids are made in the program, so that a row's place is known before it is written (sealing needs it). */
export const newId = (): string => randomUUID()

const shape = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** Is this an id as we write them? Anything else would be an error of the database rather than a "not found". */
export const isId = (value: string): boolean => shape.test(value)

/** The id that always comes of the same text (a UUID of version 8, RFC 9562 5.8): of what has an address before it has a row. */
export function idOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex')
  const parts = [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`]
  return [...parts, hex.slice(20, 32)].join('-')
}
