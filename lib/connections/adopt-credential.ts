import { SealError } from '#lib/crypto/seal.ts'
import type { Tx } from '#lib/db/client.ts'
import type { connections } from '#lib/db/schema/index.ts'
import type { Candidate } from '#lib/link-sessions/candidate-credential.ts'
import { revokeLater } from '#lib/oauth/revocations.ts'
import { type Owned, proveTokens, readTokens, writeCredential, writeTokens } from './credentials.ts'
import { planned } from './plan-refresh.ts'

type Connection = typeof connections.$inferSelect

/** A key does not age by itself: nothing is planned for it. */
const withoutTokens = {
  accessExpiresAt: null,
  refreshDueAt: null,
  refreshedAt: null,
  refreshFailures: 0,
  refreshProblem: null,
  refreshProblemSince: null,
  refusals: 0,
  refreshLease: null,
  refreshLeaseUntil: null,
}

/** What a connection's row says of the credential that a walk has proven: a key that was typed, or a grant. */
export function columnsOf({ lastFour, grant }: Candidate) {
  if (!grant) return { way: 'api_key' as const, lastFour, oauthAppId: null, ...withoutTokens }
  const plan = planned(grant.accessExpiresAt)
  const due = grant.refresh ? plan.refreshDueAt : null
  return { way: 'oauth' as const, lastFour, oauthAppId: grant.appId, ...plan, refreshDueAt: due }
}

/** Seals what a walk has proven as its connection's credential of that generation, and drops the ones before. */
export async function adoptCredential(
  tx: Tx,
  of: Owned,
  generation: number,
  { key, grant }: Candidate,
): Promise<void> {
  if (!grant) return writeCredential(tx, of, generation, key)
  await writeTokens(tx, of, generation, grant)
  // The doctor's requests were made with it.
  await proveTokens(tx, of, generation)
}

/**
 * Hands the grant that a connection has had so far over to be revoked, before another credential takes its place. Not when the ATS
 * gave the very same one again: it would be the new one that dies.
 */
export async function letGoOfGrant(tx: Tx, connection: Connection, next: Candidate): Promise<void> {
  const { id: connectionId, workspaceId, oauthAppId: appId, connector, environment } = connection
  if (connection.way !== 'oauth' || !appId) return
  const [pair] = await readTokens(tx, { workspaceId, connectionId }).catch(error => {
    // What cannot be opened cannot be revoked either; it is dead by its key.
    if (error instanceof SealError) return []
    throw error
  })
  if (!pair || (next.grant && pair.access.is(next.grant.access))) return
  const of = { workspaceId, appId, connectionId, connector, environment }
  await revokeLater(tx, { ...of, reason: 'replaced' }, pair)
}
