import type { SQL } from 'drizzle-orm'
import type { Actor, MemberActor, UserActor } from '#lib/actors.ts'
import type { Tx } from '#lib/db/client.ts'
import { insertWhere } from '#lib/db/insert-where.ts'
import { events } from '#lib/db/schema/index.ts'
import { newId } from '#lib/ids.ts'
import { sendTask } from '#lib/queue/send.ts'
import { type EventName, isTold } from './names.ts'

export type Change = {
  /** What happened, once a change. A new one joins the list in `names.ts`, and its words the messages. */
  name: EventName
  subject: { kind: string; id: string }
  /** Ids, codes and counts; never a secret, a name or an address. */
  data?: Record<string, string | number | boolean | null>
  /** Where it happened, when the actor's own partner or workspace does not say it. */
  partnerId?: string
  workspaceId?: string
}

/** Whoever did it; of a person her ids are enough. */
export type Doer =
  | Actor
  | Pick<UserActor, 'kind' | 'userId' | 'from'>
  | Pick<MemberActor, 'kind' | 'partnerId' | 'workspaceId' | 'memberId' | 'from'>

/**
 * Writes a change into the record, in the transaction of the verb that makes it: both are kept or neither. The record is
 * append-only. Whom it concerns is told by a task, which exists with the change. Throws when nobody says whose partner it concerns.
 */
export async function record(tx: Tx, actor: Doer, change: Change): Promise<void> {
  await recordAll(tx, actor, [change])
}

/**
 * As `record`, as a part of the statement that makes the change in its part `won`, and where that has a row. Not for a change that is
 * told by a task.
 */
export function recordWhere(won: string, actor: Doer, change: Change): SQL {
  if (isTold(change.name)) throw new Error(`${change.name} is told by a task`)
  return insertWhere(won, events, rowOf(actor, change))
}

/** As `record`, for one change that is told in several places: all in one query. */
export async function recordAll(tx: Tx, actor: Doer, changes: readonly Change[]): Promise<void> {
  if (changes.length === 0) return
  const rows = changes.map(change => rowOf(actor, change))
  await tx.insert(events).values(rows)
  for (const { id, name } of rows) if (isTold(name)) await sendTask(tx, 'tell', { eventId: id })
}

function rowOf(actor: Doer, change: Change) {
  const own = 'partnerId' in actor ? actor : undefined
  const partnerId = change.partnerId ?? own?.partnerId
  const from = 'from' in actor ? actor.from : undefined
  if (!partnerId) throw new Error(`${change.name} names no partner`)
  return {
    id: newId(),
    partnerId,
    workspaceId: change.workspaceId ?? (own?.kind === 'member' ? own.workspaceId : null),
    name: change.name,
    actorKind: actor.kind,
    actorId: actorId(actor),
    subjectKind: change.subject.kind,
    subjectId: change.subject.id,
    data: change.data ?? {},
    address: from?.address ?? null,
    userAgent: from?.userAgent ?? null,
  }
}

function actorId(actor: Doer): string {
  if (actor.kind === 'member') return actor.memberId
  if (actor.kind === 'user' || actor.kind === 'partner') return actor.userId
  return actor.kind === 'system' ? actor.task : 'visitor'
}
