import type { Job } from '../records.ts'
import type { State } from '../state.ts'
import type { Caller } from './endpoint.ts'

/**
 * What a caller may see: an account token and an admin everything; another person the jobs whose hiring team she is in.
 * A guess, and so a switch: Workable says only that a person's token sees what she may see.
 */
export function maySee(state: State, caller: Caller, job: Job | undefined): boolean {
  const { member } = caller
  if (member === null || member.role === 'admin' || state.switches.userTokenSees === 'everything') return true
  return job?.team.some(({ memberId }) => memberId === member.id) ?? false
}
