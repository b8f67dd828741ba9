import { absentAts } from '#lib/connectors/catalog.ts'
import { type AtsChoice, atsChoices } from './ats-choices.ts'

export type FoundAts = { search: string; here: AtsChoice[]; absent: readonly string[] }

/** The ATSs whose name has every word of `search` in it, letter case aside; all of them for an empty one. */
export function findAts(search: string): FoundAts {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  const fits = (name: string) => words.every(word => name.toLowerCase().includes(word))
  return {
    search,
    here: atsChoices().filter(choice => fits(`${choice.name} ${choice.environment}`)),
    absent: absentAts.filter(fits),
  }
}
