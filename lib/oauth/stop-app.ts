import { and, eq, or, sql } from 'drizzle-orm'
import { type Change, record } from '#lib/audit/record.ts'
import { db, type Tx } from '#lib/db/client.ts'
import { oauthApps } from '#lib/db/schema/index.ts'
import type { OAuthAppRow } from '#lib/partners/oauth-apps.ts'

/** While an app is stopped nobody's tokens are refreshed with it, and no connection is touched (`security.md` 5). */

/** Until one request tries again: as long as it has been stopped so far, from one minute to five. */
const nextTry = sql`now() + greatest(interval '1 minute', least(interval '5 minutes', now() - coalesce(${oauthApps.stoppedAt}, now())))`

const wasAway = and(eq(oauthApps.state, 'stopped'), eq(oauthApps.stoppedReason, 'unavailable'))

/**
 * Stops an app, and tells the partner once; a second time only where what looked like an outage turns out to be a refusal, which
 * wants somebody. An answer to a secret that was replaced meanwhile, which is what another
 * `secretGeneration` means, says nothing about the one that counts now.
 */
export async function stopApp(
  tx: Tx,
  app: OAuthAppRow,
  reason: NonNullable<OAuthAppRow['stoppedReason']>,
): Promise<void> {
  const stopped = await tx
    .update(oauthApps)
    .set({
      state: 'stopped',
      stoppedReason: reason,
      stoppedAt: sql`coalesce(${oauthApps.stoppedAt}, now())`,
      retryAt: nextTry,
    })
    .where(
      and(
        eq(oauthApps.id, app.id),
        or(eq(oauthApps.state, 'working'), reason === 'app_refused' ? wasAway : undefined),
        eq(oauthApps.secretGeneration, app.secretGeneration),
      ),
    )
    .returning({ id: oauthApps.id })
  if (stopped.length > 0) await tellPartner(tx, app, { name: 'oauth_app.stopped', data: { reason } })
}

/** An app works again. Nothing happens to one that was not stopped. */
export async function resumeApp(tx: Tx, app: OAuthAppRow): Promise<void> {
  const resumed = await tx
    .update(oauthApps)
    .set({ state: 'working', stoppedReason: null, stoppedAt: null, retryAt: null })
    .where(and(eq(oauthApps.id, app.id), eq(oauthApps.state, 'stopped')))
    .returning({ id: oauthApps.id })
  if (resumed.length > 0) await tellPartner(tx, app, { name: 'oauth_app.resumed' })
}

/** The server wants to be left alone until then: by every connection of the app. */
export async function pauseApp(tx: Tx, appId: string, seconds: number): Promise<void> {
  await tx
    .update(oauthApps)
    .set({ retryAt: sql`now() + make_interval(secs => ${seconds})` })
    .where(and(eq(oauthApps.id, appId), eq(oauthApps.state, 'working')))
}

/** Takes the one try of a stopped app whose moment has come; false where somebody else has it or it is too early. */
export async function takeProbe(appId: string): Promise<boolean> {
  const taken = await db()
    .update(oauthApps)
    .set({ retryAt: nextTry })
    .where(
      and(
        eq(oauthApps.id, appId),
        eq(oauthApps.state, 'stopped'),
        sql`(${oauthApps.retryAt} is null or ${oauthApps.retryAt} <= now())`,
      ),
    )
    .returning({ id: oauthApps.id })
  return taken.length > 0
}

/** Puts into the partner's record what concerns its app. */
export const tellPartner = (tx: Tx, app: OAuthAppRow, change: Pick<Change, 'name' | 'data'>): Promise<void> =>
  record(
    tx,
    { kind: 'system', task: 'refresh-due' },
    { ...change, subject: { kind: 'oauth_app', id: app.id }, partnerId: app.partnerId },
  )
