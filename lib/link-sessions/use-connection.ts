import { and, eq } from 'drizzle-orm'
import type { UserActor } from '#lib/actors.ts'
import { connectorById } from '#lib/connectors/registry.ts'
import type { Tx } from '#lib/db/client.ts'
import { connections } from '#lib/db/schema/index.ts'
import { invalid } from '#lib/errors.ts'
import { isId } from '#lib/ids.ts'
import { shredCandidate } from './candidate-credential.ts'
import type { Walk } from './read.ts'
import type { StepId } from './steps.ts'
import { type Changes, takeStep } from './take-step.ts'

/**
 * Goes straight to the job with a connection that is there already: offered before anything else on the first screen, and by
 * the doctor when the key opens an account that is connected. What was typed is shredded: it is not needed.
 */
export function useConnection(
  user: UserActor,
  input: { sessionId: string; connectionId: string; from: 'ats' | 'check' },
): Promise<StepId> {
  return takeStep(user, input.sessionId, input.from, {}, (tx, walk) => use(tx, walk, input.connectionId))
}

async function use(tx: Tx, walk: Walk, id: string): Promise<Changes> {
  const [row] = isId(id)
    ? await tx
        .select({
          status: connections.status,
          connector: connections.connector,
          environment: connections.environment,
        })
        .from(connections)
        .where(and(eq(connections.id, id), eq(connections.workspaceId, walk.actor.workspaceId)))
        .for('share')
    : []
  if (row?.status !== 'active') throw invalid({ '': { key: 'wizard.ats.connection_not_usable' } })
  await shredCandidate(tx, walk.id)
  return {
    connector: connectorById(row.connector),
    environment: row.environment,
    connectionId: id,
    answers: { useConnectionId: id },
    hasCandidate: false,
  }
}
