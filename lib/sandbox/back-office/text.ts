import type { Job, Member } from '../records.ts'

/** What each state of a job is called on a page. */
export const stateNames = {
  draft: 'Draft',
  published: 'Published',
  closed: 'Closed',
  archived: 'Archived',
} as const satisfies Record<Job['state'], string>

/** What each role is called on a page. */
export const roleNames = {
  admin: 'Admin',
  simple: 'Standard member',
  reviewer: 'Reviewer',
  no_access: 'No access',
} as const satisfies Record<Member['role'], string>

/** `25 November 2026`, in UTC as all of the sandbox. */
export function dateText(at: number): string {
  return new Date(at).toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  })
}

/** `12 candidates`, `1 job`. */
export function countText(count: number, noun: string): string {
  return `${count.toLocaleString('en-GB')} ${count === 1 ? noun : `${noun}s`}`
}

/** `26 to 50 of 304 candidates`; where all are there, `12 candidates`. */
export function rangeText(from: number, to: number, total: number, noun: string): string {
  return to - from + 1 === total ? countText(total, noun) : `${from} to ${to} of ${countText(total, noun)}`
}

/** `3 days left`, `1 day left`; a day that has begun counts. */
export function timeLeftText(ms: number): string {
  const days = Math.ceil(ms / 86_400_000)
  return days === 1 ? '1 day left' : `${days} days left`
}
