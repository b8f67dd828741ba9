import { and, eq, inArray, sql } from 'drizzle-orm'
import type { MemberActor } from '#lib/actors.ts'
import type { Tx } from '#lib/db/client.ts'
import { checks } from '#lib/db/schema/index.ts'
import { invalid } from '#lib/errors.ts'
import { newId } from '#lib/ids.ts'
import type { Walk } from '#lib/link-sessions/read.ts'
import { sendTask } from '#lib/queue/send.ts'
import { takeTry } from './tries.ts'

/** Checks that have not come to an end. */
const living = ['queued', 'running', 'waiting'] as const

/**
 * Has the candidate credential tried by a task. Ten tries pressed by a person an hour for a workspace and subdomain: we are
 * no free validator of keys. The limit counts before anything is sealed for good, so a refused try leaves nothing behind. Gives
 * the check's id. `startAfter` is for whoever runs it at once: the task comes for what was left.
 */
export async function requestCandidateCheck(
  tx: Tx,
  walk: Walk,
  subdomain: string,
  generation: number,
  { startAfter }: { startAfter?: Date } = {},
): Promise<string> {
  const { actor, id } = walk
  const left = await takeTry(`${actor.workspaceId}:${walk.connector?.manifest.id}:${subdomain}`)
  if (left.refused) {
    throw invalid({ '': { key: 'wizard.check.too_many_tries', values: { minutes: left.minutes } } })
  }
  await cancelLiving(tx, eq(checks.linkSessionId, id))
  const of = { linkSessionId: id, generation, requestedBy: actor.memberId }
  return insertCheck(tx, actor.workspaceId, of, startAfter)
}

/** Whether a check of this generation of a walk's candidate credential is under way. */
export async function isBeingChecked(tx: Tx, linkSessionId: string, generation: number): Promise<boolean> {
  const of = and(eq(checks.linkSessionId, linkSessionId), eq(checks.generation, generation))
  return (await tx.$count(checks, and(of, inArray(checks.state, living)))) > 0
}

/**
 * Has a connection checked by a task; one that is under way already for the same purpose is enough. `by` is absent for the
 * daily check. Says whether it was asked for just now.
 */
export async function requestConnectionCheck(
  tx: Tx,
  of: { workspaceId: string; connectionId: string },
  { by, purpose = 'look' }: { by?: MemberActor; purpose?: 'look' | 'activate' } = {},
): Promise<boolean> {
  const [under] = await tx
    .select({ id: checks.id })
    .from(checks)
    .where(
      and(
        eq(checks.connectionId, of.connectionId),
        eq(checks.purpose, purpose),
        inArray(checks.state, living),
        sql`${checks.createdAt} > now() - interval '10 minutes'`,
      ),
    )
    .limit(1)
  if (under) return false
  await cancelLiving(tx, eq(checks.connectionId, of.connectionId))
  await insertCheck(tx, of.workspaceId, {
    connectionId: of.connectionId,
    purpose,
    ...(by ? { requestedBy: by.memberId } : {}),
  })
  return true
}

/** Cancels what is under way for a connection: what it finds from now on changes nothing. Gives the purposes. */
export async function cancelConnectionChecks(tx: Tx, connectionId: string) {
  return cancelLiving(tx, eq(checks.connectionId, connectionId))
}

async function cancelLiving(tx: Tx, which: ReturnType<typeof eq>) {
  const rows = await tx
    .update(checks)
    .set({ state: 'cancelled', finishedAt: sql`now()` })
    .where(and(which, inArray(checks.state, living)))
    .returning({ purpose: checks.purpose })
  return rows.map(row => row.purpose)
}

type Of = Pick<
  typeof checks.$inferInsert,
  'linkSessionId' | 'connectionId' | 'purpose' | 'generation' | 'requestedBy'
>

async function insertCheck(tx: Tx, workspaceId: string, of: Of, startAfter?: Date): Promise<string> {
  const id = newId()
  // Of two at once that wait for each other `now()` is when each began: the one that counts would seem the older one.
  const createdAt = sql`clock_timestamp()`
  await tx.insert(checks).values({ id, workspaceId, state: 'queued', findings: [], createdAt, ...of })
  await sendTask(tx, 'check-credential', { checkId: id }, startAfter ? { startAfter } : {})
  return id
}
