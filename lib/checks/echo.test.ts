import { inspect } from 'node:util'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { listCandidatesForPosition } from '#lib/candidates/list-for-position.ts'
import { accessForConnection } from '#lib/connections/access.ts'
import { checkAtOnce, connectTo, linkedPosition, rowOf } from '#lib/connections/testing.ts'
import { openSandbox } from '#lib/connectors/workable/testing.ts'
import { db } from '#lib/db/client.ts'
import { checks, connections, rateLimits } from '#lib/db/schema/index.ts'
import { makeWorkspace } from '#lib/db/testing.ts'
import { fetchJobs } from '#lib/jobs/fetch.ts'
import { leaksIn, leaksInDatabase } from '#lib/keys/leaks.ts'
import { log } from '#lib/log.ts'

const sandbox = await openSandbox()
const workspace = await makeWorkspace()
const { id, token: key } = await connectTo(sandbox, workspace.owner, 'acme')
const { positionId } = await linkedPosition(workspace.owner, id)

beforeAll(() => sandbox.set({ rateLimit: false }))
afterAll(() => sandbox.stop())

const statuses = [400, 401, 402, 403, 404, 405, 406, 408, 409, 410, 412, 415, 418, 422, 423, 425, 426, 428]
  .concat(429, 431, 451)
  .concat(500, 501, 502, 503, 504, 505, 507, 508, 511)
const echoes = statuses.map(status => ({
  kind: 'status',
  status,
  body: { error: `no such key: ${key}`, key },
}))
const others = [
  { kind: 'html' },
  { kind: 'redirect', location: `https://evil.example/${key}` },
  { kind: 'drop' },
]

// Taken out with: the reply's body in the message of `AtsError` (`failed` in `connectors/workable/replies.ts`).
test('A-094, A-091: an ATS that says the key back, in each kind of failure, puts it into no row, no log and no error', async () => {
  const written: unknown[] = []
  for (const level of ['debug', 'info', 'warn', 'error'] as const)
    vi.spyOn(log, level).mockImplementation((...line: unknown[]) => void written.push(line))
  for (const fault of [...echoes, ...others]) {
    await sandbox.control('/faults', 'DELETE')
    await sandbox.fault('/spi/v3/**', fault, null)
    await db().update(connections).set({ status: 'active' }).where(eq(connections.id, id))
    const run = async (work: () => Promise<unknown>) => {
      await db().delete(rateLimits)
      written.push(await work().catch(error => error))
    }
    await run(() => checkAtOnce({ workspaceId: workspace.workspaceId, connectionId: id }))
    await run(() => fetchJobs(id))
    await run(() => listCandidatesForPosition(workspace.owner, { positionId }))
    // None of these shows the error that it was given: the next one to catch it may.
    await run(async () => {
      const { connector, api } = await accessForConnection(await rowOf(id), ['needs_reauth'])
      return connector.listJobs(api)
    })
    await db().update(checks).set({ state: 'cancelled' })
  }
  expect(leaksIn(inspect(written, { depth: 20, showHidden: true }), key)).toEqual([])
  expect(await leaksInDatabase(key)).toEqual([])
}, 60_000)
