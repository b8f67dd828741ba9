import { type Random, randomFrom } from './random.ts'
import type { Candidate, Job, Pipeline, Stage } from './records.ts'
import { firstNames, lastNames } from './seed/names.ts'
import { keep, nextId, type State } from './state.ts'

const DAY = 86_400_000

type Source = Pick<Candidate, 'domain' | 'source'>

const sources: readonly [Source, ...Source[]] = [
  { domain: 'indeed.com', source: { name: 'indeed.com', category: 'Job boards' } },
  { domain: 'linkedin.com', source: { name: 'linkedin.com', category: 'Job boards' } },
  { domain: null, source: { name: 'Careers page', category: 'Careers page' } },
  { domain: null, source: { name: 'Referrals', category: 'Referrals' } },
]

const reasons = [
  "Doesn't have required qualifications",
  "Doesn't have required experience",
  'Other candidates more suitable',
  'Salary expectations',
] as const

/** How far along its job each candidate is: the earlier stages are the fuller ones. */
const depths = [0, 0, 1, 1, 1, 1, 1, 1, 2, 2, 3, 4, 4, 5, 6] as const

/**
 * Adds `count` candidates that look real to a job. The same seed, job and numbers give the same people; the times lie
 * between the job's opening and `now` (ms since 1970).
 */
export function makeCandidates(
  state: State,
  job: Job,
  pipeline: Pipeline,
  count: number,
  now: number,
): Candidate[] {
  const start = Math.min(job.createdAt, now - 1000)
  return Array.from({ length: count }, (_, index) => {
    const id = nextId(state, 'candidates')
    const random = randomFrom(`${state.seed}/candidate/${id}`)
    const createdAt = start + Math.floor(((index + random.next()) / count) * (now - start))
    const touchedAt = Math.min(now, createdAt + random.int(0, 20) * DAY)
    return keep(state.candidates, candidateOf(id, job, pipeline, random, createdAt, touchedAt))
  })
}

function candidateOf(
  id: number,
  job: Job,
  pipeline: Pipeline,
  random: Random,
  createdAt: number,
  touchedAt: number,
): Candidate {
  const firstname = random.pick(firstNames)
  const lastname = random.pick(lastNames)
  const stage = stageAt(pipeline, random.pick(depths))
  const sourced = stage.kind === 'sourced'
  const out = !sourced && stage.kind !== 'hired' && random.chance(0.25)
  return {
    id,
    accountId: job.accountId,
    jobId: job.id,
    stageId: stage.id,
    firstname,
    lastname,
    headline: random.chance(0.7) ? job.title.replace(/,.*|^Sr\. | \(.*/g, '') : null,
    email: random.chance(0.97) ? `${plain(firstname)}.${plain(lastname)}.${id % 10_000}@mail.example` : null,
    phone: random.chance(0.8) ? phoneFor(job, random) : null,
    address: random.chance(0.3) ? `${job.place.city}, ${job.place.country}` : null,
    sourced,
    outlet: random.chance(0.04) ? 'employee_portal' : null,
    ...(sourced ? { domain: null, source: null } : random.pick(sources)),
    tags: random.chance(0.15)
      ? [random.pick(['night shift', 'talked at fair', 'relocates', 'call back'])]
      : [],
    resume: random.chance(0.75),
    disqualified: out ? { at: touchedAt, reason: random.pick(reasons), withdrew: false } : null,
    offeredAt: stage.kind === 'offer' || stage.kind === 'hired' ? touchedAt : null,
    hiredAt: stage.kind === 'hired' ? touchedAt : null,
    createdAt,
    updatedAt: touchedAt,
  }
}

function stageAt(pipeline: Pipeline, depth: number): Stage {
  return pipeline.stages[depth] ?? pipeline.stages[0]
}

/** Numbers that the regulators of these countries keep free for films and examples, and the like. */
function phoneFor(job: Job, random: Random): string {
  const digits = String(random.int(0, 999)).padStart(3, '0')
  const prefixes: Record<string, string> = { GB: '+44 20 7946 0', DE: '+49 30 23125 ', NL: '+31 97 0102 0' }
  return `${prefixes[job.place.countryCode] ?? '+44 20 7946 0'}${digits}`
}

/** Letters of the plain alphabet, for an address: `Łukasz` is `lukasz`. */
function plain(name: string): string {
  return name
    .toLowerCase()
    .replace(/ł/g, 'l')
    .replace(/ø/g, 'o')
    .replace(/ı/g, 'i')
    .replace(/ß/g, 'ss')
    .normalize('NFD')
    .replace(/[^a-z]/g, '')
}
