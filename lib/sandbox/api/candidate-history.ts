import { toHex } from '../ids.ts'
import { type Random, randomFrom } from '../random.ts'
import type { Candidate } from '../records.ts'
import type { State } from '../state.ts'

const schools = [
  'Hogeschool Rotterdam',
  'University of Hull',
  'TU Hamburg',
  'Uniwersytet Gdański',
  'Universidade do Porto',
] as const
const degrees = ['BSc', 'BA', 'MSc', 'Vocational diploma'] as const
const fields = ['Supply Chain Management', 'Business Administration', 'Logistics', null] as const
const companies = [
  'Noordkade Storage',
  'Estuary Freight',
  'Brightwater Foods',
  'Kestrel Parcels',
  'Hansewerk',
] as const
const skills = [
  'Forklift licence',
  'SAP',
  'English',
  'Nederlands',
  'Deutsch',
  'Excel',
  'Rostering',
  'ADR',
] as const
const reasons = [
  'I live twenty minutes away and like the early shift.',
  'A friend works with you and speaks well of the team.',
  'I want to learn the customs side of the trade.',
] as const

/** What a candidate wrote: told from the seed and the id, so that it need not be kept, and is the same each time. */
export function candidateHistory(state: State, candidate: Candidate) {
  const random = randomFrom(`${state.seed}/history/${candidate.id}`)
  const year = new Date(candidate.createdAt).getUTCFullYear()
  const worked = random.int(1, 3)
  return {
    cover_letter: random.chance(0.4) ? `<p>${random.pick(reasons)}</p>` : null,
    summary: random.chance(0.7) ? `${random.int(2, 20)} years in warehouses and offices.` : null,
    education_entries: random.chance(0.8) ? [education(candidate, random, year)] : [],
    experience_entries: Array.from({ length: worked }, (_, index) =>
      experience(candidate, random, year - 3 * index, index),
    ),
    skills: [{ name: random.pick(skills) }],
    answers: [
      { question: { body: 'Why would you like to work here?' }, answer: { body: random.pick(reasons) } },
      { question: { body: 'Do you hold a driving licence?' }, answer: { checked: random.chance(0.6) } },
    ],
    social_profiles: random.chance(0.3) ? [socialProfile(candidate)] : [],
  }
}

function education(candidate: Candidate, random: Random, year: number) {
  const end = year - random.int(3, 20)
  return {
    id: toHex(candidate.id * 10),
    degree: random.pick(degrees),
    school: random.pick(schools),
    field_of_study: random.pick(fields),
    start_date: `${end - 4}-09-01`,
    end_date: `${end}-06-30`,
  }
}

function experience(candidate: Candidate, random: Random, year: number, index: number) {
  return {
    id: toHex(candidate.id * 10 + 1 + index),
    title: candidate.headline ?? 'Team member',
    summary: '<ul><li>Kept the shift plan and the stock figures</li></ul>',
    start_date: `${year - 3}-0${random.int(1, 9)}-01`,
    end_date: index === 0 ? null : `${year}-12-31`,
    company: random.pick(companies),
    industry: null,
    current: index === 0,
  }
}

function socialProfile(candidate: Candidate) {
  const username = toHex(candidate.id)
  return { type: 'linkedin', name: 'LinkedIn', username, url: `https://linkedin.example/in/${username}` }
}
