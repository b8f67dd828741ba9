import { and, eq, sql } from 'drizzle-orm'
import type { MemberActor } from '#lib/actors.ts'
import { record } from '#lib/audit/record.ts'
import { mayMend } from '#lib/connections/may-mend.ts'
import { lockConnection } from '#lib/connections/read.ts'
import type { Environment } from '#lib/connectors/contract.ts'
import { isConnectorId } from '#lib/connectors/registry.ts'
import { type Tx, transaction } from '#lib/db/client.ts'
import { linkSessions, positions } from '#lib/db/schema/index.ts'
import { env } from '#lib/env.ts'
import { GangwayError, notFound } from '#lib/errors.ts'
import { isId, newId } from '#lib/ids.ts'
import { refreshJobs } from '#lib/jobs/refresh.ts'
import { mustBeAllowed } from '#lib/members/roles.ts'
import { livingOAuthApp } from '#lib/partners/oauth-apps.ts'
import type { Answers } from './answers.ts'
import { shredCandidate } from './candidate-credential.ts'
import type { StepId } from './steps.ts'

type Input =
  /** From a position; one open session per position and person, `again` starts it over. */
  | { positionId: string; again?: boolean }
  /** Change job: started over at the job, with a connection that is there already. */
  | { positionId: string; useConnectionId: string }
  /** From Integrations > Add, for no position yet. */
  | { connector: string; environment: Environment }
  /** A new key for a connection that is there: the walk without a position, to the same account. */
  | { mendConnectionId: string }

/**
 * Starts a walk through the wizard, or goes on with the one that is open. Gives its id.
 * Throws `forbidden` for a role that may not connect, `not_found` for a position of nobody here, `conflict` for a closed one.
 */
export async function startLinkSession(actor: MemberActor, input: Input): Promise<{ id: string }> {
  if ('positionId' in input) return fromPosition(actor, input)
  if ('mendConnectionId' in input) return toMend(actor, input.mendConnectionId)
  mustBeAllowed(actor, 'manage_integrations')
  const { connector, environment } = input
  if (!isConnectorId(connector) || (environment === 'sandbox' && env().SANDBOX === 'off'))
    throw notFound('connector')
  return transaction(tx => insert(tx, actor, { connector, environment, step: 'how' }))
}

async function fromPosition(actor: MemberActor, input: Extract<Input, { positionId: string }>) {
  mustBeAllowed(actor, 'connect')
  const { positionId } = input
  const useConnectionId = 'useConnectionId' in input ? input.useConnectionId : undefined
  const again = useConnectionId !== undefined || ('again' in input && input.again === true)
  return transaction(async tx => {
    await lockOpenPosition(tx, actor, positionId)
    const open = await openSession(tx, actor, positionId)
    if (open && !open.expired && !again) return { id: open.id }
    if (open) await abandon(tx, actor, open.id)
    return insert(tx, actor, {
      positionId,
      ...(useConnectionId ? await using(tx, actor, useConnectionId) : {}),
    })
  })
}

/** What a walk starts with when its connection is chosen already. Throws `conflict` for one that makes no requests now. */
async function using(tx: Tx, actor: MemberActor, id: string): Promise<Fresh> {
  const connection = await connectionOf(tx, actor, id)
  const { status, connector, environment } = connection
  if (status !== 'active') {
    throw new GangwayError('conflict', `connection is ${status}`, {
      said: { key: `connections.not_usable.${status}` },
    })
  }
  await refreshJobs(tx, connection)
  return { connector, environment, connectionId: id, answers: { useConnectionId: id }, step: 'job' }
}

async function toMend(actor: MemberActor, id: string): Promise<{ id: string }> {
  return transaction(async tx => {
    const connection = await connectionOf(tx, actor, id)
    if (!mayMend(actor, connection)) {
      throw new GangwayError('forbidden', `${actor.role} may not mend this connection`, {
        said: { key: 'connections.replace_forbidden' },
      })
    }
    const { connector, environment, name, subdomain, partnerClientId, way } = connection
    const of = { partnerId: actor.partnerId, connector, environment }
    const signsIn = way === 'oauth' && Boolean(await livingOAuthApp(tx, of))
    const fields = { subdomain, ...(partnerClientId ? { partner_client_id: partnerClientId } : {}) }
    return insert(tx, actor, {
      connector,
      environment,
      // Signing in again repeats what was chosen; **Back** leads to the other way.
      answers: {
        name,
        fields,
        mendConnectionId: id,
        ...(signsIn ? ({ way: 'oauth', admin: 'me' } as const) : {}),
      },
      step: signsIn ? 'permissions' : 'how',
    })
  })
}

function connectionOf(tx: Tx, actor: MemberActor, id: string) {
  mustBeAllowed(actor, 'look')
  return lockConnection(tx, actor, id, 'share')
}

/** Holding the position's row makes two clicks at the same time take turns: the second one finds the first one's session. */
async function lockOpenPosition(tx: Tx, actor: MemberActor, positionId: string): Promise<void> {
  if (!isId(positionId)) throw notFound('position')
  const [position] = await tx
    .select({ state: positions.state })
    .from(positions)
    .where(and(eq(positions.id, positionId), eq(positions.workspaceId, actor.workspaceId)))
    .for('update')
  if (!position) throw notFound('position')
  if (position.state === 'closed') {
    throw new GangwayError('conflict', 'position is closed', { said: { key: 'wizard.position_closed' } })
  }
}

async function openSession(tx: Tx, actor: MemberActor, positionId: string) {
  const [row] = await tx
    .select({ id: linkSessions.id, expired: sql<boolean>`${linkSessions.expiresAt} <= now()` })
    .from(linkSessions)
    .where(
      and(
        eq(linkSessions.positionId, positionId),
        eq(linkSessions.startedBy, actor.memberId),
        eq(linkSessions.state, 'open'),
      ),
    )
  return row
}

async function abandon(tx: Tx, actor: MemberActor, id: string): Promise<void> {
  await shredCandidate(tx, id)
  await tx
    .update(linkSessions)
    .set({ state: 'abandoned', shown: null, finishedAt: sql`now()` })
    .where(eq(linkSessions.id, id))
  await record(tx, actor, { name: 'link_session.abandoned', subject: { kind: 'link_session', id } })
}

type Fresh = {
  positionId?: string
  connector?: string
  environment?: Environment
  connectionId?: string
  answers?: Answers
  /** Where it begins; the picker unless told. */
  step?: StepId
}

async function insert(tx: Tx, actor: MemberActor, fresh: Fresh): Promise<{ id: string }> {
  const id = newId()
  await tx.insert(linkSessions).values({
    id,
    workspaceId: actor.workspaceId,
    startedBy: actor.memberId,
    answers: {},
    expiresAt: sql`now() + interval '24 hours'`,
    ...fresh,
  })
  await record(tx, actor, {
    name: 'link_session.started',
    subject: { kind: 'link_session', id },
    data: fresh.positionId ? { positionId: fresh.positionId } : {},
  })
  return { id }
}
