import { and, asc, eq, isNull, like, sql } from 'drizzle-orm'
import type { MemberRole, UserActor } from '#lib/actors.ts'
import { db } from '#lib/db/client.ts'
import { members, workspaces } from '#lib/db/schema/index.ts'
import { isId } from '#lib/ids.ts'

export type OwnWorkspace = { id: string; slug: string; name: string; role: MemberRole }

const aPage = 50

/**
 * The workspaces that a person is in by name, a page of 50 after the workspace `after`; `q` is a part of the name. `more` says
 * that there is a next page.
 */
export async function findWorkspaces(
  actor: Pick<UserActor, 'userId'>,
  { q = '', after }: { q?: string; after?: string | undefined } = {},
): Promise<{ rows: OwnWorkspace[]; more: boolean }> {
  const name = sql`lower(${workspaces.name})`
  const pattern = `%${q.replaceAll('\0', '').replace(/[\\%_]/g, '\\$&')}%`
  const start =
    after && isId(after)
      ? sql`(${name}, ${workspaces.id}) > (select lower(w.name), w.id from workspaces w
          join members m on m.workspace_id = w.id where w.id = ${after} and m.user_id = ${actor.userId})`
      : undefined
  const rows = await db()
    .select({ id: workspaces.id, slug: workspaces.slug, name: workspaces.name, role: members.role })
    .from(members)
    .innerJoin(workspaces, eq(workspaces.id, members.workspaceId))
    .where(
      and(
        eq(members.userId, actor.userId),
        isNull(members.removedAt),
        q ? like(name, sql`lower(${pattern})`) : undefined,
        start,
      ),
    )
    .orderBy(asc(name), asc(workspaces.id))
    .limit(aPage + 1)
  return { rows: rows.slice(0, aPage), more: rows.length > aPage }
}
