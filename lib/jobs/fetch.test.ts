import { and, eq, isNull, sql } from 'drizzle-orm'
import { afterAll, expect, test } from 'vitest'
import { checkAtOnce, connectTo, rowOf } from '#lib/connections/testing.ts'
import { openSandbox } from '#lib/connectors/workable/testing.ts'
import { db, sqlClient } from '#lib/db/client.ts'
import { connections, jobs, rateLimits } from '#lib/db/schema/index.ts'
import { makeWorkspace } from '#lib/db/testing.ts'
import { fetchJobs } from './fetch.ts'
import { listJobs } from './list.ts'

const sandbox = await openSandbox()
afterAll(() => sandbox.stop())

const known = (connectionId: string) =>
  db().$count(jobs, and(eq(jobs.connectionId, connectionId), isNull(jobs.goneAt)))

/** An account of its own with so many jobs, and a connection to it. */
async function account(subdomain: string, count: number) {
  const { owner, workspaceId } = await makeWorkspace()
  await sandbox.control('/accounts', 'POST', { subdomain, name: subdomain })
  if (count > 0) await sandbox.control(`/accounts/${subdomain}/jobs`, 'POST', { count })
  const connection = await connectTo(sandbox, owner, subdomain)
  return { ...connection, owner, workspaceId }
}

const tasksOf = async (connectionId: string) => {
  const rows = await sqlClient()`
    select start_after from queue.job where name = 'fetch-jobs' and data->>'connectionId' = ${connectionId}
      and state = 'created'`
  return rows.length
}

test('all pages of an account’s jobs are fetched, and can be searched by every word', async () => {
  const { id, workspaceId, tokenId } = await account('manyjobs', 250)
  await fetchJobs(id)
  expect(await known(id)).toBe(250)
  expect(await rowOf(id)).toMatchObject({ jobsState: 'ready', jobsCursor: null, jobsFetch: null })
  expect((await sandbox.ledger(tokenId)).length).toBe(3)
  const { rows } = await listJobs({ workspaceId, connectionId: id }, { search: 'associate 249' })
  expect(rows.map(row => row.title)).toEqual(['Warehouse Associate 249'])
})

test('an account without a job is fetched as well', async () => {
  const { id } = await account('nojobs', 0)
  await fetchJobs(id)
  expect(await rowOf(id)).toMatchObject({ jobsState: 'ready' })
})

test('an outage in the middle keeps what is there, and the next run goes on with the page that failed', async () => {
  const { id, tokenId } = await account('outage', 250)
  await sandbox.control('/faults', 'POST', {
    path: '/spi/v3/jobs',
    after: 1,
    times: 1,
    fault: { kind: 'status', status: 503 },
  })
  await fetchJobs(id)
  expect(await known(id)).toBe(100)
  expect(await rowOf(id)).toMatchObject({ jobsState: 'fetching', jobsCursor: expect.any(String) })
  expect(await tasksOf(id)).toBe(1)
  await fetchJobs(id)
  expect(await known(id)).toBe(250)
  expect((await sandbox.ledger(tokenId)).filter(entry => entry.status === 200)).toHaveLength(3)
})

test('a crash between two pages repeats no page and loses none', async () => {
  const { id, tokenId } = await account('crash', 150)
  await fetchJobs(id)
  const [page] = await db().select().from(jobs).where(eq(jobs.connectionId, id)).limit(1)
  // As a process leaves it that died right after the first page was kept.
  const sinceId = page?.remoteId ?? ''
  expect(sinceId).not.toBe('')
  await db()
    .delete(jobs)
    .where(and(eq(jobs.connectionId, id), sql`${jobs.remoteId} > ${sinceId}`))
  await db()
    .update(connections)
    .set({
      jobsState: 'fetching',
      jobsFetch: page?.seenFetch ?? null,
      jobsCursor: `${sandbox.origin.replace('//', '//crash.')}/spi/v3/jobs?limit=100&since_id=${sinceId}`,
    })
    .where(eq(connections.id, id))
  const before = (await sandbox.ledger(tokenId)).length
  await fetchJobs(id)
  expect(await known(id)).toBe(150)
  expect((await sandbox.ledger(tokenId)).length).toBeGreaterThan(before)
})

test('a job that is not there any more is marked as gone, and is back when it comes back', async () => {
  const { id, workspaceId } = await account('gonejobs', 3)
  await fetchJobs(id)
  const [gone] = await db().select().from(jobs).where(eq(jobs.connectionId, id)).limit(1)
  await sandbox.control(`/accounts/gonejobs/jobs/${gone?.remoteRef}`, 'DELETE')
  await fetchJobs(id)
  const row = async () =>
    (
      await db()
        .select()
        .from(jobs)
        .where(eq(jobs.id, gone?.id ?? ''))
    )[0]
  expect(await row()).toMatchObject({ goneAt: expect.any(Date) })
  expect((await listJobs({ workspaceId, connectionId: id }, {})).rows).toHaveLength(2)
})

test('a renamed job keeps its row, so that links to it stay', async () => {
  const { id } = await account('renamed', 1)
  await fetchJobs(id)
  const [before] = await db().select().from(jobs).where(eq(jobs.connectionId, id))
  await sandbox.control(`/accounts/renamed/jobs/${before?.remoteRef}`, 'PATCH', {
    title: 'Night Watch',
    state: 'closed',
  })
  await fetchJobs(id)
  const after = await db().select().from(jobs).where(eq(jobs.connectionId, id))
  expect(after).toMatchObject([{ id: before?.id, title: 'Night Watch', state: 'closed' }])
})

test('a key that is refused ends the fetch, and its connection is looked at at once', async () => {
  const { id, tokenId } = await account('deadkey', 1)
  await sandbox.control(`/tokens/${tokenId}/revoke`, 'POST')
  await fetchJobs(id)
  const { jobsState, nextCheckAt } = await rowOf(id)
  expect(jobsState).toBe('failed')
  expect(nextCheckAt?.getTime()).toBeLessThanOrEqual(Date.now() + 1000)
  expect(await tasksOf(id)).toBe(0)
})

test('an odd answer ends the fetch rather than repeating it for ever; the next good check starts it again', async () => {
  const { id, workspaceId } = await account('oddjobs', 1)
  await sandbox.fault('/spi/v3/jobs', { kind: 'html' }, null)
  await fetchJobs(id)
  await sandbox.control('/faults', 'DELETE')
  expect(await rowOf(id)).toMatchObject({ jobsState: 'failed' })
  expect(await tasksOf(id)).toBe(0)
  await checkAtOnce({ workspaceId, connectionId: id })
  expect(await tasksOf(id)).toBe(1)
})

test('when the share of the rate limit is used up, the rest is fetched when there is room again', async () => {
  const { id } = await account('paced', 2000)
  await fetchJobs(id)
  const first = await known(id)
  expect(first).toBeLessThan(2000)
  expect(await tasksOf(id)).toBe(1)
  await sandbox.set({ rateLimit: false })
  for (let window = 2; (await rowOf(id)).jobsState !== 'ready' && window < 5; window++) {
    await db().delete(rateLimits)
    await fetchJobs(id)
  }
  await sandbox.set({ rateLimit: true })
  expect(await known(id)).toBe(2000)
})

test('a connection that is switched off fetches nothing', async () => {
  const { id, tokenId } = await account('asleep', 1)
  await db().update(connections).set({ status: 'inactive' }).where(eq(connections.id, id))
  await fetchJobs(id)
  expect(await sandbox.ledger(tokenId)).toEqual([])
})
