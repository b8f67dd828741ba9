import { desc, eq } from 'drizzle-orm'
import { afterAll, expect, test, vi } from 'vitest'
import { runCheck } from '#lib/checks/run.ts'
import { connectTo, rowOf } from '#lib/connections/testing.ts'
import { openSandbox } from '#lib/connectors/workable/testing.ts'
import { db } from '#lib/db/client.ts'
import { checks, connections, feedback, linkSessions, members, rateLimits } from '#lib/db/schema/index.ts'
import { makeMember, makeWorkspace } from '#lib/db/testing.ts'
import { giveFeedback } from '#lib/feedback/give.ts'
import * as queue from '#lib/queue/send.ts'
import { agreePermissions } from './agree-permissions.ts'
import { confirm, giveItThisKey } from './confirm.ts'
import { checkAgain, enterField, enterForm } from './enter.ts'
import { startLinkSession } from './start.ts'
import { examined, keptIn, makePosition, sessionRow, userOf, walkAtTheKey } from './testing.ts'

const sandbox = await openSandbox()
afterAll(() => sandbox.stop())
await sandbox.set({ rateLimit: false })

const all = ['r_jobs', 'r_candidates', 'w_candidates']
const token = async (account = 'acme', scopes = all) => (await sandbox.token(account, { scopes })).token
const yes = (sessionId: string) => ({ sessionId, readOnly: false, locale: 'en' })
const newestCheck = async (sessionId: string) => {
  const of = eq(checks.linkSessionId, sessionId)
  const [row] = await db().select().from(checks).where(of).orderBy(desc(checks.createdAt)).limit(1)
  return row
}

/** A walk that is to give the connection a new key, with that key checked. */
async function mended(
  connectionId: string,
  actor: Parameters<typeof startLinkSession>[0],
  key: string,
  subdomain: string,
) {
  const { id } = await startLinkSession(actor, { mendConnectionId: connectionId })
  const { answers } = await sessionRow(id)
  await db()
    .update(linkSessions)
    .set({ answers: { ...answers, way: 'api_key', admin: 'me', permissions: 'read' } })
    .where(eq(linkSessions.id, id))
  await enterForm(userOf(actor), { sessionId: id, typed: { api_key: key, subdomain } })
  await db().delete(rateLimits) // as if ten seconds had passed
  await examined(id)
  return id
}

// Taken out with: `mustBeAllowed` in `take-step.ts`.
test('who became a viewer in the middle of the wizard connects nothing any more', async () => {
  const walk = await walkAtTheKey()
  await walk.enter(await token())
  await examined(walk.id)
  await db().update(members).set({ role: 'viewer' }).where(eq(members.id, walk.owner.memberId))
  await expect(confirm(walk.user, yes(walk.id))).rejects.toMatchObject({ code: 'forbidden' })
  await expect(checkAgain(walk.user, { sessionId: walk.id, typed: {} })).rejects.toMatchObject({
    code: 'forbidden',
  })
  expect(await keptIn(walk.workspaceId)).toMatchObject({ connections: 0, credentials: 0 })
})

// Taken out with: `mendConnectionId` in `confirm.ts`.
test('A-073: a new key of another account is refused in place, and the old key stays in use', async () => {
  const { owner, workspaceId } = await makeWorkspace()
  const old = await connectTo(sandbox, owner, 'acme')
  const sessionId = await mended(old.id, owner, await token('larkfield'), 'larkfield')
  expect(await confirm(userOf(owner), yes(sessionId))).toBe('check')
  expect((await sessionRow(sessionId)).shown?.problems).toEqual({
    '': { key: 'wizard.check.not_its_account' },
  })
  await giveItThisKey(userOf(owner), { sessionId })
  expect(await keptIn(workspaceId)).toMatchObject({ connections: 1, credentials: 1 })
  expect(await rowOf(old.id)).toMatchObject({ version: 1, subdomain: 'acme', lastFour: old.token.slice(-4) })
})

// Taken out with: `mendConnectionId !== existing.id` in `confirm.ts`.
test('A-073: a new key of another account that is connected too is given to neither', async () => {
  const { owner } = await makeWorkspace()
  const [wanted, other] = [
    await connectTo(sandbox, owner, 'acme'),
    await connectTo(sandbox, owner, 'larkfield'),
  ]
  const sessionId = await mended(wanted.id, owner, await token('larkfield'), 'larkfield')
  expect(await giveItThisKey(userOf(owner), { sessionId })).toBe('check')
  expect(await rowOf(wanted.id)).toMatchObject({ version: 1, lastFour: wanted.token.slice(-4) })
  expect(await rowOf(other.id)).toMatchObject({ version: 1, lastFour: other.token.slice(-4) })
})

// Taken out with: `mayMend` in `replace-credential.ts`.
test('a recruiter who comes upon a connection that somebody else made gives it no key of hers', async () => {
  const workspace = await makeWorkspace()
  const recruiter = await makeMember(workspace, 'recruiter')
  const user = userOf(recruiter)
  const theirs = await connectTo(sandbox, workspace.owner, 'acme')
  const { id: sessionId } = await startLinkSession(recruiter, { positionId: await makePosition(recruiter) })
  const answers = { way: 'api_key', admin: 'me', permissions: 'read', fields: { subdomain: 'acme' } } as const
  await db()
    .update(linkSessions)
    .set({ answers, connector: 'workable', environment: 'sandbox' })
    .where(eq(linkSessions.id, sessionId))
  await enterField(user, { sessionId, field: 'api_key', typed: { api_key: await token() } })
  await db().delete(rateLimits)
  await examined(sessionId)
  await expect(giveItThisKey(user, { sessionId })).rejects.toMatchObject({ code: 'forbidden' })
  expect(await rowOf(theirs.id)).toMatchObject({ version: 1, lastFour: theirs.token.slice(-4) })
})

