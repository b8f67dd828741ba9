import { and, eq, sql } from 'drizzle-orm'
import type { MemberActor } from '#lib/actors.ts'
import type { EventName } from '#lib/audit/names.ts'
import { record } from '#lib/audit/record.ts'
import { cancelConnectionChecks, requestConnectionCheck } from '#lib/checks/request.ts'
import { takeTry } from '#lib/checks/tries.ts'
import { type Tx, transaction } from '#lib/db/client.ts'
import { connections } from '#lib/db/schema/index.ts'
import { GangwayError } from '#lib/errors.ts'
import { mustBeAllowed } from '#lib/members/roles.ts'
import { lockConnection, readConnection } from './read.ts'

type Connection = Awaited<ReturnType<typeof lockConnection>>

/**
 * **Active / Inactive**. Inactive takes effect at once: what is under way is cancelled, and nothing is asked any more. Active
 * has the stored key checked by a task first (`settle-activation.ts`); that counts as one of the ten checks an hour.
 * Pressed twice it is done once. Throws `not_found`, `forbidden` for who does not manage integrations, `too_many`.
 */
export async function setActive(
  actor: MemberActor,
  input: { connectionId: string; active: boolean },
): Promise<void> {
  const { status, id } = await readConnection(actor, input.connectionId)
  mustBeAllowed(actor, 'manage_integrations')
  if (input.active && status === 'inactive') await countTry(actor, id)
  await transaction(async tx => {
    const connection = await lockConnection(tx, actor, id)
    if (!input.active) await switchOff(tx, actor, connection)
    else if (connection.status === 'inactive') await askToSwitchOn(tx, actor, connection)
  })
}

async function countTry(actor: MemberActor, id: string): Promise<void> {
  const left = await takeTry(`${actor.workspaceId}:${id}`)
  if (!left.refused) return
  throw new GangwayError('too_many', 'too many checks', {
    said: { key: 'connections.too_many_checks', values: { minutes: left.minutes } },
    retryAfterSeconds: left.minutes * 60,
  })
}

async function askToSwitchOn(tx: Tx, actor: MemberActor, { id: connectionId }: Connection): Promise<void> {
  const { workspaceId } = actor
  const asked = await requestConnectionCheck(
    tx,
    { workspaceId, connectionId },
    { by: actor, purpose: 'activate' },
  )
  if (asked) await note(tx, actor, connectionId, 'connection.activation_requested')
}

async function switchOff(tx: Tx, actor: MemberActor, { id, status }: Connection): Promise<void> {
  const cancelled = await cancelConnectionChecks(tx, id)
  if (status === 'inactive') {
    if (cancelled.includes('activate')) await note(tx, actor, id, 'connection.activation_stopped')
    return
  }
  await tx
    .update(connections)
    .set({
      status: 'inactive',
      nextCheckAt: null,
      // A fetch that is under way stops at its next page, and begins anew some day.
      jobsState: sql`case when ${connections.jobsFetchedAt} is null then 'never' else 'ready' end`,
      jobsCursor: null,
      jobsFetch: null,
      updatedAt: sql`now()`,
    })
    .where(and(eq(connections.id, id), eq(connections.workspaceId, actor.workspaceId)))
  await note(tx, actor, id, 'connection.deactivated')
}

const note = (tx: Tx, actor: MemberActor, id: string, name: EventName): Promise<void> =>
  record(tx, actor, { name, subject: { kind: 'connection', id } })
