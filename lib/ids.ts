import { randomUUID } from 'node:crypto'

/** A new id of ours. Ids are made in the program, so that a row's place is known before it is written (sealing needs it). */
export const newId = (): string => randomUUID()

const shape = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** Is this an id as we write them? Anything else would be an error of the database rather than a "not found". */
export const isId = (value: string): boolean => shape.test(value)
