import { and, eq, inArray, ne } from 'drizzle-orm'
import { refreshConnection } from '#lib/connections/refresh-due.ts'
import { comesDue } from '#lib/connections/testing-tokens.ts'
import { db, sqlClient } from '#lib/db/client.ts'
import { connections, revocations } from '#lib/db/schema/index.ts'
import type { FailpointName } from '#lib/failpoint.ts'
import { provenAgo } from '#lib/members/testing.ts'
import { revokeGrant } from '#lib/oauth/revoke.ts'
import { type Connected, connected, expireAll, makeDue, rowsOf } from './connected.ts'
import { startWorker, type Worker } from './processes.ts'
import type { Stage } from './table.ts'
import { deletedBy, use, withoutPace } from './verbs.ts'
import { allowed, comeBack, goOn, list, newWalk } from './walks.ts'

/** What was in the process when it was killed, and what became of it. */
export type After = {
  runs: number
  /** Connections that need a person now, or that do not work. */
  lost: number
  /** Rows that stand for nothing: a lease that nobody has, a loss that is not said, a revocation that is never tried, a connection too many. */
  undefinedRows: number
  /** Grants at the server that nobody here owns or revokes. */
  orphans: number
}

type Kill = (stage: Stage, name: FailpointName, count: number) => Promise<After>

/** A process that does these things at once, and dies as soon as all of them have come to the failpoint. */
async function killedAt(name: FailpointName, count: number, work: (worker: Worker) => Promise<unknown>[]) {
  const worker = await startWorker()
  await worker.ask('dieAt', { name, count })
  const late = setTimeout(() => void worker.kill(), 20_000)
  await Promise.allSettled(work(worker))
  clearTimeout(late)
  const reached = worker.diedByItself()
  await worker.kill()
  if (!reached) throw new Error(`${name} was not reached`)
}

/**
 * What other processes do within the next minute, with what is planned so soon. The lease of whoever is dead ends after 45 seconds: here
 * at once.
 */
async function restart({ ids, made }: Connected): Promise<void> {
  await sqlClient()`update connections set refresh_lease_until = now()
    where refresh_lease_until is not null and id = any(${ids}::uuid[])`
  for (const id of ids) await refreshConnection(id)
  for (const row of await rowsOf(made)) {
    if (row.refreshProblem !== 'grant_refused' || row.status !== 'active') continue
    await comesDue(row.id)
    await refreshConnection(row.id)
  }
}

async function judged(partner: Connected): Promise<After> {
  const rows = await rowsOf(partner.made)
  let lost = 0
  let unsaid = 0
  for (const { id, status } of rows) {
    if (status === 'active' && typeof (await use(id)) === 'number') continue
    lost++
    if (status !== 'needs_reauth') unsaid++
  }
  const leased = rows.filter(row => row.refreshLease !== null).length
  return { runs: rows.length, lost, undefinedRows: leased + unsaid, orphans: 0 }
}

/** Killed while refreshing. */
export const whileRefreshing: Kill = async (stage, name, count) => {
  const partner = await connected(stage, count)
  await expireAll(stage, partner.made)
  await killedAt(name, count, worker =>
    partner.made.map(({ of }) => worker.ask('refresh', { of, version: 1 })),
  )
  await restart(partner)
  return judged(partner)
}

/** Killed at the first use of what a refresh has brought. */
export const whileUsing: Kill = async (stage, name, count) => {
  const partner = await connected(stage, count)
  await expireAll(stage, partner.made)
  await killedAt(name, count, worker => partner.ids.map(id => worker.ask('use', id)))
  await makeDue(partner.made)
  await restart(partner)
  return judged(partner)
}

