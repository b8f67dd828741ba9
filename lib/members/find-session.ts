import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import type { MemberActor, PartnerActor, PartnerRole, UserActor } from '#lib/actors.ts'
import { hashToken } from '#lib/crypto/tokens.ts'
import { db } from '#lib/db/client.ts'
import {
  members,
  notices,
  partnerMembers,
  partners,
  sessions,
  users,
  workspaces,
} from '#lib/db/schema/index.ts'
import { livingSessions } from './living-sessions.ts'
import { noteUse, touchMember, touchSession } from './note-use.ts'

/** What the session's cookie says, opened: the session's secret and whose it is. */
export type SessionToken = { secret: string; userId: string }

/** In which language and zone somebody reads; null where only the browser knows. */
export type Reads = { locale: string; timeZone: string | null }

export type SignedIn = { actor: UserActor; reads: Reads }

export type InWorkspace = {
  actor: MemberActor
  workspace: { id: string; slug: string; name: string; partnerName: string }
  /** What she is in the partner of this workspace; null for nobody there. */
  partnerRole: PartnerRole | null
  /** How many notices wait for her there. */
  notices: number
  reads: Reads
}

/** A workspace by the slug in an address, or by the id in a row. */
export type Which = { slug: string } | { workspaceId: string }

/** A session's and a membership's last use are written at most this often. */
const touchMinutes = 2

/** Asked at every request, never cached: the session lives, and the user is not switched off. */
const living = (token: SessionToken) =>
  and(
    eq(sessions.secretHash, hashToken(token.secret)),
    eq(sessions.userId, token.userId),
    livingSessions(),
    isNull(users.disabledAt),
  )

const before = (column: PgColumn) =>
  sql<boolean>`coalesce(${column} < now() - make_interval(mins => ${touchMinutes}), true)`

/** Also when she has been in another workspace since: `/` leads to the one used last. */
const memberStale = sql<boolean>`(${before(members.lastUsedAt)} or ${members.lastUsedAt} <
  (select max(other.last_used_at) from members other where other.user_id = ${members.userId}))`

const person = {
  userId: users.id,
  sessionId: sessions.id,
  name: users.name,
  email: users.email,
  locale: users.locale,
  timeZone: users.timeZone,
  from: { address: sessions.address, userAgent: sessions.userAgent },
  sessionStale: before(sessions.lastUsedAt),
}

/** Who is signed in, by the session's cookie; nobody when the session has ended. */
export async function findSession(token: SessionToken): Promise<SignedIn | undefined> {
  const [row] = await db()
    .select(person)
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(living(token))
  if (!row) return undefined
  if (row.sessionStale) await noteUse(() => touchSession(row.sessionId))
  const { userId, sessionId, name, email, from } = row
  return { actor: { kind: 'user', userId, sessionId, name, email, from }, reads: row }
}

/**
 * Who is signed in, as a member of one workspace, in one query. `nobody` when the session has ended; `stranger` when she is
 * signed in and no member there, or there is no such workspace: the two look the same.
 */
export async function findMember(
  token: SessionToken,
  which: Which,
): Promise<InWorkspace | 'nobody' | 'stranger'> {
  const [row] = await db()
    .select({
      ...person,
      member: { id: members.id, role: members.role, stale: memberStale },
      workspace: { id: workspaces.id, slug: workspaces.slug, name: workspaces.name },
      partner: { id: partners.id, name: partners.name },
      partnerRole: partnerMembers.role,
      notices: db().$count(
        notices,
        and(eq(notices.memberId, members.id), isNull(notices.seenAt), isNull(notices.settledAt)),
      ),
    })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .leftJoin(
      workspaces,
      'slug' in which ? eq(workspaces.slug, slugIn(which.slug)) : eq(workspaces.id, which.workspaceId),
    )
    .leftJoin(partners, eq(partners.id, workspaces.partnerId))
    .leftJoin(
      members,
      and(eq(members.userId, users.id), eq(members.workspaceId, workspaces.id), isNull(members.removedAt)),
    )
    .leftJoin(
      partnerMembers,
      and(eq(partnerMembers.userId, users.id), eq(partnerMembers.partnerId, workspaces.partnerId)),
    )
    .where(living(token))
  if (!row) return 'nobody'
  const { userId, sessionId, name, email, from, member, workspace, partner, partnerRole } = row
  if (!member || !workspace || !partner) return 'stranger'
  if (row.sessionStale) await noteUse(() => touchSession(sessionId))
  if (member.stale) await noteUse(() => touchMember(member.id))
  const actor: MemberActor = {
    kind: 'member',
    partnerId: partner.id,
    workspaceId: workspace.id,
    memberId: member.id,
    role: member.role,
    userId,
    sessionId,
    name,
    email,
    from,
  }
  return {
    actor,
    workspace: { ...workspace, partnerName: partner.name },
    partnerRole,
    notices: row.notices,
    reads: row,
  }
}

export type InPartner = { actor: PartnerActor; partner: { id: string; name: string }; reads: Reads }

/**
 * Who is signed in, as a person of the partner, in one query; of several partners the one that she joined first. `stranger` when
 * she is signed in and belongs to none.
 */
export async function findPartner(token: SessionToken): Promise<InPartner | 'nobody' | 'stranger'> {
  const [row] = await db()
    .select({
      ...person,
      role: partnerMembers.role,
      partner: { id: partners.id, name: partners.name },
    })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .leftJoin(partnerMembers, eq(partnerMembers.userId, users.id))
    .leftJoin(partners, eq(partners.id, partnerMembers.partnerId))
    .where(living(token))
    .orderBy(asc(partnerMembers.createdAt), asc(partnerMembers.id))
    .limit(1)
  if (!row) return 'nobody'
  const { userId, sessionId, name, email, from, role, partner } = row
  if (!role || !partner) return 'stranger'
  if (row.sessionStale) await noteUse(() => touchSession(sessionId))
  const actor: PartnerActor = {
    kind: 'partner',
    partnerId: partner.id,
    role,
    userId,
    sessionId,
    name,
    email,
    from,
  }
  return { actor, partner, reads: row }
}

/** As slugs are written; anything else is none, and would be an error of the database. */
const slugIn = (text: string): string => (/^[a-z0-9-]{1,60}$/.test(text) ? text : '')
