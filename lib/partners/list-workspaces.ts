import { and, asc, eq, isNull, ne, sql } from 'drizzle-orm'
import type { PartnerActor } from '#lib/actors.ts'
import { db } from '#lib/db/client.ts'
import { connections, members, workspaces } from '#lib/db/schema/index.ts'
import { isId } from '#lib/ids.ts'
import { partnerMustBeAllowed } from './roles.ts'

/** A customer of the partner, with what can be counted of it. */
export type WorkspaceRow = {
  id: string
  slug: string
  name: string
  createdAt: Date
  people: number
  connections: number
}

const aPage = 50

/** A partner's workspaces by name, a page of 50 after the workspace `after`; `more` says that there is a next page. */
export async function listWorkspaces(
  actor: PartnerActor,
  after?: string,
): Promise<{ rows: WorkspaceRow[]; more: boolean }> {
  partnerMustBeAllowed(actor, 'see_health')
  const name = sql`lower(${workspaces.name})`
  const start =
    after && isId(after)
      ? sql`(${name}, ${workspaces.id}) > (select lower(w.name), w.id from workspaces w where w.id = ${after})`
      : undefined
  const rows = await db()
    .select({
      id: workspaces.id,
      slug: workspaces.slug,
      name: workspaces.name,
      createdAt: workspaces.createdAt,
      people: db().$count(members, and(eq(members.workspaceId, workspaces.id), isNull(members.removedAt))),
      connections: db().$count(
        connections,
        and(eq(connections.workspaceId, workspaces.id), ne(connections.status, 'deleted')),
      ),
    })
    .from(workspaces)
    .where(and(eq(workspaces.partnerId, actor.partnerId), start))
    .orderBy(asc(name), asc(workspaces.id))
    .limit(aPage + 1)
  return { rows: rows.slice(0, aPage), more: rows.length > aPage }
}
