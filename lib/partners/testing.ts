import type { PartnerActor, PartnerRole } from '#lib/actors.ts'
import { makeWorkspace } from '#lib/db/testing.ts'
import { startSession } from '#lib/members/start-session.ts'

/** A person of a partner of her own, who has just signed in. For tests. */
export async function partnerPerson(role: PartnerRole): Promise<PartnerActor> {
  const { owner, partnerId } = await makeWorkspace()
  const { userId, name, email } = owner
  const { id: sessionId } = await startSession(userId, { userAgent: '', address: '::1', timeZone: null })
  return { kind: 'partner', partnerId, userId, sessionId, name, email, role }
}
