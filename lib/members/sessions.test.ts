import { expect, test, vi } from 'vitest'
import type { MemberActor } from '#lib/actors.ts'
import { listEvents } from '#lib/audit/list.ts'
import { auditQuery } from '#lib/audit/query.ts'
import { hashPassword } from '#lib/crypto/password.ts'
import { newToken } from '#lib/crypto/tokens.ts'
import { db, sqlClient, transaction } from '#lib/db/client.ts'
import { members, partnerMembers } from '#lib/db/schema/index.ts'
import { makeMember, makeWorkspace } from '#lib/db/testing.ts'
import { newId } from '#lib/ids.ts'
import { editAccount } from './edit-account.ts'
import { endSession } from './end-session.ts'
import { findSession } from './find-session.ts'
import { proveAgain } from './prove-again.ts'
import { endOtherSessions, endOwnSession, listSessions } from './sessions.ts'
import { checkPassword } from './sign-in.ts'
import { startSession } from './start-session.ts'

const right = 'ferry plank quay lantern'
const hash = hashPassword(right)
const browser = { userAgent: 'Mozilla/5.0 (X11; Linux x86_64) Firefox/153.0', timeZone: null }
let address = 0

const signIn = async (person: MemberActor) => {
  address += 1
  const made = await startSession(person.userId, { ...browser, address: `192.0.2.${address}` })
  const token = { secret: made.secret, userId: person.userId }
  return { ...made, token, actor: { ...person, sessionId: made.id } }
}
const isIn = async (one: Awaited<ReturnType<typeof signIn>>) => (await findSession(one.token)) !== undefined
const logOf = async (owner: MemberActor, kind = 'session') =>
  (await listEvents(owner, { ...auditQuery({}), kind }, { timeZone: 'UTC', namesMeant: [] })).rows.map(
    ({ name, who, subject, address: from }) => ({ name, who: who.name, on: subject.name, from }),
  )
const namesIn = async (owner: MemberActor, kind?: string) =>
  (await logOf(owner, kind)).map(({ name }) => name)

async function makePerson() {
  const workspace = await makeWorkspace()
  const id = newId()
  await sqlClient()`insert into identities (id, user_id, kind, password_hash)
    values (${id}, ${workspace.owner.userId}, 'password', ${await hash})`
  return workspace
}

/** The same person in one more workspace; its owner reads its log. */
async function joins(person: MemberActor) {
  const other = await makeWorkspace('Other')
  await db()
    .insert(members)
    .values({ id: newId(), workspaceId: other.workspaceId, userId: person.userId, role: 'viewer' })
  return other
}

test('she sees where she is signed in, this browser first, and nobody else’s sign-ins or ended ones', async () => {
  const { owner } = await makeWorkspace()
  const [first, ended, current] = [await signIn(owner), await signIn(owner), await signIn(owner)]
  await signIn((await makeWorkspace()).owner)
  await endSession(ended.token)
  await sqlClient()`update sessions set last_used_at = now() + interval '1 minute' where id = ${first.id}`
  const { rows, more } = await listSessions(current.actor)
  expect(rows.map(({ id, current: now }) => [id, now])).toEqual([
    [current.id, true],
    [first.id, false],
    [owner.sessionId, false],
  ])
  expect(rows[1]).toMatchObject({
    userAgent: browser.userAgent,
    address: expect.stringMatching(/^192\.0\.2\./),
  })
  expect(more).toBe(false)
})

// Taken out with: `endedAt` in `endOwnSession`.
test('A-110: a session that she ends is out at its next request; twice is once, and only her own can be ended', async () => {
  const { owner } = await makeWorkspace()
  const colleague = await makeMember(owner, 'admin')
  const [here, there, hers] = [await signIn(owner), await signIn(owner), await signIn(colleague)]
  await endOwnSession(here.actor, there.id)
  await endOwnSession(here.actor, there.id)
  expect([await isIn(here), await isIn(there), await isIn(hers)]).toEqual([true, false, true])
  for (const id of [hers.id, newId(), "' or true --"])
    await expect(endOwnSession(here.actor, id)).rejects.toMatchObject({ code: 'not_found' })
  expect(await isIn(hers)).toBe(true)
  expect(await namesIn(owner)).toEqual([
    'session.ended_elsewhere',
    'session.started',
    'session.started',
    'session.started',
  ])
})

// Taken out with: `endedAt` in `endSessionsOf`.
test('A-110: signing out everywhere else ends all of hers but this one, and is one entry of the log', async () => {
  const { owner } = await makeWorkspace()
  const colleague = await signIn(await makeMember(owner, 'admin'))
  const all = [await signIn(owner), await signIn(owner), await signIn(owner)] as const
  expect(await endOtherSessions(all[2].actor)).toBe(3)
  expect(await endOtherSessions(all[2].actor)).toBe(0)
  expect(await Promise.all(all.map(isIn))).toEqual([false, false, true])
  expect(await isIn(colleague)).toBe(true)
  expect((await namesIn(owner)).filter(name => name === 'session.others_ended')).toHaveLength(1)
})

