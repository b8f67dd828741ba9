import { and, asc, eq, isNull, like, ne, sql } from 'drizzle-orm'
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
  /** Whether she is in it herself: only then it opens to her. */
  mine: boolean
}

const aPage = 50

/** What is looked for: a part of the name, and after which workspace the page begins. */
export type WorkspaceSearch = { q?: string; after?: string | undefined }

/** A partner's workspaces by name, a page of 50; `more` says that there is a next page. */
export async function listWorkspaces(
  actor: PartnerActor,
  { q = '', after }: WorkspaceSearch = {},
): Promise<{ rows: WorkspaceRow[]; more: boolean }> {
  partnerMustBeAllowed(actor, 'see_health')
  const name = sql`lower(${workspaces.name})`
  const living = and(eq(members.workspaceId, workspaces.id), isNull(members.removedAt))
  const start =
    after && isId(after)
      ? sql`(${name}, ${workspaces.id}) > (select lower(w.name), w.id from workspaces w where w.id = ${after} and w.partner_id = ${actor.partnerId})`
      : undefined
  const rows = await db()
    .select({
      id: workspaces.id,
      slug: workspaces.slug,
      name: workspaces.name,
      createdAt: workspaces.createdAt,
      people: db().$count(members, living),
      connections: db().$count(
        connections,
        and(eq(connections.workspaceId, workspaces.id), ne(connections.status, 'deleted')),
      ),
      mine: sql<boolean>`exists ${db()
        .select({ id: members.id })
        .from(members)
        .where(and(living, eq(members.userId, actor.userId)))}`,
    })
    .from(workspaces)
    .where(and(eq(workspaces.partnerId, actor.partnerId), q ? like(name, patternOf(q)) : undefined, start))
    .orderBy(asc(name), asc(workspaces.id))
    .limit(aPage + 1)
  return { rows: rows.slice(0, aPage), more: rows.length > aPage }
}

const patternOf = (q: string) => sql`lower(${`%${q.replaceAll('\0', '').replace(/[\\%_]/g, '\\$&')}%`})`
