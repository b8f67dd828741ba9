import { and, eq, inArray, isNull } from 'drizzle-orm'
import type { MemberActor } from '#lib/actors.ts'
import { record } from '#lib/audit/record.ts'
import { lockConnection } from '#lib/connections/read.ts'
import { type Tx, transaction } from '#lib/db/client.ts'
import { connectionNumbers, type NumberUse, numbers } from '#lib/db/schema/index.ts'
import { invalid } from '#lib/errors.ts'
import { mustBeAllowed } from '#lib/members/roles.ts'
import { knownOf } from './choices.ts'
import { mostTicks, type Ticks } from './ticks.ts'

type Choice = { connectionId: string; ticks: Ticks; known: string }

/** **Submit** on the connection's page: as `chooseNumbersIn`, in a transaction of its own. */
export const chooseNumbers = (actor: MemberActor, choice: Choice): Promise<void> =>
  transaction(tx => chooseNumbersIn(tx, actor, choice))

/**
 * Makes the numbers with a tick those that a connection uses: all of it or nothing, and the same again changes nothing.
 * `known` is what the form was made from. Throws `forbidden`, `not_found` for a connection that is deleted or another's, and
 * `invalid` when somebody changed the numbers meanwhile, when one is gone or cannot carry it, or when there are more than 300.
 */
export async function chooseNumbersIn(tx: Tx, actor: MemberActor, choice: Choice): Promise<void> {
  mustBeAllowed(actor, 'manage_integrations')
  const { connectionId, ticks } = choice
  await lockConnection(tx, actor, connectionId)
  const wanted = usesOf(ticks)
  const before = await linkedTo(tx, actor, connectionId)
  if (sameUses(wanted, before)) return
  if (knownOf(ticksFrom(before)) !== choice.known) throw invalid({ '': { key: 'numbers.choose.changed' } })
  if (ticks.calls.length > mostTicks || ticks.messages.length > mostTicks)
    throw invalid({ '': { key: 'numbers.choose.too_many', values: { most: mostTicks } } })
  await mustCarry(tx, actor, ticks)
  await write(tx, actor, connectionId, wanted)
  await record(tx, actor, {
    name: 'connection.numbers_changed',
    subject: { kind: 'connection', id: connectionId },
    data: { calls: ticks.calls.length, messages: ticks.messages.length },
  })
}

type Use = { numberId: string; use: NumberUse }

const usesOf = ({ calls, messages }: Ticks): Use[] => [
  ...calls.map(numberId => ({ numberId, use: 'calls' as const })),
  ...messages.map(numberId => ({ numberId, use: 'messages' as const })),
]

const ticksFrom = (uses: readonly Use[]): Ticks => ({
  calls: uses.filter(({ use }) => use === 'calls').map(({ numberId }) => numberId),
  messages: uses.filter(({ use }) => use === 'messages').map(({ numberId }) => numberId),
})

const sameUses = (a: readonly Use[], b: readonly Use[]) => knownOf(ticksFrom(a)) === knownOf(ticksFrom(b))

function linkedTo(tx: Tx, actor: MemberActor, connectionId: string): Promise<Use[]> {
  return tx
    .select({ numberId: connectionNumbers.numberId, use: connectionNumbers.use })
    .from(connectionNumbers)
    .where(
      and(
        eq(connectionNumbers.connectionId, connectionId),
        eq(connectionNumbers.workspaceId, actor.workspaceId),
      ),
    )
}

/** Holds the numbers as they are until the end: each has to be this workspace's, be there, and carry what it is wanted for. */
async function mustCarry(tx: Tx, actor: MemberActor, { calls, messages }: Ticks): Promise<void> {
  const ids = [...new Set([...calls, ...messages])]
  if (ids.length === 0) return
  const rows = await tx
    .select({ id: numbers.id, calls: numbers.carriesCalls, messages: numbers.carriesMessages })
    .from(numbers)
    .where(
      and(eq(numbers.workspaceId, actor.workspaceId), inArray(numbers.id, ids), isNull(numbers.removedAt)),
    )
    .orderBy(numbers.id)
    .for('share')
  const able = (use: NumberUse) => new Set(rows.filter(row => row[use]).map(({ id }) => id))
  const [forCalls, forMessages] = [able('calls'), able('messages')]
  if (calls.every(id => forCalls.has(id)) && messages.every(id => forMessages.has(id))) return
  throw invalid({ '': { key: 'numbers.choose.gone' } })
}

async function write(
  tx: Tx,
  actor: MemberActor,
  connectionId: string,
  wanted: readonly Use[],
): Promise<void> {
  const { workspaceId } = actor
  await tx
    .delete(connectionNumbers)
    .where(
      and(eq(connectionNumbers.connectionId, connectionId), eq(connectionNumbers.workspaceId, workspaceId)),
    )
  if (wanted.length === 0) return
  await tx.insert(connectionNumbers).values(wanted.map(use => ({ workspaceId, connectionId, ...use })))
}
