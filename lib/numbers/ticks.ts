import type { Fields } from '#lib/forms/parse.ts'
import { isId } from '#lib/ids.ts'

/** The numbers that have a tick, by what for. */
export type Ticks = { calls: string[]; messages: string[] }

const uses = ['calls', 'messages'] as const

/** A connection takes so many numbers for each use: all of them, ticked, have to fit into one form. */
export const mostTicks = 300

/** More boxes than a form of ours has. */
const mostBoxes = 999

/** The name of a box in the form, one of its own each, since a form has each name once; its value is the number's id. */
export const boxName = (use: (typeof uses)[number], index: number): string => `${use}_${index}`

export const isBoxName = (name: string): boolean => /^(calls|messages)_\d{1,3}$/.test(name)

/** The ticks of a form. What is no id counts as one that nobody has. */
export function ticksOf(value: (name: string) => string | undefined): Ticks {
  const of = (use: (typeof uses)[number]) => {
    const sent = Array.from({ length: mostBoxes }, (_, index) => value(boxName(use, index)) ?? '')
    return [...new Set(sent.filter(Boolean).map(id => (isId(id) ? id : nobodys)))]
  }
  return { calls: of('calls'), messages: of('messages') }
}

const nobodys = '00000000-0000-0000-0000-000000000000'

/** The fields that a form of numbers shows again after a refusal. `whole` is its last one: without it some were lost. */
export const shownBoxes = (fields: Fields): string[] => [
  ...Object.keys(fields).filter(isBoxName),
  'q',
  'whole',
]

/** The ticks of a form that is shown again, if it came back whole; else undefined. */
export const ticksShown = (value: (name: string) => string): Ticks | undefined =>
  value('whole') ? ticksOf(value) : undefined
