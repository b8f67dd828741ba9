import { and, eq, isNull, or, sql } from 'drizzle-orm'
import type { Tx } from '#lib/db/client.ts'
import { connections, members, users, workspaces } from '#lib/db/schema/index.ts'

/** A connection that somebody is told about, with where it is. */
export type Concerned = NonNullable<Awaited<ReturnType<typeof holdConnection>>>

/**
 * Reads a connection and holds it as it is until the transaction ends: what is told is true, or comes to be settled by the change
 * that waits for us.
 */
export async function holdConnection(tx: Tx, id: string) {
  const [row] = await tx
    .select({
      connection: connections,
      slug: workspaces.slug,
      workspace: workspaces.name,
      partnerId: workspaces.partnerId,
    })
    .from(connections)
    .innerJoin(workspaces, eq(workspaces.id, connections.workspaceId))
    .where(eq(connections.id, id))
    .for('share', { of: connections })
  return row && { ...row.connection, slug: row.slug, workspace: row.workspace, partnerId: row.partnerId }
}

/** Its page: what is refused stands on top of it, with the button that mends it. */
export const connectionPath = ({ slug, connector, id }: Concerned): string =>
  `/w/${slug}/integrations/${connector}/${id}`

/** The place on its settings where the key is replaced: long before its end nothing else speaks of it. */
export const keyPath = (of: Concerned): string => `${connectionPath(of)}/settings#key`

/** Who is told: whoever connected, if she is still there, and the workspace's admins and owners. */
export function whomToTell(tx: Tx, { workspaceId, createdBy }: Concerned) {
  return tx
    .select({
      memberId: members.id,
      userId: users.id,
      address: users.email,
      name: users.name,
      locale: users.locale,
      timeZone: users.timeZone,
    })
    .from(members)
    .innerJoin(users, eq(users.id, members.userId))
    .where(
      and(
        eq(members.workspaceId, workspaceId),
        isNull(members.removedAt),
        isNull(users.disabledAt),
        or(eq(members.id, createdBy), sql`${members.role} in ('owner','admin')`),
      ),
    )
}
