import { eq } from 'drizzle-orm'
import { expect, test, vi } from 'vitest'
import type { PartnerActor } from '#lib/actors.ts'
import { db, sqlClient } from '#lib/db/client.ts'
import { events, invitations, linkSessions, mails, members, workspaces } from '#lib/db/schema/index.ts'
import { acceptAsMyself, acceptAsNew } from '#lib/members/accept-invitation.ts'
import { readInvitation } from '#lib/members/read-invitation.ts'
import { from, mailedSecret, reads } from '#lib/members/testing.ts'
import { workspacesOf } from '#lib/members/workspaces-of.ts'
import { keptApp, partnerPerson } from '#lib/partners/testing.ts'
import { beginAsCustomer } from './begin.ts'
import { inviteCustomer } from './invite.ts'
import { listCustomers } from './list.ts'
import { inviteCustomerAgain, withdrawCustomer } from './open-invitation.ts'

const password = 'ferry plank quay lantern'
const unique = () => crypto.randomUUID().slice(0, 8)

async function invited(actor: PartnerActor, wish: { company?: string; email?: string } = {}) {
  const { company = `Quarry ${unique()}`, email = `ada-${unique()}@quarry.example` } = wish
  await inviteCustomer(actor, { fields: { company, email }, from, reads: fromSession })
  const [row] = await db().select().from(workspaces).where(eq(workspaces.name, company))
  if (!row) throw new Error('no workspace')
  return { company, email, workspaceId: row.id, secret: await mailedSecret(email) }
}

/** As a session hands it on: all of the reader's row, her own name too. */
const fromSession = { ...reads, name: 'Nadia of the partner' }

/** So many transactions wait for another one. */
async function waiting(count: number): Promise<void> {
  const [locks] = await sqlClient()`select count(*)::int as n from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`
  expect(locks?.n).toBe(count)
}

const rowOf = async (actor: PartnerActor, q: string) => (await listCustomers(actor, { q })).rows[0]

test('a customer is invited: a workspace that nobody owns, a mail in its own words, and what happened on record', async () => {
  const actor = await partnerPerson('admin')
  const { company, email, workspaceId, secret } = await invited(actor)
  expect(await db().$count(members, eq(members.workspaceId, workspaceId))).toBe(0)
  expect(await workspacesOf(actor)).toHaveLength(1)
  const [mail] = await db().select().from(mails).where(eq(mails.toAddress, email))
  expect(mail).toMatchObject({ kind: 'customer_invitation', workspaceId, partnerId: actor.partnerId })
  expect(mail?.toName, 'nobody knows her name yet').toBe('')
  expect(await rowOf(actor, company)).toMatchObject({ mine: false, invitation: { email, ended: false } })
  expect(await readInvitation(secret)).toMatchObject({ role: 'owner', inviter: null, hasAccount: false })
  const told = await db().select().from(events).where(eq(events.workspaceId, workspaceId))
  expect(told.map(({ name, actorKind }) => [name, actorKind]).toSorted()).toEqual([
    ['invitation.sent', 'partner'],
    ['workspace.created', 'partner'],
  ])
  expect(JSON.stringify(told.map(({ data }) => data))).not.toContain(email)
})

test('whoever accepts owns the workspace and stands in the wizard at How, where the partner has its app', async () => {
  const actor = await partnerPerson('owner')
  await keptApp(actor.partnerId, 'sandbox')
  const { company, secret, workspaceId } = await invited(actor)
  const joined = await acceptAsNew(secret, { name: 'Ada Quarry', password }, reads)
  expect(joined).toMatchObject({ ofCustomer: true, member: { role: 'owner', workspaceId } })
  const walk = await beginAsCustomer(joined.member)
  const [session] = await db().select().from(linkSessions).where(eq(linkSessions.id, walk))
  expect(session).toMatchObject({
    workspaceId,
    positionId: null,
    connector: 'workable',
    environment: 'sandbox',
    step: 'how',
    startedBy: joined.member.memberId,
  })
  const row = await rowOf(actor, company)
  expect(row).toMatchObject({ mine: false, walk: { leg: 'choose' } })
  expect(row?.invitation).toBeUndefined()
  await expect(acceptAsNew(secret, { name: 'Ada', password }, reads)).rejects.toMatchObject({ code: 'gone' })
})

test('without an app the first ATS itself; with both the ATS before its sandbox; a removed app does not count', async () => {
  const actor = await partnerPerson('owner')
  const { secret } = await invited(actor)
  const { member } = await acceptAsNew(secret, { name: 'Ada Quarry', password }, reads)
  const placeOf = async () => {
    const walk = await beginAsCustomer(member)
    const [session] = await db().select().from(linkSessions).where(eq(linkSessions.id, walk))
    return session?.environment
  }
  expect(await placeOf()).toBe('live')
  await keptApp(actor.partnerId, 'sandbox')
  expect(await placeOf()).toBe('sandbox')
  const live = await keptApp(actor.partnerId, 'live')
  expect(await placeOf()).toBe('live')
  await sqlClient()`update oauth_apps set removed_at = now() where id = ${live}`
  expect(await placeOf()).toBe('sandbox')
})

