import { and, desc, eq, gt, inArray, lte, ne, sql } from 'drizzle-orm'
import { db } from '#lib/db/client.ts'
import { connections, invitations, linkSessions, members, oauthApps } from '#lib/db/schema/index.ts'
import { type Leg, legOf } from '#lib/link-sessions/steps.ts'
import { isInNeed } from './in-need.ts'
import { isInvited } from './own-invitation.ts'

type Columns = typeof connections.$inferSelect

/** A connection as its partner may see it: its name and how it is, nothing of what goes through it. */
export type CustomerConnection = Pick<
  Columns,
  | 'id'
  | 'workspaceId'
  | 'connector'
  | 'environment'
  | 'name'
  | 'way'
  | 'status'
  | 'health'
  | 'healthReason'
  | 'healthSince'
  | 'keyExpiresOn'
  | 'refreshProblem'
> & {
  /** Why refreshing has stopped at the OAuth app that it was made with. */
  appStopped: (typeof oauthApps.$inferSelect)['stoppedReason']
}

export type CustomerDetails = {
  /** At most twenty; those in need first. */
  worst: CustomerConnection[]
  /** To whoever is to own it, and has not accepted; `ended` says that its 72 hours are over. The address is for who may invite. */
  invitation: { email: string | null; sentAt: Date; expiresAt: Date; ended: boolean } | undefined
  /** Of a customer without a connection: where somebody stands in the wizard, since when. */
  walk: { leg: Leg; since: Date } | undefined
}

const mostOfEach = 20

/** What a page of customers tells beside its numbers, in three queries; addresses where they are asked for. */
export async function detailsOf(
  customers: readonly { id: string; connections: number }[],
  addresses: boolean,
): Promise<(id: string) => CustomerDetails> {
  const all = customers.map(({ id }) => id)
  const unconnected = customers.filter(each => each.connections === 0).map(({ id }) => id)
  const [ofConnections, ofInvitations, ofWalks] = await Promise.all([
    connectionsOf(all),
    invitationsOf(unconnected, addresses),
    walksOf(unconnected),
  ])
  return id => ({
    worst: ofConnections.filter(each => each.workspaceId === id),
    invitation: ofInvitations.find(each => each.workspaceId === id),
    walk: ofWalks.find(each => each.workspaceId === id),
  })
}

async function connectionsOf(ids: readonly string[]): Promise<CustomerConnection[]> {
  if (ids.length === 0) return []
  const place = sql<number>`row_number() over (partition by ${connections.workspaceId}
    order by (${isInNeed}) desc, ${oauthApps.stoppedReason} is null, ${connections.createdAt} desc, ${connections.id})`
  const ranked = db()
    .select({
      id: connections.id,
      workspaceId: connections.workspaceId,
      connector: connections.connector,
      environment: connections.environment,
      name: connections.name,
      way: connections.way,
      status: connections.status,
      health: connections.health,
      healthReason: connections.healthReason,
      healthSince: connections.healthSince,
      keyExpiresOn: connections.keyExpiresOn,
      refreshProblem: connections.refreshProblem,
      appStopped: oauthApps.stoppedReason,
      place: place.as('place'),
    })
    .from(connections)
    .leftJoin(oauthApps, and(eq(oauthApps.id, connections.oauthAppId), eq(oauthApps.state, 'stopped')))
    .where(and(inArray(connections.workspaceId, [...ids]), ne(connections.status, 'deleted')))
    .as('ranked')
  const rows = await db().select().from(ranked).where(lte(ranked.place, mostOfEach)).orderBy(ranked.place)
  return rows.map(({ place: _, ...row }) => row)
}

async function invitationsOf(ids: readonly string[], addresses: boolean) {
  if (ids.length === 0) return []
  const rows = await db()
    .select({
      workspaceId: invitations.workspaceId,
      email: invitations.email,
      sentAt: invitations.sentAt,
      expiresAt: invitations.expiresAt,
      ended: sql<boolean>`${invitations.expiresAt} <= now()`,
    })
    .from(invitations)
    .where(and(inArray(invitations.workspaceId, [...ids]), isInvited))
  return rows.map(({ email, ...row }) => ({ ...row, email: addresses ? email : null }))
}

/** Of each the walk that took its last step last; found by the people, since walks are in no order by workspace. */
async function walksOf(ids: readonly string[]) {
  if (ids.length === 0) return []
  const rows = await db()
    .selectDistinctOn([members.workspaceId], {
      workspaceId: members.workspaceId,
      step: linkSessions.step,
      since: linkSessions.lastStepAt,
    })
    .from(members)
    .innerJoin(linkSessions, eq(linkSessions.startedBy, members.id))
    .where(
      and(
        inArray(members.workspaceId, [...ids]),
        eq(linkSessions.state, 'open'),
        gt(linkSessions.expiresAt, sql`now()`),
      ),
    )
    .orderBy(members.workspaceId, desc(linkSessions.lastStepAt))
  return rows.map(({ step, ...row }) => ({ ...row, leg: legOf(step) }))
}
