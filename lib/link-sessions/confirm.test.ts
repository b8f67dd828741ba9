import { eq, sql } from 'drizzle-orm'
import { afterAll, expect, test } from 'vitest'
import { rowOf } from '#lib/connections/testing.ts'
import { openSandbox } from '#lib/connectors/workable/testing.ts'
import { db } from '#lib/db/client.ts'
import {
  checks,
  connections,
  consents,
  dataKeys,
  events,
  jobs,
  linkSessions,
  positionLinks,
  rateLimits,
} from '#lib/db/schema/index.ts'
import { fetchJobs } from '#lib/jobs/fetch.ts'
import { linkJob } from '#lib/position-links/link-job.ts'
import { confirm, giveItThisKey } from './confirm.ts'
import { enterField } from './enter.ts'
import { startLinkSession } from './start.ts'
import { examined, keptIn, makePosition, sessionRow, startedWalk, walkAtTheKey } from './testing.ts'
import { useAccount } from './use-account.ts'
import { useConnection } from './use-connection.ts'

const sandbox = await openSandbox()
afterAll(() => sandbox.stop())

const all = ['r_jobs', 'r_candidates', 'w_candidates']
const token = async (account = 'acme', scopes = all) => (await sandbox.token(account, { scopes })).token
const yes = (sessionId: string) => ({ sessionId, readOnly: false, locale: 'en' })

/** A walk whose key has been checked. */
async function checked(key?: string, subdomain = 'acme') {
  const walk = await walkAtTheKey(subdomain)
  await walk.enter(key ?? (await token(subdomain)))
  await examined(walk.id)
  return walk
}

type Walk = Awaited<ReturnType<typeof checked>>

async function connected() {
  const walk = await checked()
  await confirm(walk.user, yes(walk.id))
  const { connectionId } = await sessionRow(walk.id)
  return { ...walk, connectionId: connectionId ?? '' }
}

test('Next completes the connection: key, consent and event, and the key that was checked is gone', async () => {
  const walk = await checked()
  expect(await confirm(walk.user, yes(walk.id))).toBe('job')
  expect(await keptIn(walk.workspaceId)).toEqual({ connections: 1, credentials: 1, candidates: 0 })
  const { connectionId } = await sessionRow(walk.id)
  expect(await rowOf(connectionId ?? '')).toMatchObject({
    status: 'active',
    permissions: 'read_write',
    subdomain: 'acme',
  })
  const [consent] = await db().select().from(consents).where(eq(consents.linkSessionId, walk.id))
  expect(consent).toMatchObject({ connectionId, permissions: 'read_write', scopes: all, locale: 'en' })
  expect(consent?.wording.groups.map(group => group.title)).toEqual(['Reads', 'Writes', 'Never touches'])
  const made = await db()
    .select()
    .from(events)
    .where(eq(events.subjectId, connectionId ?? ''))
  expect(made.map(event => event.name)).toEqual(['connection.made'])
  expect(await db().$count(dataKeys, eq(dataKeys.workspaceId, walk.workspaceId))).toBe(1)
})

test('pressed twice, in two tabs at once, it is one connection', async () => {
  const walk = await checked()
  const steps = await Promise.all([1, 2, 3].map(() => confirm(walk.user, yes(walk.id))))
  expect(steps).toEqual(['job', 'job', 'job'])
  expect(await keptIn(walk.workspaceId)).toEqual({ connections: 1, credentials: 1, candidates: 0 })
})

test('a check that is under way, did not pass or is about an older key completes nothing', async () => {
  const waiting = await walkAtTheKey()
  await waiting.enter(await token())
  const refused = await checked('wrong-key-of-nobody')
  const older = await checked()
  await older.enter(await token())
  for (const walk of [waiting, refused, older]) {
    expect(await confirm(walk.user, yes(walk.id))).toBe('check')
    expect(await keptIn(walk.workspaceId)).toMatchObject({ connections: 0, credentials: 0 })
    expect((await sessionRow(walk.id)).shown?.problems).toHaveProperty([''])
  }
})

// Taken out with: the generation in `lastChecked`; in `use-account.ts`.
test('a clock that goes back makes no verdict of the key before count for the one after it', async () => {
  const other = await token('larkfield-nl')
  for (const [walk, act] of [
    [await checked(), (walk: Walk) => confirm(walk.user, yes(walk.id))],
    [await checked(other), (walk: Walk) => useAccount(walk.user, { sessionId: walk.id })],
  ] as const) {
    // The check of the key that is entered now seems to be the older one.
    const ahead = { createdAt: sql`now() + interval '1 hour'` }
    await db().update(checks).set(ahead).where(eq(checks.linkSessionId, walk.id))
    await walk.enter('key-that-nobody-has-tried')
    expect(await act(walk)).toBe('check')
    expect((await sessionRow(walk.id)).shown?.problems).toEqual({ '': { key: 'wizard.check.not_finished' } })
    expect(await keptIn(walk.workspaceId)).toEqual({ connections: 0, credentials: 0, candidates: 1 })
  }
})

