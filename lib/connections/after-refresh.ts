import { and, eq, sql } from 'drizzle-orm'
import { now } from '#lib/clock.ts'
import { type Tx, transaction } from '#lib/db/client.ts'
import { connections } from '#lib/db/schema/index.ts'
import { pauseApp, resumeApp, stopApp, tellPartner } from '#lib/oauth/stop-app.ts'
import type { Refused } from '#lib/oauth/token-reply.ts'
import type { OAuthAppRow } from '#lib/partners/oauth-apps.ts'
import { sendTask } from '#lib/queue/send.ts'
import { isOutage, type Judged, judgeRefusal } from './judge-refusal.ts'
import type { Connection, Lease } from './lease.ts'
import { needReauth } from './need-reauth.ts'
import { noteTry } from './note-try.ts'
import { confirmAfter, deadAfter, waitAfter } from './plan-refresh.ts'

/** Why a refresh brought nothing, and how long the answer took. */
export type Failed = { app: OAuthAppRow; reply: Refused; milliseconds: number }

/** What a connection's row says of a try that failed. */
type Noted = Partial<Record<'refreshFailures' | 'refusals', number>> & {
  problem: NonNullable<Connection['refreshProblem']>
  /** Seconds until the next try. */
  wait: number
}

/** The error of ours for a grant that came without a refresh token: nobody has to confirm that it is over. */
export const noRefreshToken = 'no_refresh_token'

/** So many confirmations has a refusal that names no reason, over an hour; one that names the grant has one. */
const oddConfirmations = 3

/** A try that comes so soon is a task of its own; for all others the clock is good enough. */
const soonSeconds = 45

/**
 * Draws the consequences of a refresh that brought no tokens. Only a confirmed refusal of the grant touches the connection's
 * status; a refused app, or a server that answers nobody, stops the app and touches no connection.
 */
export async function afterRefusal(lease: Lease, { app, reply, milliseconds }: Failed): Promise<void> {
  await transaction(async tx => {
    await noteTry(tx, lease, app.id, reply.kind, milliseconds)
    if (reply.kind === 'app_refused') return stopFor(tx, lease, app, 'app_refused')
    if (reply.kind === 'refused_oddly') return afterOddRefusal(tx, lease, app)
    if (reply.kind === 'grant_refused') return afterGrantRefusal(tx, lease, app, reply.error)
    if (reply.kind === 'limited') return afterLimit(tx, lease, app, reply.retryAt)
    await unclear(tx, lease)
    if (await isOutage(tx, app.id)) await stopApp(tx, app, 'unavailable')
  })
}

async function unclear(tx: Tx, lease: Lease): Promise<void> {
  const failures = lease.connection.refreshFailures + 1
  await note(tx, lease, { problem: 'unclear', refreshFailures: failures, wait: waitAfter(failures) })
}

async function afterLimit(tx: Tx, lease: Lease, app: OAuthAppRow, retryAt: Date | undefined): Promise<void> {
  const told = retryAt && (retryAt.getTime() - now().getTime()) / 1000
  const wait = Math.max(1, told ?? 60)
  await pauseApp(tx, app.id, wait)
  const refreshFailures = lease.connection.refreshFailures + 1
  await note(tx, lease, { problem: 'limited', refreshFailures, wait })
}

/** The server knows the app, and refuses this grant: confirmed once, half a minute later, and that is the end of it. */
async function afterGrantRefusal(tx: Tx, lease: Lease, app: OAuthAppRow, error: string): Promise<void> {
  const certain = error === noRefreshToken
  if (!certain) await resumeApp(tx, app)
  const { refreshProblem, refusals } = lease.connection
  const before = refreshProblem === 'grant_refused' ? refusals : 0
  const count = Math.max(before + 1, certain ? deadAfter : 1)
  const written = await refuse(tx, lease, 'grant_refused', count)
  if (written && count >= deadAfter) await needReauth(tx, lease.of, lease.version)
}

async function afterOddRefusal(tx: Tx, lease: Lease, app: OAuthAppRow): Promise<void> {
  const judged: Judged = app.state === 'stopped' ? 'app' : await judgeRefusal(tx, lease, app.id)
  if (judged === 'app') return stopFor(tx, lease, app, 'app_refused')
  const { refreshProblem, refusals } = lease.connection
  const count = refreshProblem === 'refused_oddly' ? refusals + 1 : 1
  const written = await refuse(tx, lease, 'refused_oddly', count)
  if (!written || count <= oddConfirmations || judged === 'unsure') return
  await needReauth(tx, lease.of, lease.version)
  // With no other grant to compare with it may have been the app after all.
  if (judged === 'alone') await tellPartner(tx, app, { name: 'oauth_app.refused_oddly' })
}

const refuse = (tx: Tx, lease: Lease, problem: 'grant_refused' | 'refused_oddly', refusals: number) =>
  note(tx, lease, {
    problem,
    refusals,
    refreshFailures: lease.connection.refreshFailures + 1,
    wait: confirmAfter[problem],
  })

async function stopFor(tx: Tx, lease: Lease, app: OAuthAppRow, reason: 'app_refused'): Promise<void> {
  await tx
    .update(connections)
    .set({ refreshLease: null, refreshLeaseUntil: null })
    .where(and(eq(connections.id, lease.of.connectionId), eq(connections.refreshLease, lease.id)))
  await stopApp(tx, app, reason)
}

/** Writes the failure and the next moment to the row, where the credential is still the one that was tried. Says whether. */
async function note(tx: Tx, { of, version }: Lease, { problem, wait, ...counts }: Noted): Promise<boolean> {
  const written = await tx
    .update(connections)
    .set({
      ...counts,
      refreshProblem: problem,
      refreshProblemSince: sql`coalesce(${connections.refreshProblemSince}, now())`,
      refreshDueAt: sql`now() + make_interval(secs => ${wait})`,
      refreshLease: null,
      refreshLeaseUntil: null,
    })
    .where(and(eq(connections.id, of.connectionId), eq(connections.version, version)))
    .returning({ id: connections.id })
  if (written.length === 0) return false
  if (wait <= soonSeconds) {
    const startAfter = new Date(now().getTime() + wait * 1000 + 250)
    await sendTask(tx, 'refresh-connection', { connectionId: of.connectionId }, { startAfter })
  }
  return true
}
