import type { PartnerActor, PartnerRole } from '#lib/actors.ts'
import type { Environment } from '#lib/connectors/contract.ts'
import { Secret } from '#lib/crypto/secret.ts'
import { transaction } from '#lib/db/client.ts'
import { makeWorkspace } from '#lib/db/testing.ts'
import { startSession } from '#lib/members/start-session.ts'
import { insertOAuthApp } from './oauth-apps.ts'

/** A person of a partner of her own, who has just signed in. For tests. */
export async function partnerPerson(role: PartnerRole): Promise<PartnerActor> {
  const { owner, partnerId } = await makeWorkspace()
  const { userId, name, email } = owner
  const { id: sessionId } = await startSession(userId, { userAgent: '', address: '::1', timeZone: null })
  return { kind: 'partner', partnerId, userId, sessionId, name, email, role }
}

/** An OAuth app that a partner has; no ATS knows it. Gives its id. For tests. */
export const keptApp = (partnerId: string, environment: Environment): Promise<string> =>
  transaction(tx =>
    insertOAuthApp(tx, {
      partnerId,
      connector: 'workable',
      environment,
      source: 'console',
      clientId: 'brightside-people',
      secret: new Secret('a-secret-of-this-test'),
      lastFour: 'test',
    }),
  )
