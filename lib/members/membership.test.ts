import { eq } from 'drizzle-orm'
import { beforeEach, expect, test, vi } from 'vitest'
import type { MemberActor } from '#lib/actors.ts'
import * as passwords from '#lib/crypto/password.ts'
import { Secret } from '#lib/crypto/secret.ts'
import { db, sqlClient, transaction } from '#lib/db/client.ts'
import { candidateCredentials, dataKeys, linkSessions, members, sessions } from '#lib/db/schema/index.ts'
import { makeMember, makeWorkspace } from '#lib/db/testing.ts'
import { keepCandidate } from '#lib/link-sessions/candidate-credential.ts'
import { readWalk } from '#lib/link-sessions/read.ts'
import { startLinkSession } from '#lib/link-sessions/start.ts'
import { makePosition, userOf } from '#lib/link-sessions/testing.ts'
import { editPosition } from '#lib/positions/edit.ts'
import { readPosition } from '#lib/positions/read.ts'
import { changeRole } from './change-role.ts'
import { leaveWorkspace, removeMember } from './end-membership.ts'
import { listPeople, peopleQuery, readPerson } from './list-people.ts'
import { eventsOf, from, provenAgo } from './testing.ts'

const password = 'harbour lantern tuesday oak'

// The limits are of interest here and the hash is not: a cheap one stands in.
vi.mock('#lib/crypto/password.ts', { spy: true })
beforeEach(() => {
  vi.mocked(passwords.verifyPassword).mockImplementation(
    async (typed, kept) => kept !== null && typed === password,
  )
  vi.mocked(passwords.needsRehash).mockReturnValue(false)
})

async function team() {
  const workspace = await makeWorkspace()
  const [owner, admin, recruiter] = [
    await provenAgo(workspace.owner),
    await provenAgo(await makeMember(workspace, 'admin')),
    await provenAgo(await makeMember(workspace, 'recruiter')),
  ]
  return { ...workspace, owner, admin, recruiter }
}

const remove = (actor: MemberActor, { memberId }: MemberActor, fields = {}) =>
  removeMember(actor, { memberId, fields, from })
const give = (actor: MemberActor, { memberId }: MemberActor, role: string, fields = {}) =>
  changeRole(actor, { memberId, fields: { role, ...fields }, from })
const leave = (actor: MemberActor, fields = {}) => leaveWorkspace(actor, { fields, from })

const roleOf = async ({ memberId }: MemberActor) => {
  const [row] = await db().select().from(members).where(eq(members.id, memberId))
  return row?.removedAt ? 'removed' : row?.role
}
const isSignedIn = async ({ sessionId }: MemberActor) => {
  const [row] = await db().select().from(sessions).where(eq(sessions.id, sessionId))
  return row?.endedAt === null
}

// Taken out with: `mustManage` in `change-role.ts` and in `end-membership.ts`.
test('an admin makes and removes up to admins and touches no owner; below admin nobody is touched', async () => {
  const { owner, admin, recruiter, ...workspace } = await team()
  await give(admin, recruiter, 'admin')
  expect(await roleOf(recruiter)).toBe('admin')
  expect(await eventsOf(recruiter.memberId)).toEqual(['member.role_changed'])
  const forbidden = { code: 'forbidden', said: { key: 'people.owners_only' } }
  await expect(give(admin, recruiter, 'owner')).rejects.toMatchObject(forbidden)
  await expect(give(admin, owner, 'viewer')).rejects.toMatchObject(forbidden)
  await expect(remove(admin, owner)).rejects.toMatchObject(forbidden)
  const viewer = await provenAgo(await makeMember(workspace, 'viewer'))
  for (const role of ['recruiter', 'viewer'] as const) {
    const person = await provenAgo(await makeMember(workspace, role))
    await expect(give(person, viewer, 'viewer')).rejects.toMatchObject({ code: 'forbidden' })
    await expect(remove(person, viewer)).rejects.toMatchObject({ code: 'forbidden' })
  }
  await expect(give(owner, viewer, 'king')).rejects.toMatchObject({
    problems: { role: { key: 'people.problems.role' } },
  })
  await give(owner, recruiter, 'owner')
  await remove(admin, viewer)
  expect([await roleOf(recruiter), await roleOf(viewer)]).toEqual(['owner', 'removed'])
})

