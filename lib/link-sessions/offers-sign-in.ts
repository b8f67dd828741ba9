import { and, eq, isNull } from 'drizzle-orm'
import type { MemberActor } from '#lib/actors.ts'
import { db, type Tx } from '#lib/db/client.ts'
import { oauthApps } from '#lib/db/schema/index.ts'
import { livingOAuthApp } from '#lib/partners/oauth-apps.ts'
import { textOf } from '#lib/partners/oauth-places.ts'
import type { Walk } from './read.ts'

/** Whether somebody can sign in at the ATS of a walk: its partner has an app there, for that environment. */
export async function offersSignIn(walk: Walk, tx: Tx = db()): Promise<boolean> {
  const { connector, environment, actor } = walk
  if (!connector?.manifest.ways.includes('oauth') || !environment) return false
  const of = { partnerId: actor.partnerId, connector: connector.manifest.id, environment }
  return Boolean(await livingOAuthApp(tx, of))
}

/** Where all the partner's customers can sign in, as `<connector>/<environment>`. */
export async function whereToSignIn({
  partnerId,
}: Pick<MemberActor, 'partnerId'>): Promise<ReadonlySet<string>> {
  const rows = await db()
    .select({ connector: oauthApps.connector, environment: oauthApps.environment })
    .from(oauthApps)
    .where(and(eq(oauthApps.partnerId, partnerId), isNull(oauthApps.removedAt)))
  return new Set(rows.map(textOf))
}
