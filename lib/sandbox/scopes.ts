/** Every scope that Workable documents (workable-api section 2.3), with what its box says in the back office. */
export const scopeMeanings = {
  r_jobs: 'Read jobs, stages and hiring teams',
  r_candidates: 'Read candidates',
  w_candidates: 'Create, update and move candidates',
  w_comments: 'Comment on candidates',
  r_employees: 'Read employees',
  w_employees: 'Create and update employees',
  r_account: 'Read departments and permissions',
  w_departments: 'Create and update departments',
  w_members: 'Invite and update members',
  r_timeoff: 'Read time off',
  w_timeoff: 'Create and update time off',
  r_time_tracking: 'Read time tracking',
  w_time_tracking: 'Create and update time tracking',
  r_offers: 'Read offers',
  w_offers: 'Approve and reject offers',
  r_requisitions: 'Read requisitions',
  w_requisitions: 'Create and update requisitions',
} as const satisfies Record<string, string>

export type Scope = keyof typeof scopeMeanings

export const scopes = Object.keys(scopeMeanings) as [Scope, ...Scope[]]
