import { and, eq, sql } from 'drizzle-orm'
import type { PartnerActor } from '#lib/actors.ts'
import { record } from '#lib/audit/record.ts'
import { Secret } from '#lib/crypto/secret.ts'
import { newSecret } from '#lib/crypto/tokens.ts'
import { db, transaction } from '#lib/db/client.ts'
import { oauthApps } from '#lib/db/schema/index.ts'
import { countOAuthTest } from '#lib/limits/oauth-tests.ts'
import { log } from '#lib/log.ts'
import { refreshTokens } from '#lib/oauth/client.ts'
import { resumeApp } from '#lib/oauth/stop-app.ts'
import type { TokenReply } from '#lib/oauth/token-reply.ts'
import { type OAuthAppRow, openOAuthApp } from './oauth-apps.ts'
import { ownOAuthApp } from './own-oauth-app.ts'
import { partnerMustBeAllowed } from './roles.ts'

type Result = NonNullable<OAuthAppRow['testResult']>

/**
 * Asks the ATS, by one request that can change nothing, whether it knows client id and secret: a refresh with a token that nobody was
 * given. Keeps what came of it, unless the secret was replaced meanwhile; an app that had stopped works again when it is known. The
 * secret before is not asked: the new one has to be right. At most 20 an hour. Throws `SealError`, `too_many`.
 */
export async function testOAuthApp(actor: PartnerActor, { appId }: { appId: string }): Promise<Result> {
  partnerMustBeAllowed(actor, 'manage_oauth_apps')
  const row = await ownOAuthApp(actor, appId)
  await countOAuthTest(appId)
  const { previousSecret: _, ...app } = await openOAuthApp(db(), row)
  const result = resultOf(await refreshTokens(app, new Secret(newSecret())))
  await transaction(async tx => {
    const same = and(eq(oauthApps.id, appId), eq(oauthApps.secretGeneration, row.secretGeneration))
    const kept = await tx
      .update(oauthApps)
      .set({ testedAt: sql`now()`, testResult: result })
      .where(same)
      .returning({ id: oauthApps.id })
    if (kept.length === 0) return
    const subject = { kind: 'oauth_app', id: appId }
    await record(tx, actor, { name: 'oauth_app.tested', subject, data: { result } })
    if (result === 'works') await resumeApp(tx, row)
  })
  return result
}

/** The test that comes with a change. What hinders it undoes nothing: the app's page says that it is not tested. */
export async function testAfterChange(actor: PartnerActor, appId: string): Promise<void> {
  await testOAuthApp(actor, { appId }).catch((error: unknown) =>
    log.warn({ err: error, app: appId }, 'OAuth app not tested'),
  )
}

/** RFC 6749, 5.2: the client is authenticated before its grant is looked at. */
function resultOf(reply: TokenReply): Result {
  if (reply.kind === 'app_refused') return 'app_refused'
  return reply.kind === 'grant_refused' && reply.error === 'invalid_grant' ? 'works' : 'unclear'
}
