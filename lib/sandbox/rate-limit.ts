/** Windows are fixed and aligned to multiples of ten seconds of epoch time (recorded, workable-api section 4). */
const WINDOW_MS = 10_000
const ACCOUNT_LIMIT = 10
const PARTNER_LIMIT = 50

/** What one request did to its token's window. `remaining` of a request that passed is never 0 (recorded). */
export type Allowance = { limit: number; remaining: number; refused: boolean; windowEndsAt: number }

export type RateLimiter = {
  /** Counts a request of a token at `now` (ms since 1970); `partner`: it carries the client id of a known partner. */
  count(tokenId: number, partner: boolean, now: number): Allowance
  /** Forgets every window. */
  clear(): void
}

/** A limiter in memory; windows do not outlive the process, as ten seconds hardly do. */
export function rateLimiter(): RateLimiter {
  const windows = new Map<number, { start: number; used: number }>()
  return {
    count(tokenId, partner, now) {
      const start = now - (now % WINDOW_MS)
      const known = windows.get(tokenId)
      const window = known?.start === start ? known : { start, used: 0 }
      window.used += 1
      windows.set(tokenId, window)
      const limit = partner ? PARTNER_LIMIT : ACCOUNT_LIMIT
      const remaining = Math.max(0, limit - window.used)
      return { limit, remaining, refused: remaining === 0, windowEndsAt: start + WINDOW_MS }
    },
    clear: () => windows.clear(),
  }
}

/** The three headers; Reset is about ten seconds from now, not the window's edge (recorded). */
export function rateHeaders(allowance: Allowance, now: number): Record<string, string> {
  return {
    'X-Rate-Limit-Limit': String(allowance.limit),
    'X-Rate-Limit-Remaining': String(allowance.remaining),
    'X-Rate-Limit-Reset': String(Math.floor(now / 1000) + 10),
  }
}
