import { and, desc, eq, isNull } from 'drizzle-orm'
import type { PartnerActor } from '#lib/actors.ts'
import type { Tx } from '#lib/db/client.ts'
import { invitations, workspaces } from '#lib/db/schema/index.ts'
import { isId } from '#lib/ids.ts'

/** What makes an invitation one by which a customer is brought aboard: the partner's own person asked for its owner. */
export const bringsCustomer = and(eq(invitations.role, 'owner'), isNull(invitations.invitedBy))

/** Such an invitation that nobody has accepted; the 72 hours may be over. */
export const isInvited = and(bringsCustomer, isNull(invitations.acceptedAt), isNull(invitations.withdrawnAt))

/** The invitation by which a customer of the actor's own partner was brought aboard; nothing for one that was not, or another's. */
export async function customersInvitation(tx: Tx, { partnerId }: PartnerActor, workspaceId: string) {
  const [row] = isId(workspaceId)
    ? await tx
        .select({
          id: invitations.id,
          email: invitations.email,
          company: workspaces.name,
          sentAt: invitations.sentAt,
          expiresAt: invitations.expiresAt,
          acceptedAt: invitations.acceptedAt,
        })
        .from(invitations)
        .innerJoin(workspaces, eq(workspaces.id, invitations.workspaceId))
        .where(and(eq(workspaces.id, workspaceId), eq(workspaces.partnerId, partnerId), bringsCustomer))
        .orderBy(desc(invitations.createdAt))
        .limit(1)
    : []
  return row
}
