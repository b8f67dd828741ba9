import { type Team, unique } from '../team.ts'
import { actorOf } from './actor.ts'

/** Somebody whom the owner invites; with the address that the mail carries. */
export async function newInvitation(team: Team, email = `invited-${unique()}@larkfield.example`) {
  const { transaction } = await import('#lib/db/client.ts')
  const { makeInvitation } = await import('#lib/members/make-invitation.ts')
  const owner = actorOf(team, team.people.owner)
  const reads = { locale: 'en', timeZone: null }
  const inviter = { memberId: owner.memberId, name: owner.name, reads }
  const asked = { workspaceId: team.workspaceId, email, role: 'recruiter', inviter } as const
  const id = await transaction(tx => makeInvitation(tx, owner, asked))
  return { id, email, path: await invitationPath(email) }
}

/** A company that the team's partner invites; with the address that the mail carries. */
export async function newInvitedCustomer({ partnerId, people }: Team) {
  const { inviteCustomer } = await import('#lib/customers/invite.ts')
  const { listCustomers } = await import('#lib/customers/list.ts')
  const { startSession } = await import('#lib/members/start-session.ts')
  const { userId, name, email: address } = people.owner
  const browser = { userAgent: 'end-to-end', address: '127.0.0.1', timeZone: null }
  const { id: sessionId } = await startSession(userId, browser)
  const partner = {
    kind: 'partner',
    role: 'owner',
    partnerId,
    userId,
    sessionId,
    name,
    email: address,
  } as const
  const [company, email] = [`Quarry & Finch ${unique()}`, `ada-${unique()}@quarry.example`]
  const reads = { locale: 'en', timeZone: null }
  await inviteCustomer(partner, { fields: { company, email }, from: browser, reads })
  const { rows } = await listCustomers(partner, { q: company })
  return { id: rows[0]?.id ?? '', company, email, path: await invitationPath(email) }
}

/** The one-time address in the newest mail to somebody. */
export async function invitationPath(email: string): Promise<string> {
  const { mailedSecret } = await import('#lib/members/testing.ts')
  return `/invitation/${await mailedSecret(email)}`
}

/** An invitation's mail of the team's partner, which the worker keeps. Gives its id. */
export async function newMail(team: Team): Promise<string> {
  const { queueInvitation } = await import('#lib/mail/testing.ts')
  const { sendMail } = await import('#lib/mail/send.ts')
  const { mailId } = await queueInvitation({ partnerId: team.partnerId })
  await sendMail(mailId)
  return mailId
}

/** The secrets of the one-time addresses in mails that are kept and have not ended. */
export async function openMailedLinks(): Promise<string[]> {
  const { db } = await import('#lib/db/client.ts')
  const { mails } = await import('#lib/db/schema/index.ts')
  const { openLink } = await import('#lib/mail/sealed-link.ts')
  const { isNotNull } = await import('drizzle-orm')
  const kept = await db().select().from(mails).where(isNotNull(mails.sealedLink))
  const paths = await Promise.all(kept.map(mail => openLink(db(), mail, mail.sealedLink ?? '')))
  return paths.map(link => link.split('/').at(-1) ?? '')
}