// Taken out with: the workspace in `living` of `hold-people.ts`.
test('A-106 nobody reaches the people of another workspace, by any id', async () => {
  const [here, elsewhere] = [await team(), await team()]
  await expect(give(elsewhere.owner, here.recruiter, 'viewer')).rejects.toMatchObject({ code: 'not_found' })
  await expect(remove(elsewhere.owner, here.recruiter)).rejects.toMatchObject({ code: 'not_found' })
  await expect(readPerson(elsewhere.owner, here.recruiter.memberId)).rejects.toMatchObject({
    code: 'not_found',
  })
  const odd = { ...here.recruiter, memberId: "'" }
  await expect(remove(here.owner, odd)).rejects.toMatchObject({ code: 'not_found' })
  expect(await roleOf(here.recruiter)).toBe('recruiter')
})

// Taken out with: `mustLeaveAnOwner`.
test('the last owner can neither leave, nor be removed, nor made less; one who is switched off does not count', async () => {
  const { owner, ...workspace } = await team()
  const lastOwner = { code: 'invalid', problems: { '': { key: 'people.problems.last_owner' } } }
  const off = await makeMember(workspace, 'owner')
  await sqlClient()`update users set disabled_at = now() where id = ${off.userId}`
  await expect(leave(owner)).rejects.toMatchObject(lastOwner)
  await expect(remove(owner, owner)).rejects.toMatchObject(lastOwner)
  await expect(give(owner, owner, 'admin')).rejects.toMatchObject(lastOwner)
  expect(await roleOf(owner)).toBe('owner')
  await makeMember(workspace, 'owner')
  await leave(owner)
  expect(await roleOf(owner)).toBe('removed')
  expect(await eventsOf(owner.memberId)).toEqual(['member.left'])
})

