import { and, eq, isNull, lte, sql } from 'drizzle-orm'
import type { Actor, MemberRole } from '#lib/actors.ts'
import { record } from '#lib/audit/record.ts'
import { hashToken, newToken } from '#lib/crypto/tokens.ts'
import type { Tx } from '#lib/db/client.ts'
import { invitations, members, partners, users, workspaces } from '#lib/db/schema/index.ts'
import { invalid } from '#lib/errors.ts'
import { newId } from '#lib/ids.ts'
import { queueMail } from '#lib/mail/queue.ts'
import { endUnsentLinks } from '#lib/mail/sealed-link.ts'
import type { Reads } from './find-session.ts'

/** Who asks: a member, or, where `memberId` is null, the partner's own person. The mail reads as she does, if we know no better. */
export type Inviter = { memberId: string | null; name: string; reads: Reads }

export type Asked = { workspaceId: string; email: string; role: MemberRole; inviter: Inviter }

const lasts = sql`now() + interval '72 hours'`

/**
 * Asks somebody to join a workspace, by mail; an invitation of the same address that has ended makes room. Whoever calls holds
 * the people of the workspace (`holdPeople`) and has checked that this role may be given.
 * Throws `invalid` at `email` for a member of this workspace and for an address that is invited already. That the address has
 * an account elsewhere changes nothing that can be seen.
 */
export async function makeInvitation(tx: Tx, actor: Actor, asked: Asked): Promise<string> {
  const { workspaceId, email, role, inviter } = asked
  await mustBeNew(tx, workspaceId, email)
  const [id, secret] = [newId(), newToken('gwi')]
  const [made] = await tx
    .insert(invitations)
    .values({
      id,
      workspaceId,
      email,
      role,
      secretHash: hashToken(secret),
      invitedBy: inviter.memberId,
      expiresAt: lasts,
    })
    .returning({ expiresAt: invitations.expiresAt })
  if (!made) throw new Error('no invitation made')
  await tell(tx, actor, 'invitation.sent', { ...asked, id, secret, expiresAt: made.expiresAt })
  return id
}

/** Sends an open invitation once more: its secret is new, the one before is worthless, and 72 hours begin anew. */
export async function renewInvitation(tx: Tx, actor: Actor, asked: Asked & { id: string }): Promise<void> {
  const secret = newToken('gwi')
  const [made] = await tx
    .update(invitations)
    .set({
      secretHash: hashToken(secret),
      invitedBy: asked.inviter.memberId,
      sentAt: sql`now()`,
      expiresAt: lasts,
    })
    .where(and(eq(invitations.id, asked.id), eq(invitations.workspaceId, asked.workspaceId)))
    .returning({ expiresAt: invitations.expiresAt })
  if (!made) throw new Error('no invitation to renew')
  await endUnsentLinks(tx, asked)
  await tell(tx, actor, 'invitation.sent_again', { ...asked, secret, expiresAt: made.expiresAt })
}

async function mustBeNew(tx: Tx, workspaceId: string, email: string): Promise<void> {
  const [member] = await tx
    .select({ id: members.id })
    .from(members)
    .innerJoin(users, eq(users.id, members.userId))
    .where(
      and(
        eq(members.workspaceId, workspaceId),
        isNull(members.removedAt),
        eq(sql`lower(${users.email})`, email.toLowerCase()),
      ),
    )
  if (member) throw invalid({ email: { key: 'people.problems.member' } })
  const same = and(
    eq(invitations.workspaceId, workspaceId),
    eq(sql`lower(${invitations.email})`, email.toLowerCase()),
    isNull(invitations.acceptedAt),
    isNull(invitations.withdrawnAt),
  )
  await tx
    .update(invitations)
    .set({ withdrawnAt: sql`now()` })
    .where(and(same, lte(invitations.expiresAt, sql`now()`)))
  if ((await tx.$count(invitations, same)) > 0) throw invalid({ email: { key: 'people.problems.invited' } })
}

type Sent = Asked & { id: string; secret: string; expiresAt: Date }

/** The record and the mail of an invitation; the secret leaves in the mail alone, sealed until it is sent. */
async function tell(tx: Tx, actor: Actor, name: 'invitation.sent' | 'invitation.sent_again', sent: Sent) {
  const { workspaceId, email, role, inviter, secret, expiresAt } = sent
  const [place] = await tx
    .select({ partnerId: partners.id, partner: partners.name, workspace: workspaces.name })
    .from(workspaces)
    .innerJoin(partners, eq(partners.id, workspaces.partnerId))
    .where(eq(workspaces.id, workspaceId))
  if (!place) throw new Error('no workspace to invite to')
  const { partnerId, partner, workspace } = place
  const subject = { kind: 'invitation', id: sent.id }
  await record(tx, actor, { name, subject, data: { role }, partnerId, workspaceId })
  const [known] = await tx
    .select({ locale: users.locale, timeZone: users.timeZone })
    .from(users)
    .where(eq(sql`lower(${users.email})`, email.toLowerCase()))
  // One by one: `reads` may be all that the session knows of the inviter, whose name is not the reader's.
  const { locale, timeZone } = known ?? inviter.reads
  await queueMail(tx, {
    kind: inviter.memberId ? 'invitation' : 'customer_invitation',
    partnerId,
    workspaceId,
    to: { address: email, name: '', locale, timeZone },
    data: { inviter: inviter.name, workspace, partner, role, until: expiresAt.toISOString() },
    link: { path: `/invitation/${secret}`, expiresAt },
  })
}
