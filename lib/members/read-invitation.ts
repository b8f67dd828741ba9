import { and, eq, gt, isNull, sql } from 'drizzle-orm'
import type { MemberRole } from '#lib/actors.ts'
import { hashToken, looksLikeToken } from '#lib/crypto/tokens.ts'
import { db } from '#lib/db/client.ts'
import { invitations, members, partners, users, workspaces } from '#lib/db/schema/index.ts'
import { GangwayError } from '#lib/errors.ts'

/** What somebody who holds the address of a living invitation is told. */
export type Invitation = {
  id: string
  email: string
  role: MemberRole
  workspace: { id: string; slug: string; name: string }
  partner: { id: string; name: string }
  /** Null where the partner's own person asked. */
  inviter: string | null
  expiresAt: Date
  /** There is a sign-in of this address: she proves it and joins. Else she makes one. */
  hasAccount: boolean
}

/**
 * The invitation of a secret; nothing when it is used, over, withdrawn, sent again since, or made up: they all look the same.
 * Looking does not use it up, since mail scanners look.
 */
export async function readInvitation(secret: string): Promise<Invitation | undefined> {
  if (!looksLikeToken('gwi', secret)) return undefined
  const [row] = await db()
    .select({
      id: invitations.id,
      email: invitations.email,
      role: invitations.role,
      workspace: { id: workspaces.id, slug: workspaces.slug, name: workspaces.name },
      partner: { id: partners.id, name: partners.name },
      inviter: users.name,
      expiresAt: invitations.expiresAt,
      hasAccount: sql<boolean>`exists (select 1 from users u where lower(u.email) = lower(${invitations.email}))`,
    })
    .from(invitations)
    .innerJoin(workspaces, eq(workspaces.id, invitations.workspaceId))
    .innerJoin(partners, eq(partners.id, workspaces.partnerId))
    .leftJoin(members, eq(members.id, invitations.invitedBy))
    .leftJoin(users, eq(users.id, members.userId))
    .where(livingInvitation(secret))
  return row
}

/** The invitation of a secret, or throws `gone`. */
export async function mustReadInvitation(secret: string): Promise<Invitation> {
  const found = await readInvitation(secret)
  if (!found) throw invitationGone()
  return found
}

export const livingInvitation = (secret: string) =>
  and(
    eq(invitations.secretHash, hashToken(secret)),
    isNull(invitations.acceptedAt),
    isNull(invitations.withdrawnAt),
    gt(invitations.expiresAt, sql`now()`),
  )

export const invitationGone = () =>
  new GangwayError('gone', 'invitation is not valid', { said: { key: 'invitation.gone' } })

/** Whether somebody is the one who was invited: by her address, letter case aside. */
export const isInvited = (invitation: Pick<Invitation, 'email'>, person: { email: string }): boolean =>
  person.email.toLowerCase() === invitation.email.toLowerCase()
