import { and, eq } from 'drizzle-orm'
import type { PartnerActor } from '#lib/actors.ts'
import { now } from '#lib/clock.ts'
import type { Environment } from '#lib/connectors/contract.ts'
import { connectorById } from '#lib/connectors/registry.ts'
import { db } from '#lib/db/client.ts'
import { oauthApps } from '#lib/db/schema/index.ts'
import { notFound } from '#lib/errors.ts'
import { redirectUriOf } from '#lib/oauth/app.ts'
import { type AppProblem, lastProblemsOf } from './app-problems.ts'
import { livingOAuthApp, type OAuthAppRow } from './oauth-apps.ts'
import { connectionsOf, nextAppId, oauthPlaces, placeOf, textOf } from './oauth-places.ts'
import { ownOAuthApp } from './own-oauth-app.ts'
import { partnerMustBeAllowed } from './roles.ts'

/** What is shown of an app: never a secret. */
export type OAuthAppView = Pick<
  OAuthAppRow,
  | 'id'
  | 'source'
  | 'clientId'
  | 'secretLastFour'
  | 'state'
  | 'stoppedReason'
  | 'stoppedAt'
  | 'retryAt'
  | 'testedAt'
  | 'testResult'
  | 'createdAt'
  | 'removedAt'
> & {
  place: OAuthPlaceView
  /** Until when the secret before is tried as well. */
  overlapsUntil: Date | undefined
  redirectUri: string
  /** That were made with it and are not deleted. */
  connections: number
  problem: AppProblem | undefined
}

/** Where an app is, or may be. */
export type OAuthPlaceView = {
  text: string
  environment: Environment
  name: string
  monogram: string
  programme: { url: string; mail: string }
}

/** A place with the app that lives there, and those that were removed and still refresh connections. */
export type OAuthAppsOfPlace = {
  place: OAuthPlaceView
  app: OAuthAppView | undefined
  before: OAuthAppView[]
}

/** The partner's OAuth apps, a place each. There are as many places as there are ATSs, twice. */
export async function listOAuthApps(actor: PartnerActor): Promise<OAuthAppsOfPlace[]> {
  partnerMustBeAllowed(actor, 'manage_oauth_apps')
  const { partnerId } = actor
  const [rows, connections] = await Promise.all([
    db().select().from(oauthApps).where(eq(oauthApps.partnerId, partnerId)).orderBy(oauthApps.createdAt),
    connectionsOf(partnerId),
  ])
  const problems = await lastProblemsOf(
    partnerId,
    rows.map(({ id }) => id),
  )
  const about = ({ id }: OAuthAppRow) => ({
    connections: connections.get(id) ?? 0,
    problem: problems.get(id),
  })
  return oauthPlaces().map(place => {
    const views = rows.filter(row => textOf(row) === textOf(place)).map(row => viewOf(row, about(row)))
    return {
      place: placeView(place),
      app: views.find(({ removedAt }) => removedAt === null),
      before: views.filter(({ removedAt, connections }) => removedAt !== null && connections > 0),
    }
  })
}

/** One app of the partner's. Throws `not_found` for another's. */
export async function readOwnOAuthApp(actor: PartnerActor, appId: string): Promise<OAuthAppView> {
  partnerMustBeAllowed(actor, 'manage_oauth_apps')
  const { partnerId } = actor
  const [row, connections, problems] = await Promise.all([
    ownOAuthApp(actor, appId),
    connectionsOf(partnerId),
    lastProblemsOf(partnerId, [appId]),
  ])
  return viewOf(row, { connections: connections.get(appId) ?? 0, problem: problems.get(appId) })
}

/** The place for a new app and the redirect URI that it will have; where there is an app, its id. Throws `not_found`. */
export async function newAppAt(
  actor: PartnerActor,
  text: string,
): Promise<{ place: OAuthPlaceView; redirectUri: string; appId: string | undefined }> {
  partnerMustBeAllowed(actor, 'manage_oauth_apps')
  const { partnerId } = actor
  const place = placeOf(text)
  if (!place) throw notFound('place of an OAuth app')
  const [id, app] = await Promise.all([
    nextAppId(db(), partnerId, place),
    livingOAuthApp(db(), { partnerId, ...place }),
  ])
  return { place: placeView(place), redirectUri: redirectUriOf(id), appId: app?.id }
}

/** An app of the partner's at which refreshing has stopped, with its place, for whoever sees the health of its customers. */
export async function stoppedApp(
  actor: PartnerActor,
): Promise<{ id: string; place: OAuthPlaceView } | undefined> {
  partnerMustBeAllowed(actor, 'see_health')
  const stopped = and(eq(oauthApps.partnerId, actor.partnerId), eq(oauthApps.state, 'stopped'))
  const rows = await db().select().from(oauthApps).where(stopped).orderBy(oauthApps.stoppedAt)
  const places = new Set(oauthPlaces().map(textOf))
  const row = rows.find(each => places.has(textOf(each)))
  return row && { id: row.id, place: placeView(row) }
}

function viewOf(row: OAuthAppRow, about: Pick<OAuthAppView, 'connections' | 'problem'>): OAuthAppView {
  const { previousSecretUntil: until } = row
  return {
    ...picked(row),
    place: placeView(row),
    overlapsUntil: until && until > now() ? until : undefined,
    redirectUri: redirectUriOf(row.id),
    ...about,
  }
}

/** One by one: what is sealed stays behind. */
const picked = (row: OAuthAppRow) => ({
  id: row.id,
  source: row.source,
  clientId: row.clientId,
  secretLastFour: row.secretLastFour,
  state: row.state,
  stoppedReason: row.stoppedReason,
  stoppedAt: row.stoppedAt,
  retryAt: row.retryAt,
  testedAt: row.testedAt,
  testResult: row.testResult,
  createdAt: row.createdAt,
  removedAt: row.removedAt,
})

function placeView(place: { connector: string; environment: Environment }): OAuthPlaceView {
  const { name, monogram, partnerProgramme } = connectorById(place.connector).manifest
  const { environment } = place
  return { text: textOf(place), environment, name, monogram, programme: partnerProgramme }
}
