import { and, count, countDistinct, eq, ne } from 'drizzle-orm'
import type { PartnerActor } from '#lib/actors.ts'
import { db } from '#lib/db/client.ts'
import { connections, invitations, workspaces } from '#lib/db/schema/index.ts'
import { partnerMustBeAllowed } from '#lib/partners/roles.ts'
import { isInNeed } from './in-need.ts'
import { isInvited } from './own-invitation.ts'

/** How a connection counts: its status where that is out of the ordinary, else its health. */
export const tallied = ['healthy', 'degraded', 'failing', 'needs_reauth', 'inactive'] as const
export type Tallied = (typeof tallied)[number]

export type CustomerSums = {
  customers: number
  /** Those with a connection that is not as it should be. */
  need: number
  /** Who were invited and have not accepted. */
  invited: number
  connections: number
  health: Readonly<Record<Tallied, number>>
}

/** How many customers a partner has, and how their connections are. */
export async function sumsOf(actor: PartnerActor): Promise<CustomerSums> {
  partnerMustBeAllowed(actor, 'see_health')
  const own = eq(workspaces.partnerId, actor.partnerId)
  const ofOwn = and(eq(workspaces.id, connections.workspaceId), own)
  const [customers, need, invited, rows] = await Promise.all([
    db().$count(workspaces, own),
    db()
      .select({ count: countDistinct(connections.workspaceId) })
      .from(connections)
      .innerJoin(workspaces, ofOwn)
      .where(isInNeed),
    db()
      .select({ count: count() })
      .from(invitations)
      .innerJoin(workspaces, and(eq(workspaces.id, invitations.workspaceId), own))
      .where(isInvited),
    db()
      .select({ status: connections.status, health: connections.health, count: count() })
      .from(connections)
      .innerJoin(workspaces, ofOwn)
      .where(ne(connections.status, 'deleted'))
      .groupBy(connections.status, connections.health),
  ])
  const health = { healthy: 0, degraded: 0, failing: 0, needs_reauth: 0, inactive: 0 }
  for (const row of rows) health[kindOf(row)] += row.count
  const all = Object.values(health).reduce((sum, each) => sum + each, 0)
  const counted = { need: need[0]?.count ?? 0, invited: invited[0]?.count ?? 0 }
  return { customers, ...counted, connections: all, health }
}

type Columns = Pick<typeof connections.$inferSelect, 'status' | 'health'>

function kindOf({ status, health }: Columns): Tallied {
  if (status === 'needs_reauth') return status
  return status === 'active' ? health : 'inactive'
}
