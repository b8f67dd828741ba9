import { eq } from 'drizzle-orm'
import { afterAll, afterEach, expect, test } from 'vitest'
import { db } from '#lib/db/client.ts'
import { connections } from '#lib/db/schema/index.ts'
import { type FailpointName, failpointNames, setFailpoint } from '#lib/failpoint.ts'
import { provenAgo } from '#lib/members/testing.ts'
import { revokeGrant } from '#lib/oauth/revoke.ts'
import { faults } from './all.ts'
import { killChildren } from './children.ts'
import { begin, connected, expireAll } from './connected.ts'
import { model } from './model.ts'
import { startSandboxProcess } from './sandbox.ts'
import { deletedBy, use } from './verbs.ts'
import { goOn, newWalk } from './walks.ts'

const sandbox = await startSandboxProcess()
process.env.SANDBOX_ORIGIN = sandbox.origin
const stage = { sandbox }
afterAll(killChildren)
afterEach(() => setFailpoint(undefined))

// The long form is `npm run faults`; its table says the numbers. The model has a file of its own: both run at the same time.
const tried = faults.filter(fault => !fault.onlyLong && fault !== model)
test.each(tried.map(fault => [[fault.id, fault.mode].join(' ').trim(), fault] as const))(
  '%s is met as asked',
  { timeout: 240_000 },
  async (_, fault) => {
    const seen = await fault.run(stage, 'short')
    expect(seen.filter(({ holds }) => !holds)).toEqual([])
  },
)

// F-04's table has a scene for each name, or it does not compile; here each of them is really passed.
test('every failpoint is come to: connect, refresh, use, a refusal, delete and revoke', async () => {
  const reached = new Set<FailpointName>()
  setFailpoint(name => void reached.add(name))
  await begin(stage)
  const walk = await newWalk(stage)
  await goOn(stage, walk)
  const [partner, refused] = [await connected(stage, 1), await connected(stage, 1)]
  const [first, second] = [partner.made[0], refused.made[0]]
  await expireAll(stage, [...partner.made, ...refused.made])
  expect(await use(first?.id ?? '')).toBeGreaterThan(0)
  await sandbox.control(`/oauth/grants/${second?.grantId}/revoke`, 'POST', {})
  expect(await use(second?.id ?? '')).toBe('ats_unavailable')
  await expireAll(stage, partner.made)
  const actor = await provenAgo(partner.owner)
  const { revocationId } = await deletedBy({ actor, connectionId: first?.id ?? '' })
  await revokeGrant(revocationId ?? '')
  expect(await db().$count(connections, eq(connections.workspaceId, walk.workspaceId))).toBe(1)
  expect([...failpointNames].filter(name => !reached.has(name))).toEqual([])
})
