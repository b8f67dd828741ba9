import { and, eq } from 'drizzle-orm'
import { expect, test, vi } from 'vitest'
import type { MemberActor, UserActor } from '#lib/actors.ts'
import * as passwords from '#lib/crypto/password.ts'
import { hashToken, newToken } from '#lib/crypto/tokens.ts'
import { db, sqlClient } from '#lib/db/client.ts'
import { identities, invitations, mails, members, oneTimeLinks, users } from '#lib/db/schema/index.ts'
import { makeMember, makeWorkspace } from '#lib/db/testing.ts'
import { newId } from '#lib/ids.ts'
import { acceptAsMyself, acceptAsNew, proveInvited } from './accept-invitation.ts'
import { removeMember } from './end-membership.ts'
import { withdrawInvitation } from './open-invitation.ts'
import { readInvitation } from './read-invitation.ts'
import { isResetLink } from './reset-password.ts'
import { eventsOf, from, invite, provenAgo } from './testing.ts'

const password = 'harbour lantern tuesday oak'
const form = { name: 'Zoë  Quinn', password }
const reads = { locale: 'en', timeZone: 'Asia/Tokyo' }
const anAddress = () => `new-${newId().slice(0, 8)}@larkfield.example`

vi.mock('#lib/crypto/password.ts', { spy: true })

async function opened() {
  const workspace = await makeWorkspace()
  return { ...workspace, owner: await provenAgo(workspace.owner) }
}

const userOf = ({ userId, name, email }: MemberActor): UserActor => ({
  kind: 'user',
  userId,
  sessionId: newId(),
  name,
  email,
})

const memberOf = async (workspaceId: string, userId: string) => {
  const [row] = await db()
    .select()
    .from(members)
    .where(and(eq(members.workspaceId, workspaceId), eq(members.userId, userId)))
  return row
}

test('somebody new makes her account with exactly the invited address, joins with the role, and the address is used up', async () => {
  const { owner, workspaceId, slug } = await opened()
  const email = anAddress()
  const { id, secret } = await invite(owner, email, 'admin')
  expect(await readInvitation(secret)).toMatchObject({ hasAccount: false })
  const wish = { ...form, email: 'other@larkfield.example', role: 'owner' }
  const joined = await acceptAsNew(secret, wish, reads)
  expect(joined.slug).toBe(slug)
  const [user] = await db().select().from(users).where(eq(users.id, joined.userId))
  expect(user).toMatchObject({ email, name: 'Zoë Quinn', timeZone: 'Asia/Tokyo' })
  const member = await memberOf(workspaceId, joined.userId)
  expect(member).toMatchObject({ role: 'admin', removedAt: null })
  const [row] = await db().select().from(invitations).where(eq(invitations.id, id))
  expect(row).toMatchObject({ acceptedBy: member?.id, acceptedAt: expect.any(Date) })
  expect(await eventsOf(id)).toEqual(['invitation.sent', 'invitation.accepted'])
  expect(await readInvitation(secret)).toBeUndefined()
  const [mail] = await db().select().from(mails).where(eq(mails.toAddress, email))
  expect(mail?.sealedLink).toBeNull()
  await expect(acceptAsNew(secret, form, reads)).rejects.toMatchObject({ code: 'gone' })
})

test('an empty name and a weak password are named at their fields, and nothing is used up', async () => {
  const { owner } = await opened()
  const { secret, email } = await invite(owner, anAddress())
  const unnamed = acceptAsNew(secret, { ...form, name: '\u200b' }, reads)
  await expect(unnamed).rejects.toMatchObject({ problems: { name: { key: 'forms.empty' } } })
  const address = acceptAsNew(secret, { ...form, name: 'Pay at evil.com' }, reads)
  await expect(address).rejects.toMatchObject({ problems: { name: { key: 'forms.address_in_name' } } })
  const weak = acceptAsNew(secret, { ...form, password: 'acme acme partner acme' }, reads)
  await expect(weak).rejects.toMatchObject({ problems: { password: { key: 'password.context' } } })
  expect(await db().$count(users, eq(users.email, email))).toBe(0)
  expect(await readInvitation(secret)).toBeDefined()
})

