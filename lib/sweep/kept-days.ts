/** Days for which a row is kept after it has ended, and then forgotten by `forgetOld`; `docs/operators.md` tells them. */
export const keptDays = {
  /** Signed out, timed out or ended elsewhere. */
  sessions: 90,
  /** Used, or over. */
  one_time_links: 30,
  /** Accepted or withdrawn. */
  invitations: 365,
  /** Sent, kept or given up. */
  mails: 180,
  /** Seen or settled. */
  notices: 180,
  /** Finished; the newest one of a connection stays. */
  checks: 90,
  refreshes: 30,
  /** Settled, and on no receipt. */
  revocations: 90,
} as const

export type Kept = keyof typeof keptDays