test('a key that cannot write connects read-only when she says so, and the consent says so too', async () => {
  const walk = await checked(await token('acme', ['r_jobs', 'r_candidates']))
  expect(await confirm(walk.user, yes(walk.id))).toBe('check')
  expect(await confirm(walk.user, { ...yes(walk.id), readOnly: true })).toBe('job')
  const [consent] = await db().select().from(consents).where(eq(consents.linkSessionId, walk.id))
  expect(consent).toMatchObject({ permissions: 'read', scopes: ['r_jobs', 'r_candidates'] })
  expect(consent?.wording.groups.map(group => group.title)).toEqual(['Reads', 'Never touches'])
  const [made] = await db().select().from(connections).where(eq(connections.workspaceId, walk.workspaceId))
  expect(made).toMatchObject({ permissions: 'read', health: 'degraded', healthReason: 'member_unknown' })
})

test('the account that the key opens is used when she meant that one, checked once more', async () => {
  const walk = await checked(await token('larkfield-nl'))
  expect(await useAccount(walk.user, { sessionId: walk.id })).toBe('check')
  await examined(walk.id)
  expect(await confirm(walk.user, yes(walk.id))).toBe('job')
  const { connectionId } = await sessionRow(walk.id)
  expect(await rowOf(connectionId ?? '')).toMatchObject({ subdomain: 'larkfield-nl' })
})

test('an account that is connected already gets no second connection: it is used, or given the key', async () => {
  const { owner, connectionId, workspaceId, user } = await connected()
  const again = async () => {
    const positionId = await makePosition(owner)
    const { id } = await startLinkSession(owner, { positionId })
    const answers = {
      way: 'api_key',
      admin: 'me',
      permissions: 'read',
      fields: { subdomain: 'acme' },
    } as const
    await db()
      .update(linkSessions)
      .set({ answers, connector: 'workable', environment: 'sandbox' })
      .where(eq(linkSessions.id, id))
    await enterField(user, { sessionId: id, field: 'api_key', typed: { api_key: await token() } })
    await db().delete(rateLimits) // as if ten seconds had passed
    await examined(id)
    return id
  }
  const first = await again()
  expect(await confirm(user, yes(first))).toBe('check')
  expect(await useConnection(user, { sessionId: first, connectionId, from: 'check' })).toBe('job')
  const second = await again()
  expect(await giveItThisKey(user, { sessionId: second })).toBe('job')
  expect((await sessionRow(second)).connectionId).toBe(connectionId)
  expect(await keptIn(workspaceId)).toEqual({ connections: 1, credentials: 1, candidates: 0 })
  expect(await rowOf(connectionId)).toMatchObject({ version: 2 })
})

test('the job that she chooses is linked, once, and the walk is done', async () => {
  const { user, id, connectionId, positionId } = await connected()
  await fetchJobs(connectionId)
  const [job] = await db().select().from(jobs).where(eq(jobs.connectionId, connectionId)).limit(1)
  expect(await linkJob(user, { sessionId: id, jobId: '' })).toBe('job')
  expect((await sessionRow(id)).shown?.problems).toHaveProperty('job')
  const input = { sessionId: id, jobId: job?.id ?? '' }
  expect(await Promise.all([linkJob(user, input), linkJob(user, input)])).toEqual(['done', 'done'])
  expect(await db().$count(positionLinks, eq(positionLinks.positionId, positionId))).toBe(1)
  expect(await sessionRow(id)).toMatchObject({ state: 'done', step: 'done' })
})

test('a job of another workspace, or of another connection, is not linked', async () => {
  const [mine, theirs] = [await connected(), await connected()]
  await fetchJobs(theirs.connectionId)
  const [job] = await db().select().from(jobs).where(eq(jobs.connectionId, theirs.connectionId)).limit(1)
  expect(await linkJob(mine.user, { sessionId: mine.id, jobId: job?.id ?? '' })).toBe('job')
  expect(await db().$count(positionLinks, eq(positionLinks.positionId, mine.positionId))).toBe(0)
})

test('a connection that is there is used straight away, and what was typed is shredded', async () => {
  const { owner, connectionId, workspaceId, user } = await connected()
  const { id } = await startLinkSession(owner, { positionId: await makePosition(owner) })
  expect(await useConnection(user, { sessionId: id, connectionId, from: 'ats' })).toBe('job')
  expect(await keptIn(workspaceId)).toMatchObject({ connections: 1, candidates: 0 })
  const stranger = await startedWalk()
  const theirs = { sessionId: stranger.id, connectionId, from: 'ats' as const }
  expect(await useConnection(stranger.user, theirs)).toBe('ats')
  expect((await sessionRow(stranger.id)).connectionId).toBeNull()
})

test('two accounts connected under the same filled-in name are told apart', async () => {
  const { owner, workspaceId, user } = await connected()
  const { id } = await startLinkSession(owner, { positionId: await makePosition(owner) })
  const fields = { subdomain: 'larkfield-nl' }
  const answers = {
    way: 'api_key',
    admin: 'me',
    permissions: 'read',
    fields,
    name: 'Workable, Acme',
  } as const
  await db()
    .update(linkSessions)
    .set({ answers, connector: 'workable', environment: 'sandbox' })
    .where(eq(linkSessions.id, id))
  await db()
    .update(connections)
    .set({ name: 'Workable, Acme' })
    .where(eq(connections.workspaceId, workspaceId))
  await enterField(user, { sessionId: id, field: 'api_key', typed: { api_key: await token('larkfield-nl') } })
  await examined(id)
  await confirm(user, yes(id))
  const { connectionId } = await sessionRow(id)
  expect((await rowOf(connectionId ?? '')).name).toBe('Workable, Acme (larkfield-nl)')
})