test('somebody who has an account elsewhere accepts as herself, and owns it as well', async () => {
  const actor = await partnerPerson('owner')
  const elsewhere = await partnerPerson('owner')
  const { secret, workspaceId } = await invited(actor, { email: elsewhere.email.toUpperCase() })
  const { userId, sessionId, name, email } = elsewhere
  const joined = await acceptAsMyself(secret, { kind: 'user', userId, sessionId, name, email })
  expect(joined).toMatchObject({ ofCustomer: true, member: { role: 'owner', workspaceId } })
})

test('the same company is not invited twice: the answer says what is the way on', async () => {
  const actor = await partnerPerson('owner')
  const { company, email, secret } = await invited(actor)
  const again = (fields: { company: string; email: string }) => inviteCustomer(actor, { fields, from, reads })
  await expect(again({ company: company.toUpperCase(), email: ` ${email} ` })).rejects.toMatchObject({
    problems: { email: { key: 'customers.problems.invited' } },
  })
  await expect(again({ company, email: 'other@quarry.example' })).rejects.toMatchObject({
    problems: { company: { key: 'customers.problems.invited_elsewhere' } },
  })
  await acceptAsNew(secret, { name: 'Ada Quarry', password }, reads)
  await expect(again({ company, email })).rejects.toMatchObject({
    problems: { company: { key: 'customers.problems.there' } },
  })
  for (const odd of ['', ' \u200b ', 'x'.repeat(81), 'https://evil.example'])
    await expect(again({ company: odd, email })).rejects.toMatchObject({ problems: { company: {} } })
  await expect(again({ company: 'New', email: 'ada' })).rejects.toMatchObject({ problems: { email: {} } })
})

// Taken out with: `holdPartner` in `lib/customers/invite.ts`.
test('one press too many invites once', async () => {
  const actor = await partnerPerson('owner')
  const fields = { company: `Twin ${unique()}`, email: `twin-${unique()}@quarry.example` }
  // Whoever has seen that there is none waits here before making one.
  const tries = await sqlClient().begin(async tx => {
    await tx`select pg_advisory_xact_lock(hashtextextended('gangway/workspace-slug', 0))`
    const begun = [1, 2, 3].map(() => inviteCustomer(actor, { fields, from, reads }))
    await vi.waitFor(() => waiting(3))
    return { begun }
  })
  const done = await Promise.allSettled(tries.begun)
  expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  expect(await db().$count(workspaces, eq(workspaces.name, fields.company))).toBe(1)
})

test('sent again, also after its 72 hours, the new address counts and the one before opens nothing', async () => {
  const actor = await partnerPerson('owner')
  const { company, email, workspaceId, secret } = await invited(actor)
  await sqlClient()`update invitations set expires_at = now() where workspace_id = ${workspaceId}`
  expect(await rowOf(actor, company)).toMatchObject({ invitation: { ended: true } })
  await inviteCustomerAgain(actor, { workspaceId, fields: {}, from, reads })
  expect(await rowOf(actor, company)).toMatchObject({ invitation: { ended: false } })
  const next = await mailedSecret(email)
  expect(next).not.toBe(secret)
  expect(await readInvitation(secret)).toBeUndefined()
  expect(await readInvitation(next)).toMatchObject({ email })
})

test('withdrawn, its address opens nothing, its workspace is gone, its mail stays without one, and it can be invited anew', async () => {
  const actor = await partnerPerson('owner')
  const { company, email, workspaceId, secret } = await invited(actor)
  await withdrawCustomer(actor, { workspaceId, fields: {}, from })
  expect(await readInvitation(secret)).toBeUndefined()
  expect(await rowOf(actor, company)).toBeUndefined()
  expect(await db().$count(invitations, eq(invitations.workspaceId, workspaceId))).toBe(0)
  const [mail] = await db().select().from(mails).where(eq(mails.toAddress, email))
  expect(mail).toMatchObject({ workspaceId: null, partnerId: actor.partnerId, sealedLink: null })
  const told = await db().select().from(events).where(eq(events.workspaceId, workspaceId))
  expect(told.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['invitation.withdrawn', 'workspace.removed']),
  )
  await expect(withdrawCustomer(actor, { workspaceId, fields: {}, from })).rejects.toMatchObject({
    code: 'not_found',
  })
  await invited(actor, { company, email })
})

