import { db, type Tx } from '#lib/db/client.ts'
import { livingOAuthApp } from '#lib/partners/oauth-apps.ts'
import type { Walk } from './read.ts'

/** Whether somebody can sign in at the ATS of a walk: its partner has an app there, for that environment. */
export async function offersSignIn(walk: Walk, tx: Tx = db()): Promise<boolean> {
  const { connector, environment, actor } = walk
  if (!connector?.manifest.ways.includes('oauth') || !environment) return false
  const of = { partnerId: actor.partnerId, connector: connector.manifest.id, environment }
  return Boolean(await livingOAuthApp(tx, of))
}
