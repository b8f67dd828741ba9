import { and, asc, eq, isNull, like, ne, type SQL, sql } from 'drizzle-orm'
import type { PartnerActor } from '#lib/actors.ts'
import { db } from '#lib/db/client.ts'
import { connections, invitations, members, positionLinks, workspaces } from '#lib/db/schema/index.ts'
import { isId } from '#lib/ids.ts'
import { partnerCan, partnerMustBeAllowed } from '#lib/partners/roles.ts'
import { type CustomerDetails, detailsOf } from './details.ts'
import { isInNeed } from './in-need.ts'
import { isInvited } from './own-invitation.ts'

/** A customer of the partner: what can be counted of it, how its connections are, and how far it has come. */
export type CustomerRow = CustomerDetails & {
  id: string
  slug: string
  name: string
  createdAt: Date
  /** Positions of its that are linked to a job. */
  positions: number
  connections: number
  /** Whether she is in it herself: only then it opens to her. */
  mine: boolean
}

/** All customers, those with a connection that is not as it should be, or those who were invited and have not accepted. */
export const customerFilters = ['all', 'need', 'invited'] as const
export type CustomerFilter = (typeof customerFilters)[number]

/** What is looked for: a part of the name, which ones, and after which workspace the page begins. */
export type CustomerSearch = { q?: string; show?: CustomerFilter; after?: string | undefined }

const aPage = 50

/** A partner's customers by name, a page of 50; `more` says that there is a next page. Four queries, however many there are. */
export async function listCustomers(
  actor: PartnerActor,
  search: CustomerSearch = {},
): Promise<{ rows: CustomerRow[]; more: boolean }> {
  partnerMustBeAllowed(actor, 'see_health')
  const rows = await pageQuery(actor, search)
  const shown = rows.slice(0, aPage)
  const details = await detailsOf(shown, partnerCan(actor.role, 'manage_customers'))
  return { rows: shown.map(row => ({ ...row, ...details(row.id) })), more: rows.length > aPage }
}

/** The query of a page and one row more; it reads the index `workspaces_by_name` as far as the page goes. */
export function pageQuery({ partnerId, userId }: PartnerActor, search: CustomerSearch) {
  const { q = '', show = 'all', after } = search
  const name = sql`lower(${workspaces.name})`
  const start =
    after && isId(after)
      ? sql`(${name}, ${workspaces.id}) > (select lower(w.name), w.id from workspaces w where w.id = ${after} and w.partner_id = ${partnerId})`
      : undefined
  return db()
    .select({
      id: workspaces.id,
      slug: workspaces.slug,
      name: workspaces.name,
      createdAt: workspaces.createdAt,
      connections: db().$count(connections, ofIt()),
      positions: db().$count(
        positionLinks,
        and(eq(positionLinks.workspaceId, workspaces.id), isNull(positionLinks.endedAt)),
      ),
      mine: sql<boolean>`exists ${db()
        .select({ id: members.id })
        .from(members)
        .where(
          and(eq(members.workspaceId, workspaces.id), isNull(members.removedAt), eq(members.userId, userId)),
        )}`,
    })
    .from(workspaces)
    .where(
      and(
        eq(workspaces.partnerId, partnerId),
        q ? like(name, patternOf(q)) : undefined,
        filters[show](),
        start,
      ),
    )
    .orderBy(asc(name), asc(workspaces.id))
    .limit(aPage + 1)
}

const ofIt = () => and(eq(connections.workspaceId, workspaces.id), ne(connections.status, 'deleted'))

const filters = {
  all: () => undefined,
  need: () =>
    sql`exists ${db().select({ id: connections.id }).from(connections).where(and(ofIt(), isInNeed))}`,
  invited: () =>
    sql`exists ${db()
      .select({ id: invitations.id })
      .from(invitations)
      .where(and(eq(invitations.workspaceId, workspaces.id), isInvited))}`,
} as const satisfies Record<CustomerFilter, () => SQL | undefined>

const patternOf = (q: string) => sql`lower(${`%${q.replaceAll('\0', '').replace(/[\\%_]/g, '\\$&')}%`})`