// Taken out with: `mayConnect` in `confirm.ts`.
test('A-073: a new key that fails its live test leaves the old one in use; one that passes takes its place', async () => {
  const { owner, workspaceId } = await makeWorkspace()
  const old = await connectTo(sandbox, owner, 'acme')
  const failing = await mended(old.id, owner, 'wrong-key-of-nobody', 'acme')
  expect(await giveItThisKey(userOf(owner), { sessionId: failing })).toBe('check')
  expect(await rowOf(old.id)).toMatchObject({ version: 1, lastFour: old.token.slice(-4) })
  const key = await token()
  const passing = await mended(old.id, owner, key, 'acme')
  await giveItThisKey(userOf(owner), { sessionId: passing })
  expect(await rowOf(old.id)).toMatchObject({ version: 2, lastFour: key.slice(-4) })
  expect(await keptIn(workspaceId)).toMatchObject({ connections: 1, credentials: 1 })
})

test('a recruiter who mends her connection makes no second one by it', async () => {
  const workspace = await makeWorkspace()
  const recruiter = await makeMember(workspace, 'recruiter')
  const own = await connectTo(sandbox, recruiter, 'acme')
  const sessionId = await mended(own.id, recruiter, await token('larkfield'), 'larkfield')
  // As a walk from before the connection was noted in it.
  const { answers } = await sessionRow(sessionId)
  const { mendConnectionId: _, ...without } = answers
  await db().update(linkSessions).set({ answers: without }).where(eq(linkSessions.id, sessionId))
  await expect(confirm(userOf(recruiter), yes(sessionId))).rejects.toMatchObject({ code: 'forbidden' })
  expect(await db().$count(connections, eq(connections.workspaceId, workspace.workspaceId))).toBe(1)
})

// Taken out with: `checkWriting` in `agree-permissions.ts`.
test('a key that was checked for reading is checked again before it may write', async () => {
  const walk = await walkAtTheKey('acme', 'read')
  await walk.enter(await token('acme', ['r_jobs', 'r_candidates']))
  await examined(walk.id)
  const agreed = { sessionId: walk.id, permissions: 'read_write', locale: 'en' }
  await agreePermissions(walk.user, agreed)
  expect(await confirm(walk.user, yes(walk.id))).toBe('check')
  expect((await sessionRow(walk.id)).shown?.problems).toEqual({ '': { key: 'wizard.check.not_finished' } })
  await db().delete(rateLimits)
  await examined(walk.id)
  expect(await confirm(walk.user, yes(walk.id))).toBe('check')
  expect((await sessionRow(walk.id)).shown?.problems).toEqual({ '': { key: 'wizard.check.write_missing' } })
  expect(await keptIn(walk.workspaceId)).toMatchObject({ connections: 0 })
})

// Taken out with: the state in `waitFor` of `run.ts`.
test('a check that was cancelled while it asked does not come back to life', async () => {
  const walk = await walkAtTheKey()
  await walk.enter(await token())
  const first = await newestCheck(walk.id)
  await sandbox.fault('/spi/v3/**', { kind: 'delay', ms: 600 })
  await sandbox.fault('/spi/v3/jobs', { kind: 'status', status: 503 })
  const send = vi.spyOn(queue, 'sendTask')
  const running = runCheck(first?.id ?? '')
  await vi.waitFor(async () => expect(await newestCheck(walk.id)).toMatchObject({ state: 'running' }))
  await db()
    .update(checks)
    .set({ state: 'cancelled' })
    .where(eq(checks.id, first?.id ?? ''))
  await running
  expect(await newestCheck(walk.id)).toMatchObject({ id: first?.id, state: 'cancelled' })
  expect(send).not.toHaveBeenCalled()
})

// Taken out with: `replaceAll` in `keepShown` of `take-step.ts`, and in `give.ts`.
test('A-052: a NUL in a field is refused at the field, and in what somebody says it is left out', async () => {
  const walk = await walkAtTheKey()
  const typed = { subdomain: 'acme\0' }
  const { id: sessionId, user } = walk
  expect(await enterField(user, { sessionId, field: 'subdomain', typed })).toBe('enter/subdomain')
  expect((await sessionRow(sessionId)).shown).toMatchObject({
    values: { subdomain: 'acme' },
    problems: { subdomain: { key: 'workable.problems.subdomain.invisible_characters' } },
  })
  await giveFeedback(user, { sessionId, kind: 'guide_differs', anchor: 'a\0', words: 'so\0' })
  const [said] = await db().select().from(feedback).where(eq(feedback.linkSessionId, sessionId))
  expect(said).toMatchObject({ anchor: 'a', words: 'so' })
})

// Taken out with: `take(said, …)` in `give.ts`.
test('nobody fills the database with what she has to say', async () => {
  const { id: sessionId, user } = await walkAtTheKey()
  const say = (anchor: string) => giveFeedback(user, { sessionId, kind: 'guide_differs', anchor })
  for (let n = 0; n < 60; n++) await say(`place-${n}`)
  await expect(say('place-60')).rejects.toMatchObject({ code: 'too_many' })
})