test('a sign-in and a sign-out stand in the log of each workspace she is in, with who and from where', async () => {
  const { owner } = await makeWorkspace()
  const [other, left] = [await joins(owner), await joins(owner)]
  await sqlClient()`update members set removed_at = now()
    where workspace_id = ${left.workspaceId} and user_id = ${owner.userId}`
  const one = await signIn(owner)
  await endSession(one.token)
  await endSession(one.token)
  for (const reader of [owner, other.owner])
    expect(await logOf(reader)).toMatchObject([
      { name: 'session.ended', who: owner.name, from: `192.0.2.${address}` },
      { name: 'session.started', who: owner.name, from: `192.0.2.${address}` },
    ])
  expect(await namesIn(left.owner)).toEqual([])
})

test('somebody of the partner who is in no workspace stands in the partner’s record', async () => {
  const { owner, partnerId } = await makeWorkspace()
  await sqlClient()`update members set removed_at = now() where user_id = ${owner.userId}`
  await signIn(owner)
  const rows =
    await sqlClient()`select name, workspace_id, subject_kind from events where partner_id = ${partnerId}`
  expect([...rows]).toEqual([{ name: 'session.started', workspace_id: null, subject_kind: 'session' }])
  await db().delete(partnerMembers)
  await signIn(owner)
  expect(await sqlClient()`select 1 from events where partner_id = ${partnerId}`).toHaveLength(1)
})

test('a wrong password stands in the log once a try: at whose account, from where; nothing of what was typed', async () => {
  const { owner } = await makePerson()
  const other = await joins(owner)
  const typed = newToken('gws')
  const from = { address: '198.51.100.9', userAgent: browser.userAgent }
  await expect(checkPassword({ email: owner.email, password: typed }, from)).rejects.toThrow()
  const entry = { name: 'session.refused', who: null, on: owner.name, from: '198.51.100.9' }
  await vi.waitFor(async () => {
    for (const reader of [owner, other.owner]) expect(await logOf(reader)).toEqual([entry])
  })
  expect(JSON.stringify(await sqlClient()`select * from events`)).not.toContain(typed)
})

// Taken out with: `by` in `prove-again.ts`.
test('a wrong password of somebody who is signed in is hers in the log', async () => {
  const { owner } = await makePerson()
  const { actor } = await signIn(owner)
  await sqlClient()`update sessions set proven_at = now() - interval '1 hour' where id = ${actor.sessionId}`
  await expect(proveAgain(actor, 'not this one', { address: '::1' })).rejects.toThrow()
  await vi.waitFor(async () => expect((await logOf(owner))[0]).toMatchObject({ who: owner.name }))
})

// Taken out with: `noteRefusal` behind `countSignIn` in `sign-in.ts`.
test('A-113: nobody floods a log: what the limits refuse is no entry', async () => {
  const { owner } = await makePerson()
  const tries = Array.from({ length: 14 }, () =>
    checkPassword({ email: owner.email, password: 'no' }, { address: '::9' }),
  )
  await Promise.allSettled(tries)
  await vi.waitFor(async () => expect(await namesIn(owner)).toHaveLength(10))
}, 30_000)

// Taken out with: `await` before `noteRefusal` in `sign-in.ts`.
test('A-114: a refusal does not wait for the log', async () => {
  const { owner } = await makePerson()
  const began = performance.now()
  await transaction(async tx => {
    await tx.execute('lock table events in access exclusive mode')
    await expect(
      checkPassword({ email: owner.email, password: 'no' }, { address: '::7' }),
    ).rejects.toMatchObject({
      code: 'invalid',
    })
  })
  expect(performance.now() - began).toBeLessThan(4000)
  await vi.waitFor(async () => expect(await namesIn(owner)).toEqual(['session.refused']))
})

test('a change of her own name is on record by what it touched, and the same name is none', async () => {
  const { owner } = await makeWorkspace()
  await editAccount(owner, { name: 'Zoë Quinn', zone: 'Europe/Amsterdam' })
  await editAccount(owner, { name: 'Zoë Quinn', zone: 'Europe/Amsterdam' })
  const { rows } = await listEvents(
    owner,
    { ...auditQuery({}), kind: 'account' },
    { timeZone: 'UTC', namesMeant: [] },
  )
  expect(rows).toMatchObject([{ name: 'account.edited', who: { name: 'Zoë Quinn' }, data: { name: true } }])
  expect(JSON.stringify(rows.map(({ data }) => data))).not.toContain('Zoë')
})