// Taken out with: the condition of `useUp` in `accept-invitation.ts`.
test('two at the same time: one joins', async () => {
  const { owner, workspaceId } = await opened()
  const { secret, email } = await invite(owner, anAddress())
  const ended = await Promise.allSettled([1, 2, 3].map(() => acceptAsNew(secret, form, reads)))
  expect(ended.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected', 'rejected'])
  for (const each of ended)
    if (each.status === 'rejected') expect(each.reason).toMatchObject({ code: 'gone' })
  expect(await db().$count(users, eq(users.email, email))).toBe(1)
  expect(await db().$count(members, eq(members.workspaceId, workspaceId))).toBe(2)
})

test('invited by two workspaces, she accepts both at the same moment: one account, and the other one is still open', async () => {
  const [one, other] = [await opened(), await opened()]
  const email = anAddress()
  const asked = [await invite(one.owner, email), await invite(other.owner, email.toUpperCase())]
  const ended = await Promise.allSettled(asked.map(({ secret }) => acceptAsNew(secret, form, reads)))
  const refused = ended.flatMap((each, at) => (each.status === 'rejected' ? [{ ...each, at }] : []))
  expect(refused).toMatchObject([{ reason: { code: 'conflict', said: { key: 'invitation.has_account' } } }])
  const left = asked[refused[0]?.at ?? 0]?.secret ?? ''
  expect(await readInvitation(left)).toMatchObject({ hasAccount: true })
})

test('somebody with an account proves that address, and joins without a second account', async () => {
  const { owner, workspaceId } = await opened()
  const known = await provenAgo(
    await makeMember(await makeWorkspace('Elsewhere'), 'viewer'),
    0,
    await passwords.hashPassword(password),
  )
  const { secret } = await invite(owner, known.email.toUpperCase(), 'recruiter')
  await expect(acceptAsNew(secret, form, reads)).rejects.toMatchObject({ code: 'conflict' })
  const wrong = proveInvited(secret, { password: 'not this one, surely', email: owner.email }, from)
  await expect(wrong).rejects.toMatchObject({ code: 'invalid' })
  expect(await proveInvited(secret, { password, email: owner.email }, from)).toBe(known.userId)
  expect(await readInvitation(secret)).toMatchObject({ hasAccount: true })
  await acceptAsMyself(secret, userOf(known))
  expect(await memberOf(workspaceId, known.userId)).toMatchObject({ role: 'recruiter' })
  expect(await db().$count(identities, eq(identities.userId, known.userId))).toBe(1)
})

// Taken out with: `isInvited` in `acceptAsMyself`.
test('A-112: whoever is signed in as somebody else never joins, and the invitation stays open', async () => {
  const { owner, workspaceId } = await opened()
  const other = await makeMember(await makeWorkspace('Elsewhere'), 'owner')
  const { secret } = await invite(owner, anAddress(), 'admin')
  await expect(acceptAsMyself(secret, userOf(other))).rejects.toMatchObject({ code: 'forbidden' })
  expect(await memberOf(workspaceId, other.userId)).toBeUndefined()
  expect(await readInvitation(secret)).toBeDefined()
})

// Taken out with: `dropResetLinks` in `join` of `accept-invitation.ts`.
test('A-112 a link for her password that another partner’s owner may have read opens nothing here', async () => {
  const { owner } = await opened()
  const person = await makeMember(await makeWorkspace('Elsewhere'), 'viewer')
  const link = newToken('gwr')
  await db()
    .insert(oneTimeLinks)
    .values({
      id: newId(),
      purpose: 'password_reset',
      userId: person.userId,
      secretHash: hashToken(link),
      expiresAt: new Date(Date.now() + 3_600_000),
    })
  const { secret } = await invite(owner, person.email)
  expect(await isResetLink(link)).toBe(true)
  await acceptAsMyself(secret, userOf(person))
  expect(await isResetLink(link)).toBe(false)
})

test('used, over, withdrawn, cut short, of another kind or made up: all of them look the same', async () => {
  const { owner } = await opened()
  const [over, withdrawn] = [await invite(owner, anAddress()), await invite(owner, anAddress())]
  await sqlClient()`update invitations set expires_at = now() where id = ${over.id}`
  await withdrawInvitation(owner, { invitationId: withdrawn.id, fields: {}, from })
  const { secret } = await invite(owner, anAddress())
  const tried = [
    over.secret,
    withdrawn.secret,
    secret.slice(0, -1),
    secret.replace('gwi', 'gws'),
    '',
    'gwi_x',
  ]
  for (const each of [...tried, 'a'.repeat(10_000)]) {
    expect(await readInvitation(each)).toBeUndefined()
    await expect(acceptAsNew(each, form, reads)).rejects.toMatchObject({ code: 'gone' })
    await expect(acceptAsMyself(each, userOf(owner))).rejects.toMatchObject({ code: 'gone' })
    await expect(proveInvited(each, form, from)).rejects.toMatchObject({ code: 'gone' })
  }
})

test('somebody who was removed and is invited again gets her own row back, with the new role', async () => {
  const { owner, workspaceId, ...workspace } = await opened()
  const person = await makeMember({ ...workspace, workspaceId }, 'admin')
  await removeMember(owner, { memberId: person.memberId, fields: {}, from })
  const { secret } = await invite(owner, person.email, 'viewer')
  await acceptAsMyself(secret, userOf(person))
  expect(await memberOf(workspaceId, person.userId)).toMatchObject({
    id: person.memberId,
    role: 'viewer',
    removedAt: null,
  })
  expect(await eventsOf(person.memberId)).toEqual(['member.removed', 'member.added'])
})

test('whoever became a member meanwhile keeps the role that she has', async () => {
  const { owner, workspaceId, ...workspace } = await opened()
  const email = anAddress()
  const { secret } = await invite(owner, email, 'admin')
  const person = await makeMember({ ...workspace, workspaceId }, 'viewer')
  await sqlClient()`update users set email = ${email} where id = ${person.userId}`
  await acceptAsMyself(secret, userOf({ ...person, email }))
  expect(await memberOf(workspaceId, person.userId)).toMatchObject({ role: 'viewer' })
  expect(await readInvitation(secret)).toBeUndefined()
})
