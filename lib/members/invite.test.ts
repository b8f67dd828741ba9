import { eq, inArray } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { db, sqlClient } from '#lib/db/client.ts'
import { dataKeys, events, invitations, mails } from '#lib/db/schema/index.ts'
import { makeMember, makeWorkspace } from '#lib/db/testing.ts'
import { newId } from '#lib/ids.ts'
import { loggedBy } from '#lib/log-testing.ts'
import { serverAt } from '#lib/mail/mail-server.ts'
import { sendMail } from '#lib/mail/send.ts'
import { changeRole } from './change-role.ts'
import { removeMember } from './end-membership.ts'
import { inviteMember } from './invite.ts'
import { listInvitations } from './list-invitations.ts'
import { sendInvitationAgain, withdrawInvitation } from './open-invitation.ts'
import { readInvitation } from './read-invitation.ts'
import { eventsOf, from, invite, mailedSecret, provenAgo, reads } from './testing.ts'

const anAddress = () => `new-${newId().slice(0, 8)}@larkfield.example`

async function workspaceWithAdmin() {
  const workspace = await makeWorkspace()
  const owner = await provenAgo(workspace.owner)
  const admin = await provenAgo(await makeMember(workspace, 'admin'))
  return { ...workspace, owner, admin }
}

const asking = (email: string, role = 'recruiter') => ({ fields: { email, role }, from, reads })

test('an admin invites by address: a mail with a sealed address, kept as a hash, for 72 hours', async () => {
  const { admin, workspaceId, partnerId } = await workspaceWithAdmin()
  const email = anAddress()
  const { secret, ...row } = await invite(admin, email, 'admin')
  expect(row).toMatchObject({ email, role: 'admin', invitedBy: admin.memberId, workspaceId })
  expect(row.expiresAt.getTime() - row.sentAt.getTime()).toBe(72 * 3600 * 1000)
  const [mail] = await db().select().from(mails).where(eq(mails.toAddress, email))
  expect(mail).toMatchObject({
    kind: 'invitation',
    workspaceId,
    partnerId,
    toName: '',
    data: {
      inviter: admin.name,
      workspace: 'Acme',
      partner: 'Acme Partner',
      role: 'admin',
      until: row.expiresAt.toISOString(),
    },
    linkExpiresAt: row.expiresAt,
  })
  expect(secret).toMatch(/^gwi_/)
  expect(JSON.stringify([row, mail])).not.toContain(secret.slice(4, 20))
  expect(await readInvitation(secret)).toMatchObject({
    email,
    role: 'admin',
    inviter: admin.name,
    workspace: { name: 'Acme' },
    partner: { name: 'Acme Partner' },
    hasAccount: false,
  })
  expect(await eventsOf(row.id)).toEqual(['invitation.sent'])
  const [event] = await db().select().from(events).where(eq(events.subjectId, row.id))
  expect(event?.data).toEqual({ role: 'admin' })
})

// Taken out with: `mustManage` in `invite.ts`.
test('an admin invites up to admin, an owner anybody, a recruiter and a viewer nobody', async () => {
  const { owner, admin, ...workspace } = await workspaceWithAdmin()
  for (const role of ['viewer', 'recruiter', 'admin'] as const) await invite(admin, anAddress(), role)
  await expect(inviteMember(admin, asking(anAddress(), 'owner'))).rejects.toMatchObject({
    code: 'forbidden',
    said: { key: 'people.owners_only' },
  })
  await invite(owner, anAddress(), 'owner')
  for (const role of ['recruiter', 'viewer'] as const) {
    const person = await provenAgo(await makeMember(workspace, role))
    await expect(inviteMember(person, asking(anAddress(), 'viewer'))).rejects.toMatchObject({
      code: 'forbidden',
    })
  }
})

// Taken out with: `holdPeopleOf` in `invite.ts`.
test('whoever is no longer an admin when it comes to it invites nobody', async () => {
  const { admin, workspaceId } = await workspaceWithAdmin()
  await sqlClient()`update members set role = 'recruiter' where id = ${admin.memberId}`
  await expect(inviteMember(admin, asking(anAddress()))).rejects.toMatchObject({ code: 'forbidden' })
  await sqlClient()`update members set removed_at = now() where id = ${admin.memberId}`
  await expect(inviteMember(admin, asking(anAddress()))).rejects.toMatchObject({ code: 'forbidden' })
  expect(await db().$count(invitations, eq(invitations.workspaceId, workspaceId))).toBe(0)
})

