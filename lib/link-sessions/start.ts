import { and, eq, sql } from 'drizzle-orm'
import type { MemberActor } from '#lib/actors.ts'
import { record } from '#lib/audit/record.ts'
import type { Environment } from '#lib/connectors/contract.ts'
import { connectorById } from '#lib/connectors/registry.ts'
import { type Tx, transaction } from '#lib/db/client.ts'
import { linkSessions, positions } from '#lib/db/schema/index.ts'
import { GangwayError, notFound } from '#lib/errors.ts'
import { isId, newId } from '#lib/ids.ts'
import { mustBeAllowed } from '#lib/members/roles.ts'
import { shredCandidate } from './candidate-credential.ts'

type Input =
  /** From a position; one open session per position and person, `again` starts it over. */
  | { positionId: string; again?: boolean }
  /** From Integrations > Add, for no position yet. */
  | { connector: string; environment: Environment }

/**
 * Starts a walk through the wizard, or goes on with the one that is open. Gives its id.
 * Throws `forbidden` for a role that may not connect, `not_found` for a position of nobody here, `conflict` for a closed one.
 */
export async function startLinkSession(actor: MemberActor, input: Input): Promise<{ id: string }> {
  if (!('positionId' in input)) {
    mustBeAllowed(actor, 'manage_integrations')
    connectorById(input.connector)
    return transaction(tx => insert(tx, actor, { connector: input.connector, environment: input.environment }))
  }
  mustBeAllowed(actor, 'connect')
  const { positionId } = input
  return transaction(async tx => {
    await lockOpenPosition(tx, actor, positionId)
    const open = await openSession(tx, actor, positionId)
    if (open && !open.expired && !input.again) return { id: open.id }
    if (open) await abandon(tx, actor, open.id)
    return insert(tx, actor, { positionId })
  })
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

type Fresh = { positionId?: string; connector?: string; environment?: Environment }

async function insert(tx: Tx, actor: MemberActor, fresh: Fresh): Promise<{ id: string }> {
  const id = newId()
  await tx.insert(linkSessions).values({
    id,
    workspaceId: actor.workspaceId,
    startedBy: actor.memberId,
    answers: {},
    step: fresh.connector ? 'how' : 'ats',
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