/** Killed when a refusal was written down: the grants are dead, and that has to come out. */
export const whileRefused: Kill = async (stage, name, count) => {
  const partner = await connected(stage, count)
  for (const { grantId } of partner.made) {
    await stage.sandbox.control(`/oauth/grants/${grantId}/revoke`, 'POST', {})
  }
  await makeDue(partner.made)
  await killedAt(name, count, worker =>
    partner.made.map(({ of }) => worker.ask('refresh', { of, version: 1 })),
  )
  await restart(partner)
  const rows = await rowsOf(partner.made)
  const silent = rows.filter(row => row.status !== 'needs_reauth' || row.refreshLease !== null).length
  return { runs: count, lost: 0, undefinedRows: silent, orphans: 0 }
}

/** Killed while deleting: it is deleted, or it is not and works. */
export const whileDeleting: Kill = async (stage, name, count) => {
  const partner = await connected(stage, count)
  const actor = await provenAgo(partner.owner)
  await killedAt(name, count, worker =>
    partner.ids.map(connectionId => worker.ask('delete', { actor, connectionId })),
  )
  // Whoever pressed Delete and saw no answer presses it again.
  for (const connectionId of partner.ids) await deletedBy({ actor, connectionId })
  return revoked(stage, partner)
}

/** Killed while revoking. The access token is over, so that all of it is walked: refreshed, kept, used, revoked, proven. */
export const whileRevoking: Kill = async (stage, name, count) => {
  const partner = await connected(stage, count)
  await expireAll(stage, partner.made)
  const actor = await provenAgo(partner.owner)
  const ids: string[] = []
  for (const connectionId of partner.ids) {
    const { revocationId } = await deletedBy({ actor, connectionId })
    if (revocationId) ids.push(revocationId)
  }
  await killedAt(name, count, worker => ids.map(id => worker.ask('revoke', id)))
  return revoked(stage, partner)
}

/** The queue tries again what a dead worker had, and everything is settled. */
async function revoked(stage: Stage, { app, ids, made }: Connected): Promise<After> {
  const tasks = await db()
    .select({ id: revocations.id })
    .from(revocations)
    .where(inArray(revocations.connectionId, ids))
  await withoutPace()
  for (const { id } of tasks) await revokeGrant(id)
  const settled = await db().$count(
    revocations,
    and(inArray(revocations.connectionId, ids), ne(revocations.state, 'waiting')),
  )
  const kept = (await rowsOf(made)).filter(({ status }) => status !== 'deleted').length
  const living = await stage.sandbox.livingGrants(app.clientId)
  return { runs: ids.length, lost: 0, undefinedRows: ids.length - settled + kept, orphans: living }
}

/** Killed between the callback and the connection: she comes again, and has one that works. */
export const whileConnecting: Kill = async (stage, name, count) => {
  const walks = await Promise.all(Array.from({ length: count }, () => newWalk(stage)))
  const callbacks = await Promise.all(walks.map(walk => allowed(stage, walk)))
  const inCallback = name === 'flow_taken' || name === 'code_exchanged' || name === 'grant_kept'
  if (!inCallback) for (const callback of callbacks) await comeBack(callback)
  const at = walks.map(({ user, sessionId }) => ({ user, sessionId }))
  if (!inCallback && name !== 'accounts_listed') for (const each of at) await list(each)
  await killedAt(name, count, worker => {
    if (inCallback) return callbacks.map(callback => worker.ask('comeBack', callback))
    if (name === 'accounts_listed') return at.map(each => worker.ask('list', each))
    return at.map(each => worker.ask('choose', each))
  })
  const after: After = { runs: count, lost: 0, undefinedRows: 0, orphans: 0 }
  for (const walk of walks) {
    await goOn(stage, walk)
    const made = await db()
      .select({ id: connections.id, status: connections.status })
      .from(connections)
      .where(eq(connections.workspaceId, walk.workspaceId))
    const [one] = made
    if (made.length !== 1) after.undefinedRows++
    if (one?.status !== 'active' || typeof (await use(one.id)) !== 'number') after.lost++
    const waiting = await db().$count(
      revocations,
      and(eq(revocations.workspaceId, walk.workspaceId), eq(revocations.state, 'waiting')),
    )
    const living = await stage.sandbox.livingGrants(walk.app.clientId)
    after.orphans += Math.max(0, living - made.length - waiting)
  }
  return after
}