// Taken out with: `emailAddress` in `lib/forms/text.ts`.
test('A-112: an address with a look-alike letter is refused at its field, and nobody is asked', async () => {
  const { owner, workspaceId } = await workspaceWithAdmin()
  for (const email of [
    'mariana＠larkfield.example',
    'аnna@larkfield.example',
    'a@b',
    '',
    ' ',
    'x'.repeat(300),
  ])
    await expect(inviteMember(owner, asking(email))).rejects.toMatchObject({
      code: 'invalid',
      problems: { email: {} },
    })
  await expect(inviteMember(owner, asking(anAddress(), 'king'))).rejects.toMatchObject({
    problems: { role: { key: 'people.problems.role' } },
  })
  expect(await db().$count(invitations, eq(invitations.workspaceId, workspaceId))).toBe(0)
})

// Taken out with: a look at `users` before the answer in `mustBeNew` of `make-invitation.ts`.
test('A-114: inviting somebody with an account elsewhere looks just as inviting somebody nobody knows', async () => {
  const { owner, ...workspace } = await workspaceWithAdmin()
  const elsewhere = await makeMember(await makeWorkspace('Elsewhere'), 'viewer')
  const unknown = anAddress()
  await invite(owner, elsewhere.email.toUpperCase(), 'viewer')
  await invite(owner, unknown, 'viewer')
  const { rows } = await listInvitations(owner, '')
  const [one, other] = rows.map(({ id: _, email: __, sentAt: ___, expiresAt: ____, ...same }) => same)
  expect(rows).toHaveLength(2)
  expect(one).toEqual(other)
  const sent = await db().select().from(mails).where(eq(mails.workspaceId, workspace.workspaceId))
  const shown = sent.map(({ data: { until: _, ...data }, kind, toName, state, userId }) => ({
    data,
    kind,
    toName,
    state,
    userId,
  }))
  expect(shown[0]).toEqual(shown[1])
})

test('a member of this workspace is named at the field, whatever the letter case; a removed one may come back', async () => {
  const { owner, ...workspace } = await workspaceWithAdmin()
  const { email, memberId } = await makeMember(workspace, 'viewer')
  const again = inviteMember(owner, asking(email.toUpperCase()))
  await expect(again).rejects.toMatchObject({ problems: { email: { key: 'people.problems.member' } } })
  await removeMember(owner, { memberId, fields: {}, from })
  await invite(owner, email)
})

test('an address is asked once at a time, also by two at the same moment; when that has ended it makes room', async () => {
  const { owner, admin } = await workspaceWithAdmin()
  const email = anAddress()
  const both = await Promise.allSettled([owner, admin].map(person => inviteMember(person, asking(email))))
  expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  await expect(inviteMember(owner, asking(email.toUpperCase()))).rejects.toMatchObject({
    problems: { email: { key: 'people.problems.invited' } },
  })
  await sqlClient()`update invitations set expires_at = now() where email = ${email}`
  await invite(owner, email, 'viewer')
  expect((await listInvitations(owner, '')).rows).toMatchObject([{ email, role: 'viewer', ended: false }])
})

test('sent again, the new address works for 72 hours and the one before is dead at once', async () => {
  const { admin, owner } = await workspaceWithAdmin()
  const email = anAddress()
  const { id, secret } = await invite(admin, email)
  await sqlClient()`update invitations set expires_at = now() - interval '1 hour' where id = ${id}`
  expect((await listInvitations(owner, '')).rows).toMatchObject([{ id, ended: true }])
  await sendInvitationAgain(owner, { invitationId: id, fields: {}, from, reads })
  const second = await mailedSecret(email)
  expect(second).not.toBe(secret)
  expect(await readInvitation(secret)).toBeUndefined()
  expect(await readInvitation(second)).toMatchObject({ inviter: owner.name })
  expect(await eventsOf(id)).toEqual(['invitation.sent', 'invitation.sent_again'])
})

test('withdrawn, it opens nothing, is listed no more, and cannot be sent again; twice is once', async () => {
  const { admin } = await workspaceWithAdmin()
  const { id, secret } = await invite(admin, anAddress())
  const input = { invitationId: id, fields: {}, from }
  await Promise.all([withdrawInvitation(admin, input), withdrawInvitation(admin, input)])
  expect(await readInvitation(secret)).toBeUndefined()
  expect((await listInvitations(admin, '')).rows).toEqual([])
  const again = sendInvitationAgain(admin, { ...input, reads })
  await expect(again).rejects.toMatchObject({ code: 'conflict' })
  expect(await eventsOf(id)).toEqual(['invitation.sent', 'invitation.withdrawn'])
})

