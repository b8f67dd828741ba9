import { desc, eq, sql } from 'drizzle-orm'
import type { MemberActor, MemberRole } from '#lib/actors.ts'
import { db } from '#lib/db/client.ts'
import { events, identities, invitations, mails, sessions } from '#lib/db/schema/index.ts'
import { newId } from '#lib/ids.ts'
import { openLink } from '#lib/mail/sealed-link.ts'
import { inviteMember } from './invite.ts'

/** Starts a session of a person who gave her password `minutes` ago; the hash of it is whatever the test says. For tests. */
export async function provenAgo(
  actor: MemberActor,
  minutes = 0,
  passwordHash = 'none',
): Promise<MemberActor> {
  const id = newId()
  await db()
    .insert(sessions)
    .values({
      id,
      userId: actor.userId,
      secretHash: id,
      provenAt: sql`now() - make_interval(mins => ${minutes})`,
      expiresAt: sql`now() + interval '1 day'`,
    })
  await db()
    .insert(identities)
    .values({ id: newId(), userId: actor.userId, kind: 'password', passwordHash })
    .onConflictDoNothing()
  return { ...actor, sessionId: id }
}

/** Where a password comes from in tests. */
export const from = { address: '10.0.0.1' }

/** How an inviter reads in tests. */
export const reads = { locale: 'en', timeZone: 'Europe/Amsterdam' }

/** Invites an address, and gives the invitation's row and the secret that its mail carries. For tests. */
export async function invite(actor: MemberActor, email: string, role: MemberRole = 'recruiter') {
  await inviteMember(actor, { fields: { email, role }, from, reads })
  const [row] = await db()
    .select()
    .from(invitations)
    .where(eq(sql`lower(${invitations.email})`, email.toLowerCase()))
    .orderBy(desc(invitations.createdAt))
    .limit(1)
  if (!row) throw new Error('no invitation')
  return { ...row, secret: await mailedSecret(email) }
}

/** The secret in the newest mail to an address. For tests. */
export async function mailedSecret(email: string): Promise<string> {
  const [mail] = await db()
    .select()
    .from(mails)
    .where(eq(mails.toAddress, email))
    .orderBy(desc(mails.createdAt))
    .limit(1)
  if (!mail?.sealedLink) throw new Error('no mail with an address')
  const path = await openLink(db(), mail, mail.sealedLink)
  return path.replace('/invitation/', '')
}

/** The names of the changes to one thing, the oldest first. For tests. */
export async function eventsOf(subjectId: string): Promise<string[]> {
  const rows = await db()
    .select({ name: events.name })
    .from(events)
    .where(eq(events.subjectId, subjectId))
    .orderBy(events.at)
  return rows.map(({ name }) => name)
}
