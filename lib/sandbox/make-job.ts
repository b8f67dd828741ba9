import { shortcodeOf } from './ids.ts'
import type { Account, Department, Job, Pipeline } from './records.ts'
import { keep, nextId, type State } from './state.ts'

/** What is said about a job that is made; the rest is as usual. Times in ms since 1970. */
export type JobWish = Pick<
  Job,
  'title' | 'code' | 'state' | 'place' | 'workplace' | 'createdAt' | 'updatedAt' | 'team'
> & {
  department: string | null
  confidential: boolean
  shortcode?: string | undefined
  pipeline: Pipeline
}

/** Makes a job of an account; its department is made as well where the account has none of that name. */
export function makeJob(state: State, account: Account, wish: JobWish): Job {
  const id = nextId(state, 'jobs')
  return keep(state.jobs, {
    id,
    accountId: account.id,
    shortcode: wish.shortcode ?? shortcodeOf(state.seed, id),
    title: wish.title,
    code: wish.code,
    state: wish.state,
    sample: false,
    confidential: wish.confidential,
    departmentId: wish.department === null ? null : departmentNamed(state, account, wish.department).id,
    pipelineId: wish.pipeline.id,
    place: wish.place,
    workplace: wish.workplace,
    employmentType: 'Full-time',
    salary:
      id % 3 === 0
        ? { from: 28_000 + (id % 40) * 1000, to: 36_000 + (id % 40) * 1200, currency: 'eur' }
        : null,
    team: wish.team,
    createdAt: wish.createdAt,
    updatedAt: wish.updatedAt,
  })
}

function departmentNamed(state: State, account: Account, name: string): Department {
  for (const department of state.departments.values()) {
    if (department.accountId === account.id && department.name === name) return department
  }
  return keep(state.departments, { id: nextId(state, 'departments'), accountId: account.id, name })
}