// Taken out with: `acceptedAt` in `readInvitedCustomer`.
test('what was accepted is not withdrawn, whoever comes first', async () => {
  const actor = await partnerPerson('owner')
  for (const _ of [1, 2]) {
    const { workspaceId, secret } = await invited(actor)
    const [accepted, withdrawn] = await Promise.allSettled([
      acceptAsNew(secret, { name: 'Ada Quarry', password }, reads),
      withdrawCustomer(actor, { workspaceId, fields: {}, from }),
    ])
    const there = await db().$count(workspaces, eq(workspaces.id, workspaceId))
    const people = await db().$count(members, eq(members.workspaceId, workspaceId))
    const refused = [accepted, withdrawn].map(each => each.status === 'rejected' && each.reason.code)
    expect([refused, people]).toEqual(there === 1 ? [[false, 'conflict'], 1] : [['gone', false], 0])
  }
  const { workspaceId, secret } = await invited(actor)
  await acceptAsNew(secret, { name: 'Ada Quarry', password }, reads)
  const late = withdrawCustomer(actor, { workspaceId, fields: {}, from })
  await expect(late).rejects.toMatchObject({ code: 'conflict' })
})

// Taken out with: `holdPeople` in `lib/customers/open-invitation.ts`, at each of its two places.
test.each([
  ['withdrawn', withdrawCustomer],
  ['sent again', inviteCustomerAgain],
])(
  'what is being accepted at this moment is not %s: whoever wants to waits, and is told',
  async (_, verb) => {
    const actor = await partnerPerson('owner')
    const { email, workspaceId, secret } = await invited(actor)
    const tries = await sqlClient().begin(async tx => {
      // The invitation is used up, and nobody has joined yet.
      await tx`lock table users in share mode`
      const accepting = acceptAsNew(secret, { name: 'Ada Quarry', password }, reads)
      await vi.waitFor(() => waiting(1), 8_000)
      const late = verb(actor, { workspaceId, fields: {}, from, reads }).catch(error => error)
      await vi.waitFor(() => waiting(2), 8_000)
      return { accepting, late }
    })
    expect(await tries.accepting).toMatchObject({ member: { role: 'owner', workspaceId } })
    expect(await tries.late).toMatchObject({ code: 'conflict' })
    expect(await db().$count(mails, eq(mails.toAddress, email))).toBe(1)
  },
)

// Taken out with: `partnerId` in `customersInvitation`.
test('A-106 another partner neither sends again nor withdraws; support does nothing of it, and sees no address', async () => {
  const actor = await partnerPerson('owner')
  const { company, workspaceId, secret } = await invited(actor)
  const [other, support] = [await partnerPerson('owner'), await partnerPerson('support')]
  const input = { workspaceId, fields: {}, from, reads }
  for (const [who, code] of [
    [other, 'not_found'],
    [support, 'forbidden'],
  ] as const) {
    await expect(inviteCustomerAgain(who, input)).rejects.toMatchObject({ code })
    await expect(withdrawCustomer(who, input)).rejects.toMatchObject({ code })
  }
  const fields = { company: 'Support’s own', email: 'x@quarry.example' }
  await expect(inviteCustomer(support, { ...input, fields })).rejects.toMatchObject({ code: 'forbidden' })
  const colleague: PartnerActor = { ...support, partnerId: actor.partnerId }
  expect((await rowOf(colleague, company))?.invitation).toMatchObject({ email: null, ended: false })
  expect(await readInvitation(secret)).toBeDefined()
})

test('an old sign-in wants the password for each of it', async () => {
  const actor = await partnerPerson('owner')
  const { workspaceId, secret } = await invited(actor)
  await sqlClient()`update sessions set proven_at = now() - interval '16 minutes' where id = ${actor.sessionId}`
  const input = { workspaceId, fields: {}, from, reads }
  const needed = { problems: { password: { key: 'prove.needed' } } }
  await expect(invited(actor)).rejects.toMatchObject(needed)
  await expect(inviteCustomerAgain(actor, input)).rejects.toMatchObject(needed)
  await expect(withdrawCustomer(actor, input)).rejects.toMatchObject(needed)
  expect(await readInvitation(secret)).toBeDefined()
})

// Taken out with: `countInvitation` in `invite.ts` and `open-invitation.ts`.
test('five mails a day to an address from one partner, for one company or for several', async () => {
  const actor = await partnerPerson('owner')
  const { workspaceId, email } = await invited(actor)
  for (const _ of [1, 2]) await inviteCustomerAgain(actor, { workspaceId, fields: {}, from, reads })
  for (const _ of [1, 2]) await invited(actor, { email })
  await expect(invited(actor, { email })).rejects.toMatchObject({ code: 'too_many' })
  const again = inviteCustomerAgain(actor, { workspaceId, fields: {}, from, reads })
  await expect(again).rejects.toMatchObject({ code: 'too_many' })
})
