import { eq, sql } from 'drizzle-orm'
import type { PartnerActor } from '#lib/actors.ts'
import { record } from '#lib/audit/record.ts'
import { transaction } from '#lib/db/client.ts'
import { oauthApps } from '#lib/db/schema/index.ts'
import type { Fields } from '#lib/forms/parse.ts'
import { proveAgain } from '#lib/members/prove-again.ts'
import type { SignInFrom } from '#lib/members/sign-in.ts'
import { holdPartner } from './hold-partner.ts'
import { mustBeOfConsole, ownOAuthApp } from './own-oauth-app.ts'
import { partnerMustBeAllowed } from './roles.ts'

/**
 * Nobody signs in with the app any more. What was granted to it goes on being refreshed and revoked by it, so its secret stays, sealed.
 * Wants a fresh sign-in. Removing it twice is removing it once.
 */
export async function removeOAuthApp(
  actor: PartnerActor,
  { appId, fields, from }: { appId: string; fields: Fields; from: SignInFrom },
): Promise<void> {
  partnerMustBeAllowed(actor, 'manage_oauth_apps')
  mustBeOfConsole(await ownOAuthApp(actor, appId))
  await proveAgain(actor, fields.password, from)
  await transaction(async tx => {
    await holdPartner(tx, actor.partnerId)
    const row = await ownOAuthApp(actor, appId, tx)
    mustBeOfConsole(row)
    if (row.removedAt) return
    await tx
      .update(oauthApps)
      .set({ removedAt: sql`now()`, updatedAt: sql`now()` })
      .where(eq(oauthApps.id, appId))
    await record(tx, actor, { name: 'oauth_app.removed', subject: { kind: 'oauth_app', id: appId } })
  })
}
