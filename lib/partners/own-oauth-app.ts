import { and, eq } from 'drizzle-orm'
import type { PartnerActor } from '#lib/actors.ts'
import { db, type Tx } from '#lib/db/client.ts'
import { oauthApps } from '#lib/db/schema/index.ts'
import { GangwayError, notFound } from '#lib/errors.ts'
import { isId } from '#lib/ids.ts'
import type { OAuthAppRow } from './oauth-apps.ts'
import { oauthPlaces, textOf } from './oauth-places.ts'

/** An app of the actor's own partner. Throws `not_found` for another's, and for the sandbox's while that is off. */
export async function ownOAuthApp(actor: PartnerActor, id: string, tx: Tx = db()): Promise<OAuthAppRow> {
  const own = and(eq(oauthApps.id, id), eq(oauthApps.partnerId, actor.partnerId))
  const [row] = isId(id) ? await tx.select().from(oauthApps).where(own) : []
  const there = row && oauthPlaces().some(place => textOf(place) === textOf(row))
  if (!row || !there) throw notFound('OAuth app')
  return row
}

/** Throws `conflict` for an app that the environment says: what is changed here would be undone at the next start. */
export function mustBeOfConsole(row: Pick<OAuthAppRow, 'source'>): void {
  if (row.source === 'console') return
  throw new GangwayError('conflict', 'kept by the environment', { said: { key: 'partner.oauth.not_here' } })
}
