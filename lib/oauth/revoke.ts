import { and, eq, sql } from 'drizzle-orm'
import { createApi } from '#lib/ats/api.ts'
import { record } from '#lib/audit/record.ts'
import { now } from '#lib/clock.ts'
import type { Tokens } from '#lib/connections/credentials.ts'
import { AtsError, type AtsFailure } from '#lib/connectors/api.ts'
import { connectorById } from '#lib/connectors/registry.ts'
import { SealError } from '#lib/crypto/seal.ts'
import { db, transaction } from '#lib/db/client.ts'
import { revocations, workspaces } from '#lib/db/schema/index.ts'
import { GangwayError } from '#lib/errors.ts'
import { failpoint } from '#lib/failpoint.ts'
import { openOAuthApp, readOAuthApp } from '#lib/partners/oauth-apps.ts'
import { sendTask } from '#lib/queue/send.ts'
import type { OAuthApp } from './app.ts'
import { refreshTokens, revokeToken } from './client.ts'
import {
  holdUnchanged,
  keepRefreshed,
  openRevocation,
  type Revocation,
  settleRevocation,
} from './revocations.ts'

/** Minutes until it is tried again: soon at first, every quarter of an hour at most. */
const waits = [0.5, 1, 2, 5, 10, 15]

/**
 * Revokes a grant at the ATS and asks whether it is dead: proven only when the access token gets 401. Tried again for seven days,
 * then it says that it could not. A task that runs twice finds it settled.
 */
export async function revokeGrant(revocationId: string): Promise<void> {
  const [row] = await db().select().from(revocations).where(eq(revocations.id, revocationId))
  if (row?.state !== 'waiting') return
  const { problem, ...tried } = await attempt(row).catch(error => ({ row, problem: problemOf(error) }))
  if (!problem) {
    await failpoint('revocation_proven')
    if (!(await settle(tried.row, 'proven'))) await again(row, elsewhere)
    return failpoint('revocation_settled')
  }
  if (row.endsAt <= now() || problem === 'credential_unreadable') return void (await settle(row, 'gave_up'))
  await again(row, problem)
}

/** Another run has refreshed it a moment ago: what this one knows of the pair before says nothing about the one that lives. */
const elsewhere = 'refreshed_elsewhere'

/** The row with the tokens that were tried, and why it is not known yet that the grant is dead; without a reason that is proven. */
type Tried = { row: Revocation; problem?: string | undefined }

async function attempt(row: Revocation): Promise<Tried> {
  const appRow = await readOAuthApp(row.appId)
  if (!appRow) return { row, problem: 'no_app' }
  const app = await openOAuthApp(db(), appRow)
  const tokens = await openRevocation(db(), row)
  await failpoint('revocation_begun')
  // Older Doorkeepers revoke a row only while its access token lives (workable-api, 9.2). One that is refused before anybody was asked
  // to revoke it may have ended early, as our clock or theirs has it: its grant can live.
  if (tokens.accessExpiresAt > now() && !(await isDead(row, tokens)))
    return { row, problem: await revoked(row, app, tokens) }
  const fresh = await refreshed(row, app, tokens)
  if (fresh === 'dead') return { row }
  if (typeof fresh === 'string') return { row, problem: fresh }
  // Used once, so that a server which keeps the pair before until then lets go of it: else that one would live on.
  if (await isDead(row, fresh.tokens)) return { row: fresh.row }
  return { row: fresh.row, problem: await revoked(fresh.row, app, fresh.tokens) }
}

/** Undefined when the grant of a pair whose access token has just worked is proven to be dead. */
async function revoked(row: Revocation, app: OAuthApp, pair: Tokens): Promise<string | undefined> {
  for (const token of [pair.refresh, pair.access]) {
    if (!token) continue
    const answer = await revokeToken(app, token)
    if (answer.kind !== 'accepted') return answer.kind
    await failpoint('revocation_asked')
    if (await isDead(row, pair)) return undefined
  }
  return 'still_alive'
}

/** A pair whose access token lives, kept before it is used; `dead` when the grant is refused, which is as good as revoked. */
async function refreshed(
  row: Revocation,
  app: OAuthApp,
  { refresh }: Tokens,
): Promise<{ row: Revocation; tokens: Tokens } | 'dead' | string> {
  if (!refresh) return 'dead'
  const reply = await refreshTokens(app, refresh)
  if (reply.kind === 'grant_refused') return 'dead'
  if (reply.kind !== 'tokens') return reply.kind
  await failpoint('revocation_refreshed')
  const kept = await transaction(tx => keepRefreshed(tx, row, reply.tokens))
  if (!kept) return elsewhere
  await failpoint('revocation_pair_kept')
  return { row: kept, tokens: reply.tokens }
}

async function isDead(row: Revocation, { access }: Tokens): Promise<boolean> {
  const { manifest, listAccounts } = connectorById(row.connector)
  const api = createApi({
    manifest,
    environment: row.environment,
    subdomain: manifest.hosts.central,
    secret: access,
    paceKey: `revocation:${row.id}`,
  })
  try {
    await listAccounts(api)
    return false
  } catch (error) {
    // Whatever else is said to it, however odd, is said to a token that lives.
    if (error instanceof AtsError && !noAnswer.includes(error.failure))
      return error.failure === 'credential_refused'
    throw error
  }
}

const noAnswer: readonly AtsFailure[] = ['rate_limited', 'ats_unavailable']

function problemOf(error: unknown): string {
  if (error instanceof SealError) return 'credential_unreadable'
  if (error instanceof AtsError) return error.failure
  // Its sandbox is switched off, for now.
  if (error instanceof GangwayError) return error.code
  throw error
}

async function again(row: Revocation, problem: string): Promise<void> {
  const minutes = waits[Math.min(row.attempts, waits.length - 1)] ?? 15
  const startAfter = new Date(now().getTime() + minutes * 60_000)
  await transaction(async tx => {
    const waiting = await tx
      .update(revocations)
      .set({ attempts: row.attempts + 1, problem, nextTryAt: startAfter })
      .where(and(eq(revocations.id, row.id), eq(revocations.state, 'waiting')))
      .returning({ id: revocations.id })
    if (waiting.length > 0) await sendTask(tx, 'revoke-grant', { revocationId: row.id }, { startAfter })
  })
}

/** Whether it is settled by now. Proven is only what was tried: not where another run has put a new pair there. */
async function settle(row: Revocation, state: 'proven' | 'gave_up'): Promise<boolean> {
  return transaction(async tx => {
    const unchanged = await holdUnchanged(tx, row)
    const [held] = await tx
      .select({ state: revocations.state, partnerId: workspaces.partnerId })
      .from(revocations)
      .innerJoin(workspaces, eq(workspaces.id, revocations.workspaceId))
      .where(eq(revocations.id, row.id))
    if (held?.state !== 'waiting') return true
    if (state === 'proven' && !unchanged) return false
    await settleRevocation(tx, row, state)
    await tx
      .update(revocations)
      .set({ attempts: sql`${revocations.attempts} + 1` })
      .where(eq(revocations.id, row.id))
    await record(
      tx,
      { kind: 'system', task: 'revoke-grant' },
      {
        name: state === 'proven' ? 'grant.revoked' : 'grant.not_revoked',
        subject: row.connectionId
          ? { kind: 'connection', id: row.connectionId }
          : { kind: 'link_session', id: row.linkSessionId ?? row.id },
        data: { reason: row.reason },
        partnerId: held.partnerId,
        workspaceId: row.workspaceId,
      },
    )
    return true
  })
}
