import type { MemberActor } from '#lib/actors.ts'
import { startLinkSession } from '#lib/link-sessions/start.ts'
import { firstPlaceOf } from './first-place.ts'

/** Starts the walk of somebody who has just brought her company aboard: without a position, at *How*. Gives its id. */
export async function beginAsCustomer(owner: MemberActor): Promise<string> {
  const { id } = await startLinkSession(owner, await firstPlaceOf(owner.partnerId))
  return id
}
