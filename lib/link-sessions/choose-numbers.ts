import type { UserActor } from '#lib/actors.ts'
import { record } from '#lib/audit/record.ts'
import type { Tx } from '#lib/db/client.ts'
import { GangwayError, invalid } from '#lib/errors.ts'
import type { Fields } from '#lib/forms/parse.ts'
import { chooseNumbersIn } from '#lib/numbers/choose.ts'
import { shownBoxes, ticksOf } from '#lib/numbers/ticks.ts'
import type { Walk } from './read.ts'
import type { StepId } from './steps.ts'
import { type Changes, takeStep } from './take-step.ts'

type Input = { sessionId: string; fields: Fields }

/** **Submit** at the end of New authentication: the numbers with a tick are those of the new connection, and the walk is done. */
export function submitNumbers(user: UserActor, { sessionId, fields }: Input): Promise<StepId> {
  return takeStep(user, sessionId, 'numbers', kept(fields), async (tx, walk) => {
    const ticks = ticksOf(name => fields[name])
    const connectionId = connectionOf(walk)
    await chooseNumbersIn(tx, walk.actor, { connectionId, ticks, known: fields.known ?? '' })
    return done(tx, walk)
  })
}

/** Looks for numbers: shows the screen again, with the ticks as they are. */
export function findNumbers(user: UserActor, { sessionId, fields }: Input): Promise<StepId> {
  const typed = { ...kept(fields), known: fields.known ?? '' }
  return takeStep(user, sessionId, 'numbers', typed, async () => {
    throw invalid({})
  })
}

/** **Not now**: goes on without numbers; they can be chosen on the connection's page at any time. */
export function skipNumbers(user: UserActor, sessionId: string): Promise<StepId> {
  return takeStep(user, sessionId, 'numbers', {}, done)
}

const kept = (fields: Fields): Record<string, string> =>
  Object.fromEntries(shownBoxes(fields).map(name => [name, fields[name] ?? '']))

function connectionOf({ progress }: Walk): string {
  if (!progress.connectionId) throw new GangwayError('internal', 'a walk at its numbers has no connection')
  return progress.connectionId
}

async function done(tx: Tx, walk: Walk): Promise<Changes> {
  await record(tx, walk.actor, {
    name: 'link_session.done',
    subject: { kind: 'link_session', id: walk.id },
    data: { connectionId: connectionOf(walk) },
  })
  return { done: true }
}