// Taken out with: `endUnsentLinks` in `open-invitation.ts` and in `renewInvitation`.
test('a mail that waits does not go out with an address that is dead by now', async () => {
  const { admin, partnerId } = await workspaceWithAdmin()
  const [again, gone] = [await invite(admin, anAddress()), await invite(admin, anAddress())]
  await sendInvitationAgain(admin, { invitationId: again.id, fields: {}, from, reads })
  await withdrawInvitation(admin, { invitationId: gone.id, fields: {}, from })
  const nowhere = serverAt('smtp://127.0.0.1:1', { name: '', address: 'g@example.com' })
  const waiting = await db().select().from(mails).where(eq(mails.partnerId, partnerId))
  for (const { id } of waiting) await loggedBy(() => sendMail(id, nowhere))
  const problems = await db()
    .select()
    .from(mails)
    .where(eq(mails.partnerId, partnerId))
    .orderBy(mails.createdAt)
  expect(problems.map(({ state, problem }) => `${state}: ${problem}`).sort()).toEqual([
    'failed: link_ended',
    'failed: link_ended',
    'queued: unreachable',
  ])
  expect(
    await db().$count(
      dataKeys,
      inArray(
        dataKeys.ownerId,
        waiting.map(({ id }) => id),
      ),
    ),
  ).toBe(1)
})

// Taken out with: the workspace in `open-invitation.ts`.
test('A-106 nobody reaches an invitation of another workspace, and an admin none of an owner', async () => {
  const [here, elsewhere] = [await workspaceWithAdmin(), await workspaceWithAdmin()]
  const { id } = await invite(here.owner, anAddress(), 'owner')
  const input = { invitationId: id, fields: {}, from, reads }
  for (const act of [withdrawInvitation, sendInvitationAgain]) {
    await expect(act(elsewhere.owner, input)).rejects.toMatchObject({ code: 'not_found' })
    await expect(act(here.owner, { ...input, invitationId: 'x' })).rejects.toMatchObject({
      code: 'not_found',
    })
    await expect(act(here.admin, input)).rejects.toMatchObject({ code: 'forbidden' })
  }
  expect(await eventsOf(id)).toEqual(['invitation.sent'])
})

// Taken out with: `countInvitation`.
test('five mails a day to an address from one workspace, withdrawn and asked anew or not', async () => {
  const { owner } = await workspaceWithAdmin()
  const email = anAddress()
  const { id } = await invite(owner, email)
  const again = () => sendInvitationAgain(owner, { invitationId: id, fields: {}, from, reads })
  await again()
  await again()
  await again()
  await withdrawInvitation(owner, { invitationId: id, fields: {}, from })
  await invite(owner, email)
  await sqlClient()`update invitations set withdrawn_at = now() where lower(email) = ${email}`
  await expect(inviteMember(owner, asking(email.toUpperCase()))).rejects.toMatchObject({
    code: 'too_many',
    retryAfterSeconds: expect.any(Number),
  })
  await invite((await workspaceWithAdmin()).owner, email)
})

// Taken out with: `byInviter` in `lib/limits/invitations.ts`.
test('a hundred mails an hour from one workspace', async () => {
  const { owner, workspaceId } = await workspaceWithAdmin()
  await invite(owner, anAddress())
  await sqlClient()`update rate_limits set points = 100 where key = ${`invitation-inviter:${workspaceId}`}`
  await expect(inviteMember(owner, asking(anAddress()))).rejects.toMatchObject({ code: 'too_many' })
})

// Taken out with: `withdrawBeyond` in `end-membership.ts` and in `change-role.ts`.
test('what somebody asked for ends with her right to ask: removed all of it, demoted what is above her', async () => {
  const { owner, ...workspace } = await workspaceWithAdmin()
  const second = await provenAgo(await makeMember(workspace, 'owner'))
  const [high, low] = [
    await invite(second, anAddress(), 'owner'),
    await invite(second, anAddress(), 'viewer'),
  ]
  await changeRole(owner, { memberId: second.memberId, fields: { role: 'admin' }, from })
  expect(await readInvitation(high.secret)).toBeUndefined()
  expect(await readInvitation(low.secret)).toBeDefined()
  await removeMember(owner, { memberId: second.memberId, fields: {}, from })
  expect(await readInvitation(low.secret)).toBeUndefined()
})
