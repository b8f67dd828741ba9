import { and, eq, isNull, sql } from 'drizzle-orm'
import type { MemberActor, MemberRole } from '#lib/actors.ts'
import { db } from '#lib/db/client.ts'
import { newestFirst } from '#lib/db/newest-first.ts'
import { invitations, members, users } from '#lib/db/schema/index.ts'
import { notFound } from '#lib/errors.ts'
import { isId } from '#lib/ids.ts'
import { mustBeAllowed } from './roles.ts'

/** An invitation that nobody has accepted or withdrawn; `ended` says that its 72 hours are over. */
export type InvitationRow = {
  id: string
  email: string
  role: MemberRole
  /** Null where the partner's own person asked. */
  inviter: string | null
  sentAt: Date
  expiresAt: Date
  ended: boolean
}

const aPage = 50

/** The open invitations, newest first, a page of 50 after the one `after`; `more` says that there is a next one. */
export async function listInvitations(
  actor: MemberActor,
  after: string,
): Promise<{ rows: InvitationRow[]; more: boolean }> {
  mustBeAllowed(actor, 'manage_people')
  const rows = await pageQuery(actor, after)
  return { rows: rows.slice(0, aPage), more: rows.length > aPage }
}

/** The query of a page and one row more; it reads the index `invitations_list` as far as the page goes. */
export function pageQuery(actor: MemberActor, after: string) {
  const start = isId(after)
    ? sql`(${invitations.createdAt}, ${invitations.id}) <
        (select i.created_at, i.id from invitations i where i.id = ${after} and i.workspace_id = ${actor.workspaceId})`
    : undefined
  return select()
    .where(and(open(actor), start))
    .orderBy(...newestFirst(invitations.createdAt, invitations.id))
    .limit(aPage + 1)
}

/** One open invitation. Throws `not_found`. */
export async function readOpenInvitation(actor: MemberActor, id: string): Promise<InvitationRow> {
  mustBeAllowed(actor, 'manage_people')
  const [row] = isId(id) ? await select().where(and(open(actor), eq(invitations.id, id))) : []
  if (!row) throw notFound('invitation')
  return row
}

const open = (actor: MemberActor) =>
  and(
    eq(invitations.workspaceId, actor.workspaceId),
    isNull(invitations.acceptedAt),
    isNull(invitations.withdrawnAt),
  )

const select = () =>
  db()
    .select({
      id: invitations.id,
      email: invitations.email,
      role: invitations.role,
      inviter: users.name,
      sentAt: invitations.sentAt,
      expiresAt: invitations.expiresAt,
      ended: sql<boolean>`${invitations.expiresAt} <= now()`,
    })
    .from(invitations)
    .leftJoin(members, eq(members.id, invitations.invitedBy))
    .leftJoin(users, eq(users.id, members.userId))
