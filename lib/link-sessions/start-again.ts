import type { UserActor } from '#lib/actors.ts'
import { GangwayError } from '#lib/errors.ts'
import { findWalk, readWalk, type Walk } from './read.ts'
import { startLinkSession } from './start.ts'
import { currentStep, type StepId } from './steps.ts'

/** Where a walk goes on: its address is made of these two. */
export type Resumed = { id: string; step: StepId }

/** Where a walk stands, for whoever comes to go on with it. */
export async function resume(user: UserActor, id: string): Promise<Resumed> {
  const { progress } = await readWalk(user, id)
  return { id, step: currentStep(progress) }
}

/**
 * Starts a walk over, for the same position or ATS. From one that has ended it goes on with whatever is open for the position
 * by now; what is still under way is let go of, with the key that was typed in it.
 */
export async function startAgain(user: UserActor, input: { sessionId: string }): Promise<Resumed> {
  const { walk, ended } = await findWalk(user, input.sessionId)
  const again = !ended && walk.progress.state === 'open'
  return resume(user, (await startLinkSession(walk.actor, sameAs(walk, again))).id)
}

/** What a walk was started for: a position, a connection that wants a new key, or an ATS. */
function sameAs(walk: Walk, again: boolean): Parameters<typeof startLinkSession>[1] {
  const { position, connector, environment, progress } = walk
  const { mendConnectionId } = progress.answers
  if (position) return { positionId: position.id, again }
  if (mendConnectionId) return { mendConnectionId }
  if (!connector || !environment) throw new GangwayError('internal', 'a walk for nothing')
  return { connector: connector.manifest.id, environment }
}
