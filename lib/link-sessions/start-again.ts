import type { UserActor } from '#lib/actors.ts'
import { invalid } from '#lib/errors.ts'
import { findWalk, readWalk } from './read.ts'
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
  const { actor, position, connector, environment } = walk
  const again = !ended && walk.progress.state === 'open'
  if (position) return resume(user, (await startLinkSession(actor, { positionId: position.id, again })).id)
  if (!connector || !environment) throw invalid({ '': { key: 'wizard.ended.lead' } })
  return resume(user, (await startLinkSession(actor, { connector: connector.manifest.id, environment })).id)
}
