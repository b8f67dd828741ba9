import { and, eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import type { PartnerActor, PartnerRole } from '#lib/actors.ts'
import { db, transaction } from '#lib/db/client.ts'
import { events, mails, members, partnerMembers, sessions } from '#lib/db/schema/index.ts'
import { makeMember, makeWorkspace, type TestWorkspace } from '#lib/db/testing.ts'
import { newId } from '#lib/ids.ts'
import { startSession } from '#lib/members/start-session.ts'
import { listMails } from './list.ts'
import { queueMail } from './queue.ts'
import { mailFile, readMail } from './read.ts'
import { sendMail } from './send.ts'
import { sendAgain } from './send-again.ts'
import { mailRow, queueInvitation } from './testing.ts'
import { openMailServer } from './testing-server.ts'

const personOf = ({ owner, partnerId }: TestWorkspace, role: PartnerRole = 'owner'): PartnerActor => {
  const { userId, sessionId, name, email } = owner
  return { kind: 'partner', partnerId, userId, sessionId, name, email, role }
}

/** A partner with a mail that was kept. */
async function kept() {
  const workspace = await makeWorkspace()
  const { mailId, path } = await queueInvitation({ partnerId: workspace.partnerId })
  await sendMail(mailId, undefined)
  return { workspace, owner: personOf(workspace), mailId, url: `http://localhost:3000${path}` }
}

test('without a mail server the owner reads the mail with its one-time address, and hands it on', async () => {
  const { owner, mailId, url } = await kept()
  const mail = await readMail(owner, mailId)
  expect(mail).toMatchObject({
    link: 'shown',
    state: 'kept',
    subject: 'Olga Brandt invites you to Larkfield',
  })
  expect(mail.text).toContain(url)
  expect((await listMails(owner)).rows).toMatchObject([{ id: mailId, toAddress: 'ines@example.com' }])
})

// Taken out with: `isProven` in `lib/mail/read.ts`.
test('a one-time address wants a password of the last 15 minutes: a browser left open makes nobody its owner', async () => {
  const { workspace, mailId, url } = await kept()
  const { owner } = workspace
  const { id } = await startSession(owner.userId, { userAgent: '', address: '::1', timeZone: null })
  const actor = { ...personOf(workspace), sessionId: id }
  expect(await readMail(actor, mailId)).toMatchObject({ link: 'shown' })
  await db().update(sessions).set({ provenAt: sql`now() - interval '16 minutes'` }).where(eq(sessions.id, id))
  const mail = await readMail(actor, mailId)
  expect(mail.link).toBe('locked')
  expect(JSON.stringify(mail)).not.toContain(url)
})

test('the file of a mail never holds its one-time address, and neither does the list', async () => {
  const { owner, mailId, url } = await kept()
  const { text } = await mailFile(owner, mailId)
  expect(text).toContain('<!doctype html>')
  expect(text + JSON.stringify(await listMails(owner))).not.toContain(url)
})

test('of a mail that went out the address is not to be had any more', async () => {
  const { owner, mailId, url } = await kept()
  const { server } = await openMailServer()
  await sendAgain(owner, mailId, server)
  await sendMail(mailId, server)
  const mail = await readMail(owner, mailId)
  expect(mail).toMatchObject({ link: 'sent', state: 'sent', maySend: false })
  expect(mail.text + mail.html).not.toContain(url)
})

test('an address that has ended is not shown, even before it is swept', async () => {
  const { owner, mailId, url } = await kept()
  await db()
    .update(mails)
    .set({ linkExpiresAt: sql`now() - interval '1 second'` })
    .where(eq(mails.id, mailId))
  const mail = await readMail(owner, mailId)
  expect(mail.link).toBe('ended')
  expect(mail.text).not.toContain(url)
})

// Taken out with: `partner_id` in `mailOf` of `lib/mail/read.ts`, and `partnerMustBeAllowed` in each verb.
test('A-106 another partner’s mail is not there, and the partner’s admin and support read none', async () => {
  const { workspace, mailId } = await kept()
  const stranger = personOf(await makeWorkspace())
  const verbs = [readMail, mailFile, sendAgain]
  for (const verb of verbs) {
    await expect(verb(stranger, mailId)).rejects.toMatchObject({ code: 'not_found' })
    await expect(verb(stranger, "' or 1=1")).rejects.toMatchObject({ code: 'not_found' })
    for (const role of ['admin', 'support'] as const)
      await expect(verb(personOf(workspace, role), mailId)).rejects.toMatchObject({ code: 'forbidden' })
  }
  expect((await listMails(stranger)).rows).toEqual([])
  expect((await listMails(stranger, mailId)).rows).toEqual([])
  await expect(listMails(personOf(workspace, 'admin'))).rejects.toMatchObject({ code: 'forbidden' })
})

/** A mail with the address of a new password, kept, for a person of the partner's only workspace. */
async function resetFor(workspace: TestWorkspace) {
  const person = await makeMember(workspace, 'recruiter')
  const expiresAt = new Date(Date.now() + 3_600_000)
  const key = newId()
  await transaction(tx =>
    queueMail(tx, {
      kind: 'password_reset',
      partnerId: workspace.partnerId,
      to: {
        address: person.email,
        name: person.name,
        userId: person.userId,
        locale: 'en',
        timeZone: null,
      },
      data: { until: expiresAt.toISOString() },
      link: { path: '/reset/gwr_a-secret-of-this-test', expiresAt },
      key,
    }),
  )
  const [row] = await db().select({ id: mails.id }).from(mails).where(eq(mails.key, key))
  await sendMail(row?.id ?? '', undefined)
  return { person, mailId: row?.id ?? '' }
}

// Taken out with: `isOnlyOurs` in `lib/mail/read.ts`.
test('A-112 the address of a new password is shown only where its person belongs to nobody else', async () => {
  const workspace = await makeWorkspace()
  const owner = personOf(workspace)
  const { person, mailId } = await resetFor(workspace)
  expect(await readMail(owner, mailId)).toMatchObject({ link: 'shown' })

  const elsewhere = await makeWorkspace('Elsewhere')
  const { userId } = person
  const membership = newId()
  await db()
    .insert(members)
    .values({ id: membership, workspaceId: elsewhere.workspaceId, userId, role: 'viewer' })
  const withheld = await readMail(owner, mailId)
  expect(withheld.link).toBe('withheld')
  expect(withheld.text + withheld.html).not.toContain('gwr_a-secret')

  await db().update(members).set({ removedAt: sql`now()` }).where(eq(members.id, membership))
  expect(await readMail(owner, mailId)).toMatchObject({ link: 'shown' })
  await db()
    .insert(partnerMembers)
    .values({ id: newId(), partnerId: elsewhere.partnerId, userId, role: 'support' })
  expect(await readMail(owner, mailId)).toMatchObject({ link: 'withheld' })
})

// Taken out with: `noteShown` in `lib/mail/read.ts`.
test('whoever reads a one-time address could use it herself: the log of whom it concerns says that she read it', async () => {
  const workspace = await makeWorkspace()
  const { workspaceId, owner, partnerId } = workspace
  const shown = () =>
    db()
      .select({ subject: events.subjectId, by: events.actorId, kind: events.actorKind })
      .from(events)
      .where(and(eq(events.workspaceId, workspaceId), eq(events.name, 'mail.link_shown')))
  const { person, mailId } = await resetFor(workspace)
  const invitation = await queueInvitation({ partnerId })
  await db().update(mails).set({ workspaceId }).where(eq(mails.id, invitation.mailId))
  await sendMail(invitation.mailId, undefined)
  await listMails(personOf(workspace))
  await mailFile(personOf(workspace), mailId)
  expect(await shown()).toEqual([])
  const by = { by: owner.userId, kind: 'partner' }
  await readMail(personOf(workspace), mailId)
  expect(await shown()).toEqual([{ subject: person.memberId, ...by }])
  await readMail(personOf(workspace), invitation.mailId)
  expect(await shown()).toContainEqual({ subject: invitation.mailId, ...by })
})

test('a mail that failed is sent again, once, and the record says by whom', async () => {
  const { owner, mailId } = await kept()
  const { received, server } = await openMailServer()
  await expect(sendAgain(owner, mailId)).rejects.toMatchObject({ code: 'conflict' })
  const failed = { state: 'failed', problem: 'unreachable', attempts: 10 } as const
  await db().update(mails).set(failed).where(eq(mails.id, mailId))
  await sendAgain(owner, mailId, server)
  expect(await mailRow(mailId)).toMatchObject({ state: 'queued', attempts: 0, problem: null })
  await expect(sendAgain(owner, mailId, server)).rejects.toMatchObject({ code: 'conflict' })
  await sendMail(mailId, server)
  expect(received).toHaveLength(1)
  await expect(sendAgain(owner, mailId, server)).rejects.toMatchObject({ code: 'conflict' })
  const said = await db().select().from(events).where(eq(events.subjectId, mailId))
  expect(said.map(({ name, actorId }) => [name, actorId])).toEqual([['mail.sent_again', owner.userId]])
})

test('a mail whose address has ended is not sent again', async () => {
  const { owner, mailId } = await kept()
  const { server } = await openMailServer()
  await db().update(mails).set({ linkExpiresAt: sql`now()` }).where(eq(mails.id, mailId))
  await expect(sendAgain(owner, mailId, server)).rejects.toMatchObject({ code: 'conflict' })
  expect(await mailRow(mailId)).toMatchObject({ state: 'kept' })
})

test('mails come newest first, a page after the other, whatever kinds an older or newer Gangway wrote', async () => {
  const workspace = await makeWorkspace()
  const owner = personOf(workspace)
  const { partnerId } = workspace
  const to = { toAddress: 'ines@example.com', locale: 'en', timeZone: 'UTC' }
  const made = Array.from({ length: 53 }, () => newId())
  await db()
    .insert(mails)
    .values(made.map(id => ({ id, partnerId, kind: 'greeting', data: {}, ...to })))
  const first = await listMails(owner)
  const second = await listMails(owner, first.rows.at(-1)?.id)
  expect([first.rows.length, first.more, second.rows.length, second.more]).toEqual([50, true, 3, false])
  expect(new Set([...first.rows, ...second.rows].map(({ id }) => id))).toEqual(new Set(made))
  expect(first.rows[0]?.subject).toBe('greeting')
})
