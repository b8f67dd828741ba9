import { and, asc, desc, eq, isNull, sql } from 'drizzle-orm'
import type { UserActor } from '#lib/actors.ts'
import { db } from '#lib/db/client.ts'
import { members, workspaces } from '#lib/db/schema/index.ts'

export type WorkspaceChoice = { id: string; slug: string; name: string }

/** The workspaces a person belongs to, the one used last first. */
export async function workspacesOf(actor: Pick<UserActor, 'userId'>, most = 100): Promise<WorkspaceChoice[]> {
  return db()
    .select({ id: workspaces.id, slug: workspaces.slug, name: workspaces.name })
    .from(members)
    .innerJoin(workspaces, eq(workspaces.id, members.workspaceId))
    .where(and(eq(members.userId, actor.userId), isNull(members.removedAt)))
    .orderBy(sql`${desc(members.lastUsedAt)} nulls last`, asc(workspaces.name), asc(workspaces.id))
    .limit(most)
}
