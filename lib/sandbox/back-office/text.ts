import type { Job } from '../records.ts'

/** What each state of a job is called on a page. */
export const stateNames = {
  draft: 'Draft',
  published: 'Published',
  closed: 'Closed',
  archived: 'Archived',
} as const satisfies Record<Job['state'], string>

/** `25 November 2026`, in UTC as all of the sandbox. */
export function dateText(at: number): string {
  return new Date(at).toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  })
}

/** `26 to 50 of 304 candidates`, `12 candidates`, `1 job`. */
export function rangeText(from: number, to: number, total: number, noun: string): string {
  const nouns = total === 1 ? noun : `${noun}s`
  const all = total.toLocaleString('en-GB')
  return from <= 1 && to >= total ? `${all} ${nouns}` : `${from} to ${to} of ${all} ${nouns}`
}

/** `3 days left`, `1 day left`; a day that has begun counts. */
export function timeLeftText(ms: number): string {
  const days = Math.ceil(ms / 86_400_000)
  return days === 1 ? '1 day left' : `${days} days left`
}
