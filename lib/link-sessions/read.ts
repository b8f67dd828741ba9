import { and, eq, isNull, sql } from 'drizzle-orm'
import type { MemberActor, UserActor } from '#lib/actors.ts'
import type { Connector, Environment } from '#lib/connectors/contract.ts'
import { connectorById } from '#lib/connectors/registry.ts'
import type { RemoteAccount } from '#lib/connectors/remote.ts'
import { db, type Tx } from '#lib/db/client.ts'
import {
  candidateCredentials,
  connections,
  linkSessions,
  members,
  partners,
  positions,
  workspaces,
} from '#lib/db/schema/index.ts'
import { GangwayError, notFound } from '#lib/errors.ts'
import { isId } from '#lib/ids.ts'
import type { Progress } from './steps.ts'

/** The connection that a walk has made or uses. */
export type WalkConnection = Pick<
  typeof connections.$inferSelect,
  | 'id'
  | 'name'
  | 'accountName'
  | 'subdomain'
  | 'way'
  | 'permissions'
  | 'status'
  | 'jobsState'
  | 'jobsFetchedAt'
>

export type WalkPosition = { id: string; title: string; code: string; department: string; place: string }

/** A link session as a verb or a page needs it, with the member whose walk it is. */
export type Walk = {
  id: string
  actor: MemberActor
  workspace: { id: string; slug: string; name: string }
  partner: { id: string; name: string }
  position: WalkPosition | undefined
  connector: Connector | undefined
  environment: Environment | undefined
  shown: typeof linkSessions.$inferSelect.shown
  connection: WalkConnection | undefined
  finishedAt: Date | null
  /** What was typed or granted and is not accepted yet; of a grant the accounts that it reaches, once they were listed. */
  candidate:
    | { generation: number; lastFour: string; expiresAt: Date; accounts: RemoteAccount[] | null }
    | undefined
  progress: Progress
}

/**
 * Reads a link session for the person who started it, in one query. To anybody else it does not exist.
 * Throws `gone` for one that has ended without a result: 24 hours without a step, or started again elsewhere.
 * With `lock` the row is held until the transaction ends, so that two tabs cannot take the same step twice.
 */
export async function readWalk(user: UserActor, id: string, tx: Tx = db(), lock = false): Promise<Walk> {
  const { walk, ended } = await findWalk(user, id, tx, lock)
  if (ended) throw new GangwayError('gone', 'link session ended', { said: { key: 'wizard.ended.lead' } })
  return walk
}

/** As `readWalk`, also for one that has ended. */
export async function findWalk(
  user: UserActor,
  id: string,
  tx: Tx = db(),
  lock = false,
): Promise<{ walk: Walk; ended: boolean }> {
  if (!isId(id)) throw notFound('link session')
  if (lock) await tx.execute(sql`select 1 from ${linkSessions} where ${linkSessions.id} = ${id} for update`)
  const row = await select(user, id, tx)
  if (!row) throw notFound('link session')
  const { state } = row.session
  return { walk: walkOf(user, row), ended: state === 'abandoned' || (state === 'open' && row.expired) }
}

const connectionColumns = {
  id: connections.id,
  name: connections.name,
  accountName: connections.accountName,
  subdomain: connections.subdomain,
  way: connections.way,
  permissions: connections.permissions,
  status: connections.status,
  jobsState: connections.jobsState,
  jobsFetchedAt: connections.jobsFetchedAt,
}

async function select(user: UserActor, id: string, tx: Tx) {
  const [row] = await tx
    .select({
      session: linkSessions,
      expired: sql<boolean>`${linkSessions.expiresAt} <= now()`,
      member: members,
      workspace: workspaces,
      partner: partners,
      position: positions,
      connection: connectionColumns,
      candidate: {
        generation: candidateCredentials.generation,
        lastFour: candidateCredentials.lastFour,
        expiresAt: candidateCredentials.expiresAt,
        accounts: candidateCredentials.accounts,
      },
    })
    .from(linkSessions)
    .innerJoin(workspaces, eq(workspaces.id, linkSessions.workspaceId))
    .innerJoin(partners, eq(partners.id, workspaces.partnerId))
    .innerJoin(members, and(eq(members.id, linkSessions.startedBy), isNull(members.removedAt)))
    .leftJoin(
      positions,
      and(eq(positions.id, linkSessions.positionId), eq(positions.workspaceId, linkSessions.workspaceId)),
    )
    .leftJoin(
      connections,
      and(
        eq(connections.id, linkSessions.connectionId),
        eq(connections.workspaceId, linkSessions.workspaceId),
      ),
    )
    .leftJoin(
      candidateCredentials,
      and(
        eq(candidateCredentials.linkSessionId, linkSessions.id),
        sql`${candidateCredentials.expiresAt} > now()`,
      ),
    )
    .where(and(eq(linkSessions.id, id), eq(members.userId, user.userId)))
  return row
}

function walkOf(user: UserActor, row: NonNullable<Awaited<ReturnType<typeof select>>>): Walk {
  const { session, member, workspace, partner, position, connection, candidate } = row
  const connector = session.connector ? connectorById(session.connector) : undefined
  return {
    id: session.id,
    actor: {
      kind: 'member',
      partnerId: partner.id,
      workspaceId: workspace.id,
      memberId: member.id,
      userId: user.userId,
      sessionId: user.sessionId,
      role: member.role,
      name: user.name,
      email: user.email,
      ...(user.from && { from: user.from }),
    },
    workspace,
    partner,
    position: position ?? undefined,
    connector,
    environment: session.environment ?? undefined,
    shown: session.shown,
    connection: connection ?? undefined,
    finishedAt: session.finishedAt,
    candidate: candidate ?? undefined,
    progress: {
      hasPosition: Boolean(session.positionId),
      connector,
      answers: session.answers,
      hasCandidate: Boolean(candidate),
      connectionId: session.connectionId,
      state: session.state,
    },
  }
}
