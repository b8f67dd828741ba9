import { makeAccount, makePipeline, type StagePlan } from '../make-account.ts'
import { makeCandidates } from '../make-candidates.ts'
import { makeJob } from '../make-job.ts'
import { type Random, randomFrom } from '../random.ts'
import type { Account, Job, Member, Pipeline } from '../records.ts'
import { emptyState, keep, nextId, type State } from '../state.ts'
import { mintToken } from '../tokens.ts'
import { accountPlans } from './accounts.ts'
import { places } from './places.ts'
import type { AccountPlan, JobPlan } from './plan.ts'

const DAY = 86_400_000

/** A partner's client id that is known from the start, for the higher rate limit. */
const seededClientId = 'sandbox-partner'

const engineeringStages: readonly [StagePlan, ...StagePlan[]] = [
  { slug: 'sourced', name: 'Sourced', kind: 'sourced' },
  { slug: 'applied', name: 'Applied', kind: 'applied' },
  { slug: 'phone-screen', name: 'Phone Screen', kind: 'phone-screen' },
  { slug: 'take-home-task', name: 'Take-home Task', kind: 'assessment' },
  { slug: 'technical-interview', name: 'Technical Interview', kind: 'interview' },
  { slug: 'team-interview', name: 'Team Interview', kind: 'interview' },
  { slug: 'offer', name: 'Offer', kind: 'offer' },
  { slug: 'hired', name: 'Hired', kind: 'hired' },
]

/** A state full of test data. The same seed gives the same people and jobs; times are counted back from `now`. */
export function seededState(seed: string, now: number): State {
  const state = emptyState(seed, now)
  state.partnerClientIds.push(seededClientId)
  for (const plan of accountPlans) seedAccount(state, plan, now)
  return state
}

function seedAccount(state: State, plan: AccountPlan, now: number): void {
  const { subdomain, name, summary } = plan
  const suspended = plan.suspended ?? false
  const account = makeAccount(state, { subdomain, name, summary, suspended, createdAt: now - 900 * DAY })
  const standard = [...state.pipelines.values()].at(-1)
  if (standard === undefined) return
  const members = plan.members.map(member =>
    keep(state.members, {
      id: nextId(state, 'members'),
      accountId: account.id,
      name: member.name,
      headline: member.headline ?? null,
      email: member.email,
      role: member.role,
      active: member.inactive !== true,
    }),
  )
  const engineering = plan.jobs.some(job => job.pipeline === 'engineering')
    ? makePipeline(state, account.id, engineeringStages, false)
    : standard
  for (const job of plan.jobs) {
    const pipeline = job.pipeline === 'engineering' ? engineering : standard
    const made = seedJob(state, account, job, pipeline, members, now)
    makeCandidates(state, made, pipeline, job.candidates, now)
  }
  for (const dead of plan.deadTokens ?? []) seedDeadToken(state, account, members[0] ?? null, dead, now)
}

function seedJob(
  state: State,
  account: Account,
  plan: JobPlan,
  pipeline: Pipeline,
  members: readonly Member[],
  now: number,
): Job {
  const random = randomFrom(`${state.seed}/job/${account.subdomain}/${plan.title}`)
  const createdAt = now - plan.days * DAY - random.int(0, DAY / 2)
  return makeJob(state, account, {
    title: plan.title,
    code: plan.code,
    state: plan.state,
    department: plan.department,
    confidential: plan.confidential ?? false,
    place: places[plan.place],
    workplace: plan.workplace ?? 'on_site',
    shortcode: plan.shortcode,
    pipeline,
    team: teamFrom(members, random),
    createdAt,
    updatedAt: Math.min(now, createdAt + random.int(0, plan.days) * DAY),
  })
}

function teamFrom(members: readonly Member[], random: Random): Job['team'] {
  const at = (index: number) => members[index % members.length]
  const people = [
    { member: at(0), role: 'admin' },
    { member: at(random.int(1, 4)), role: 'recruiter' },
    { member: at(random.int(5, 8)), role: 'hiring_manager' },
  ] as const
  const team = new Map<number, Job['team'][number]>()
  for (const { member, role } of people) {
    if (member !== undefined && !team.has(member.id)) team.set(member.id, { memberId: member.id, role })
  }
  return [...team.values()]
}

function seedDeadToken(
  state: State,
  account: Account,
  member: Member | null,
  dead: { name: string; end: 'expired' | 'revoked' },
  now: number,
): void {
  const token = mintToken(state, {
    accountId: account.id,
    member,
    name: dead.name,
    scopes: ['r_jobs', 'r_candidates'],
    expiresAt: dead.end === 'expired' ? now - 35 * DAY : now + 180 * DAY,
    now: now - 400 * DAY,
  })
  if (dead.end === 'revoked') token.revokedAt = now - 60 * DAY
}
