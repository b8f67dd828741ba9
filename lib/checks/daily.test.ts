import { eq, inArray, sql } from 'drizzle-orm'
import { afterAll, expect, test } from 'vitest'
import { connectTo } from '#lib/connections/testing.ts'
import { openSandbox } from '#lib/connectors/workable/testing.ts'
import { db } from '#lib/db/client.ts'
import { checks, connections } from '#lib/db/schema/index.ts'
import { makeWorkspace } from '#lib/db/testing.ts'
import { requestDueChecks } from './daily.ts'

const sandbox = await openSandbox()
afterAll(() => sandbox.stop())

const due = { nextCheckAt: new Date(Date.now() - 60_000) }

const checksOf = (ids: string[]) =>
  db().select({ connectionId: checks.connectionId }).from(checks).where(inArray(checks.connectionId, ids))

test('each connection whose day is over is checked once, also one that needs a new key; the others are left alone', async () => {
  const { owner } = await makeWorkspace()
  const made = [
    await connectTo(sandbox, owner, 'acme', due),
    await connectTo(sandbox, owner, 'larkfield', { ...due, status: 'needs_reauth' }),
    await connectTo(sandbox, owner, 'quietwater', { ...due, status: 'inactive' }),
    await connectTo(sandbox, owner, 'larkfield-nl', { nextCheckAt: new Date(Date.now() + 60_000) }),
  ].map(connection => connection.id)
  expect(await requestDueChecks()).toBe(2)
  expect(await requestDueChecks()).toBe(0)
  const asked = await checksOf(made)
  expect(asked.map(row => row.connectionId).sort()).toEqual(made.slice(0, 2).sort())
})

test('a check that never came to its end is asked for again an hour later', async () => {
  const { owner } = await makeWorkspace()
  const { id } = await connectTo(sandbox, owner, 'acme', due)
  await requestDueChecks()
  const hourLater = sql`now() - interval '61 minutes'`
  await db().update(checks).set({ createdAt: hourLater, state: 'running' }).where(eq(checks.connectionId, id))
  await db().update(connections).set({ nextCheckAt: hourLater }).where(eq(connections.id, id))
  expect(await requestDueChecks()).toBe(1)
  const rows = await db().select({ state: checks.state }).from(checks).where(eq(checks.connectionId, id))
  expect(rows.map(row => row.state).sort()).toEqual(['cancelled', 'queued'])
})

test('two workers that look at the same moment do not ask twice', async () => {
  const { owner } = await makeWorkspace()
  const { id } = await connectTo(sandbox, owner, 'acme', due)
  const counts = await Promise.all([requestDueChecks(), requestDueChecks(), requestDueChecks()])
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(1)
  expect(await checksOf([id])).toHaveLength(1)
})
