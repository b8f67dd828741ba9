import { and, asc, eq, isNull, notInArray, sql } from 'drizzle-orm'
import type { SystemActor } from '#lib/actors.ts'
import { record } from '#lib/audit/record.ts'
import { SealError } from '#lib/crypto/seal.ts'
import { Secret } from '#lib/crypto/secret.ts'
import type { Tx } from '#lib/db/client.ts'
import { oauthApps, partners } from '#lib/db/schema/index.ts'
import { env } from '#lib/env.ts'
import type { GivenOAuthApp } from '#lib/env-values.ts'
import { log } from '#lib/log.ts'
import { lastFourOf } from './client-fields.ts'
import { holdPartner } from './hold-partner.ts'
import { hasSecret, insertOAuthApp, livingOAuthApp, type OAuthAppRow, replaceSecret } from './oauth-apps.ts'
import { oauthPlaces, placeOf, textOf } from './oauth-places.ts'

const actor: SystemActor = { kind: 'system', task: 'keep-given-apps' }

/**
 * Brings the first partner's OAuth apps in step with the environment (`OAUTH_APPS`): one that is new is kept, a new secret replaces the
 * one before, with the overlap; one that is not said any more is removed, and is the same app again when it comes back. Where the
 * environment says an app, the one that was entered in the console for the same place is removed. What cannot be is logged, by its id.
 * `made` is a partner that was just made: nothing is to do unless it is the first.
 */
export async function keepGivenApps(tx: Tx, made?: string): Promise<void> {
  const [partner] = await tx
    .select({ id: partners.id })
    .from(partners)
    .orderBy(asc(partners.createdAt), asc(partners.id))
    .limit(1)
  if (!partner || (made && made !== partner.id)) return
  await holdPartner(tx, partner.id)
  const given = env().OAUTH_APPS.filter(({ place }) => isPlace(place))
  await removeOthers(tx, partner.id, given)
  for (const app of given) await keep(tx, partner.id, app)
}

function isPlace(place: string): boolean {
  const there = placeOf(place) !== undefined
  // The sandbox's is left as it is while the sandbox is off.
  if (!there && !(place.endsWith('/sandbox') && env().SANDBOX === 'off'))
    log.error({ place }, 'OAUTH_APPS names an ATS or environment where nobody signs in')
  return there
}

async function removeOthers(tx: Tx, partnerId: string, given: readonly GivenOAuthApp[]): Promise<void> {
  const ids = given.map(({ id }) => id)
  const others = await tx
    .select()
    .from(oauthApps)
    .where(
      and(
        eq(oauthApps.partnerId, partnerId),
        eq(oauthApps.source, 'environment'),
        isNull(oauthApps.removedAt),
        ids.length > 0 ? notInArray(oauthApps.id, ids) : undefined,
      ),
    )
  const places = new Set(oauthPlaces().map(textOf))
  for (const row of others) if (places.has(textOf(row))) await remove(tx, row)
}

async function keep(tx: Tx, partnerId: string, app: GivenOAuthApp): Promise<void> {
  const place = placeOf(app.place)
  if (!place) return
  const [row] = await tx.select().from(oauthApps).where(eq(oauthApps.id, app.id))
  if (row && (row.partnerId !== partnerId || row.source !== 'environment' || textOf(row) !== app.place))
    return log.error({ app: app.id }, 'OAUTH_APPS has an id that another app has')
  const living = await livingOAuthApp(tx, { partnerId, ...place })
  if (living && living.id !== app.id) await remove(tx, living)
  const { id, clientId } = app
  const next = { clientId, secret: new Secret(app.secret), lastFour: lastFourOf(app.secret) }
  if (row) return bringBack(tx, row, next)
  await insertOAuthApp(tx, { id, partnerId, ...place, ...next, source: 'environment' })
  await record(tx, actor, { ...about(partnerId, id), name: 'oauth_app.saved', data: { place: app.place } })
}

type Client = { clientId: string; secret: Secret; lastFour: string }

async function bringBack(tx: Tx, row: OAuthAppRow, next: Client): Promise<void> {
  const { id, partnerId } = row
  if (row.removedAt) {
    await tx.update(oauthApps).set({ removedAt: null, updatedAt: sql`now()` }).where(eq(oauthApps.id, id))
    await record(tx, actor, {
      ...about(partnerId, id),
      name: 'oauth_app.saved',
      data: { place: textOf(row) },
    })
  }
  try {
    if (row.clientId === next.clientId && (await hasSecret(tx, row, next.secret))) return
    await replaceSecret(tx, row, next)
  } catch (error) {
    if (!(error instanceof SealError)) throw error
    return log.error({ app: id }, 'the secret of an OAuth app cannot be opened, so it was not replaced')
  }
  const data = { client_id_changed: row.clientId !== next.clientId }
  await record(tx, actor, { ...about(partnerId, id), name: 'oauth_app.secret_replaced', data })
}

async function remove(tx: Tx, { id, partnerId }: OAuthAppRow): Promise<void> {
  await tx.update(oauthApps).set({ removedAt: sql`now()`, updatedAt: sql`now()` }).where(eq(oauthApps.id, id))
  await record(tx, actor, { ...about(partnerId, id), name: 'oauth_app.removed' })
}

const about = (partnerId: string, id: string) => ({ partnerId, subject: { kind: 'oauth_app', id } })