// Taken out with: `for no key update` in `hold-people.ts`.
test.each([
  ['each leaves', (one: MemberActor, other: MemberActor) => [leave(one), leave(other)]],
  [
    'each removes the other',
    (one: MemberActor, other: MemberActor) => [remove(one, other), remove(other, one)],
  ],
  [
    'each makes the other less',
    (one: MemberActor, other: MemberActor) => [give(one, other, 'viewer'), give(other, one, 'viewer')],
  ],
])('of two owners at the same moment, %s: one owner is left', async (_, both) => {
  const { owner, ...workspace } = await team()
  for (let n = 0; n < 5; n += 1) {
    const other = await provenAgo(await makeMember(workspace, 'owner'))
    await sqlClient()`update members set removed_at = null, role = 'owner' where id = ${owner.memberId}`
    const ended = await Promise.allSettled(both(owner, other))
    expect(ended.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    expect([await roleOf(owner), await roleOf(other)].filter(role => role === 'owner')).toHaveLength(1)
    await sqlClient()`update members set removed_at = now() where id = ${other.memberId}`
  }
})

// Taken out with: `proveAgain` in each of the verbs.
test('who changes people has given her password in the last 15 minutes, or gives it now', async () => {
  const { recruiter, ...workspace } = await team()
  const owner = await provenAgo(await makeMember(workspace, 'owner'), 16)
  const needed = { problems: { password: { key: 'prove.needed' } } }
  await expect(give(owner, recruiter, 'viewer')).rejects.toMatchObject(needed)
  await expect(remove(owner, recruiter)).rejects.toMatchObject(needed)
  await expect(leave(owner)).rejects.toMatchObject(needed)
  await expect(remove(owner, recruiter, { password: 'wrong' })).rejects.toMatchObject({
    problems: { password: { key: 'prove.wrong' } },
  })
  expect(await roleOf(recruiter)).toBe('recruiter')
  await give(owner, recruiter, 'viewer', { password })
  await remove(owner, recruiter)
  expect(await roleOf(recruiter)).toBe('removed')
})

test('of somebody who belongs to nothing else every session ends; of whoever does, none', async () => {
  const { owner, recruiter, admin } = await team()
  const elsewhere = await makeWorkspace('Elsewhere')
  await sqlClient()`insert into members (id, workspace_id, user_id, role)
    values (gen_random_uuid(), ${elsewhere.workspaceId}, ${admin.userId}, 'viewer')`
  const second = await provenAgo(recruiter)
  await remove(owner, recruiter)
  await remove(owner, admin)
  expect([await isSignedIn(recruiter), await isSignedIn(second)]).toEqual([false, false])
  expect([await isSignedIn(admin), await isSignedIn(owner)]).toEqual([true, true])
})

test("a partner's person who is removed from a workspace stays signed in for the partner's console", async () => {
  const { owner, ...workspace } = await team()
  const other = await provenAgo(await makeMember(workspace, 'owner'))
  await remove(other, owner)
  expect([await roleOf(owner), await isSignedIn(owner)]).toEqual(['removed', true])
})

// Taken out with: `abandonWalksBy` in `end-membership.ts`.
test('her walks end and the keys typed in them are shredded; nobody goes on with them, not even she, invited again', async () => {
  const { owner, recruiter, workspaceId } = await team()
  const positionId = await makePosition(owner)
  const { id } = await startLinkSession(recruiter, { positionId })
  const mine = await startLinkSession(owner, { positionId })
  await transaction(tx => keepCandidate(tx, { id, workspaceId }, new Secret('a typed key'), 'key'))
  const [candidate] = await db()
    .select()
    .from(candidateCredentials)
    .where(eq(candidateCredentials.linkSessionId, id))
  await remove(owner, recruiter)
  const ofWalk = eq(candidateCredentials.linkSessionId, id)
  expect(await db().$count(candidateCredentials, ofWalk)).toBe(0)
  expect(await db().$count(dataKeys, eq(dataKeys.ownerId, candidate?.id ?? ''))).toBe(0)
  const states = await db().select().from(linkSessions).where(eq(linkSessions.workspaceId, workspaceId))
  expect(states.map(walk => [walk.id, walk.state]).toSorted()).toEqual(
    [
      [id, 'abandoned'],
      [mine.id, 'open'],
    ].toSorted(),
  )
  await expect(readWalk(userOf(recruiter), id)).rejects.toMatchObject({ code: 'not_found' })
  await sqlClient()`update members set removed_at = null where id = ${recruiter.memberId}`
  await expect(readWalk(userOf(recruiter), id)).rejects.toMatchObject({ code: 'gone' })
})

test('her positions keep her name, marked as no longer here, until somebody gives them another owner', async () => {
  const { owner, recruiter } = await team()
  const id = await makePosition(recruiter, { title: 'Baker' })
  expect(await readPerson(owner, recruiter.memberId)).toMatchObject({ positions: 1, connections: 0 })
  await remove(owner, recruiter)
  const { memberId, name } = recruiter
  expect((await readPosition(owner, id)).owner).toEqual({ id: memberId, name, gone: true })
  await editPosition(owner, id, { title: 'Head baker', owner: memberId })
  expect((await readPosition(owner, id)).owner).toMatchObject({ id: memberId, gone: true })
  await editPosition(owner, id, { title: 'Head baker', owner: owner.memberId })
  expect((await readPosition(owner, id)).owner).toMatchObject({ id: owner.memberId, gone: false })
  await expect(editPosition(owner, id, { title: 'Head baker', owner: memberId })).rejects.toMatchObject({
    problems: { owner: { key: 'positions.problems.owner' } },
  })
})

test('removing twice, and the same role once more, changes nothing a second time', async () => {
  const { owner, recruiter } = await team()
  await give(owner, recruiter, 'recruiter')
  expect(await eventsOf(recruiter.memberId)).toEqual([])
  const ended = await Promise.allSettled([remove(owner, recruiter), remove(owner, recruiter)])
  expect(ended.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  expect(await eventsOf(recruiter.memberId)).toEqual(['member.removed'])
})

test('people are listed by name, fifty a page, each once; addresses are for those who manage people', async () => {
  const { owner, recruiter, workspaceId } = await team()
  await sqlClient()`with made as (insert into users (id, email, name)
      select gen_random_uuid(), 'p' || n || '-' || ${workspaceId} || '@example.com', 'Person ' || (n % 40) from generate_series(1, 120) n
      returning id)
    insert into members (id, workspace_id, user_id, role) select gen_random_uuid(), ${workspaceId}, id, 'viewer' from made`
  const seen: { id: string; name: string }[] = []
  let after = ''
  for (let more = true; more; ) {
    const page = await listPeople(owner, { q: '', after })
    seen.push(...page.rows)
    more = page.more
    after = page.rows.at(-1)?.id ?? ''
  }
  expect(seen).toHaveLength(123)
  expect(new Set(seen.map(({ id }) => id)).size).toBe(123)
  const found = await listPeople(owner, { q: `P7-${workspaceId.toUpperCase()}`, after: '' })
  expect(found.rows).toMatchObject([{ name: 'Person 7', email: `p7-${workspaceId}@example.com` }])
  const byAddress = await listPeople(recruiter, { q: `p7-${workspaceId}`, after: '' })
  expect(byAddress.rows).toEqual([])
  const byName = await listPeople(recruiter, { q: 'person 39', after: '' })
  expect(byName.rows.map(({ email }) => email)).toEqual([null, null, null])
  expect((await listPeople(owner, { q: '%', after: '' })).rows).toEqual([])
})

test('what the address of the page says oddly is as if it were not there', () => {
  expect(peopleQuery({ q: ['a', 'b'], after: 'x' })).toEqual({ q: '', after: '' })
  expect(peopleQuery({ q: ' a\0b ' })).toEqual({ q: 'ab', after: '' })
})
