import type { Sessions } from './back-office/sessions.ts'
import type { FaultBook } from './faults.ts'
import type { Ledger } from './ledger.ts'
import type { BundledApp } from './oauth/bundled-app.ts'
import type { Tallies } from './oauth/tallies.ts'
import type { Visitors } from './oauth/visitors.ts'
import type { RateLimiter } from './rate-limit.ts'
import type { State } from './state.ts'

/** Everything that one running sandbox is made of; each part of the program gets it as its first argument. */
export type Sandbox = {
  /** Replaced as a whole when the control API sets it back. */
  state: State
  /** Known once the server listens. */
  port: number
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly ledger: Ledger
  readonly faults: FaultBook
  readonly limiter: RateLimiter
  readonly sessions: Sessions
  /** Who is signed in on www. */
  readonly visitors: Visitors
  readonly tallies: Tallies
  /** The app that is there from the start, after setting back as well. */
  readonly bundledApp: BundledApp | null
  /** To be called after every change of the state; the file follows shortly after. */
  readonly touched: () => void
}
