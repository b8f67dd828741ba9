/**
 * The places between two side effects at which `npm run faults` kills a process: what was done before one is done, what comes after it
 * is not.
 */
export const failpointNames = [
  // Connect: the callback of a sign-in.
  'flow_taken',
  'code_exchanged',
  'grant_kept',
  'accounts_listed',
  // Complete: an account is chosen, and becomes a connection.
  'check_requested',
  'connection_inserted',
  'credential_adopted',
  'connection_committed',
  // Refresh, and the first use of what it brought.
  'lease_taken',
  'refresh_answered',
  'pair_kept',
  'refusal_kept',
  'pair_used',
  'pair_proven',
  // Delete, and revoke.
  'grant_handed_over',
  'deletion_committed',
  'revocation_begun',
  'revocation_refreshed',
  'revocation_pair_kept',
  'revocation_asked',
  'revocation_proven',
  'revocation_settled',
] as const

export type FailpointName = (typeof failpointNames)[number]

// No variable and no file can set it: only code that runs in this very process.
const kept = globalThis as typeof globalThis & {
  gangwayFailpoint?: ((name: FailpointName) => void | Promise<void>) | undefined
}

/** Nothing, unless `setFailpoint` was called in this process. */
export const failpoint = (name: FailpointName): void | Promise<void> => kept.gangwayFailpoint?.(name)

/** Has every failpoint call `hook`, or none any more. For faults and tests. */
export function setFailpoint(hook: ((name: FailpointName) => void | Promise<void>) | undefined): void {
  kept.gangwayFailpoint = hook
}
