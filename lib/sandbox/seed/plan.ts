import type { Job, Member } from '../records.ts'
import type { PlaceName } from './places.ts'

/** A job of the seed. `days`: how long ago it was opened; `shortcode`: where guides and pictures name one. */
export type JobPlan = {
  title: string
  code: string | null
  department: string | null
  place: PlaceName
  state: Job['state']
  days: number
  candidates: number
  workplace?: Job['workplace']
  shortcode?: string
  pipeline?: 'engineering'
  confidential?: boolean
}

/** An account of the seed. */
export type AccountPlan = {
  subdomain: string
  name: string
  summary: string | null
  suspended?: boolean
  members: readonly {
    name: string
    email: string
    role: Member['role']
    headline?: string
    inactive?: boolean
  }[]
  jobs: readonly JobPlan[]
  /** Tokens that are there from the start; all of them dead, so that a fresh sandbox has no secret that anybody knows. */
  deadTokens?: readonly { name: string; end: 'expired' | 'revoked' }[]
}

/** Short form of a `JobPlan` for the lists of the accounts. */
export function job(
  title: string,
  code: string | null,
  department: string | null,
  place: PlaceName,
  days: number,
  candidates: number,
  more: Partial<JobPlan> = {},
): JobPlan {
  return { title, code, department, place, days, candidates, state: 'published', ...more }
}
