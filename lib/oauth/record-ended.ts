import { and, eq, inArray, isNull } from 'drizzle-orm'
import type { UserActor } from '#lib/actors.ts'
import { type Doer, record, recordAll } from '#lib/audit/record.ts'
import { type Tx, transaction } from '#lib/db/client.ts'
import { candidateCredentials, linkSessions, workspaces } from '#lib/db/schema/index.ts'
import type { Flow } from './flows.ts'

/** What the log of a workspace is told of sign-ins at an ATS that brought nothing: by a code of ours, never in words from outside. */

type Where = Pick<Flow, 'linkSessionId' | 'workspaceId'>

/** It ended without a grant. `error` is a code of ours. */
export const recordFailed = (tx: Tx, user: UserActor, flow: Where, error: string): Promise<void> =>
  recordOf(tx, user, flow, { name: 'link_session.sign_in_failed', data: { error } })

/**
 * A callback with somebody's state that is not hers to use: told in the log of the workspace that it was meant for. Who came is not
 * told there: whoever lured her would learn who and from where she is.
 */
export const recordRejected = (flow: Where, why: string): Promise<void> =>
  transaction(tx =>
    recordOf(tx, { kind: 'visitor' }, flow, { name: 'link_session.sign_in_rejected', data: { why } }),
  )

/** Nobody came back in time. Once a walk, and not where another attempt of it got through. */
export async function recordExpired(tx: Tx, flows: readonly Where[]): Promise<void> {
  if (flows.length === 0) return
  const without = await tx
    .select({ id: linkSessions.id, workspaceId: workspaces.id, partnerId: workspaces.partnerId })
    .from(linkSessions)
    .innerJoin(workspaces, eq(workspaces.id, linkSessions.workspaceId))
    .leftJoin(candidateCredentials, eq(candidateCredentials.linkSessionId, linkSessions.id))
    .where(
      and(
        inArray(
          linkSessions.id,
          flows.map(({ linkSessionId }) => linkSessionId),
        ),
        isNull(linkSessions.connectionId),
        isNull(candidateCredentials.id),
      ),
    )
  const changes = without.map(({ id, ...place }) => ({
    ...place,
    name: 'link_session.sign_in_failed' as const,
    subject: { kind: 'link_session', id },
    data: { error: 'expired' },
  }))
  await recordAll(tx, { kind: 'system', task: 'sweep' }, changes)
}

async function recordOf(
  tx: Tx,
  doer: Doer,
  { linkSessionId, workspaceId }: Where,
  what: Pick<Parameters<typeof record>[2], 'name' | 'data'>,
): Promise<void> {
  const [place] = await tx
    .select({ partnerId: workspaces.partnerId })
    .from(workspaces)
    .where(eq(workspaces.id, workspaceId))
  const subject = { kind: 'link_session', id: linkSessionId }
  await record(tx, doer, { ...what, subject, partnerId: place?.partnerId ?? '', workspaceId })
}
