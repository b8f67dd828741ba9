import { eq } from 'drizzle-orm'
import { afterAll, expect, test } from 'vitest'
import { z } from 'zod'
import { connectTo, linkedPosition } from '#lib/connections/testing.ts'
import { openSandbox } from '#lib/connectors/workable/testing.ts'
import { db, sqlClient } from '#lib/db/client.ts'
import { credentials } from '#lib/db/schema/index.ts'
import { makeMember, makeWorkspace } from '#lib/db/testing.ts'
import { listCandidatesForPosition } from './list-for-position.ts'

const sandbox = await openSandbox()
afterAll(() => sandbox.stop())

const jobsShape = z.object({ jobs: z.array(z.looseObject({ shortcode: z.string() })) })

/** A position that is linked to a job of its own with so many candidates. */
async function linked(candidates: number, wish: Parameters<typeof connectTo>[3] = {}) {
  const workspace = await makeWorkspace()
  const { jobs } = jobsShape.parse(
    await sandbox.control('/accounts/acme/jobs', 'POST', { jobs: [{ candidates }] }),
  )
  const connection = await connectTo(sandbox, workspace.owner, 'acme', wish)
  const remoteRef = jobs[0]?.shortcode ?? ''
  return {
    ...workspace,
    connection,
    remoteRef,
    ...(await linkedPosition(workspace.owner, connection.id, { remoteRef })),
  }
}

test('the candidates of the linked job come a page at a time, by name and stage, each once', async () => {
  const { owner, positionId } = await linked(120)
  const names: string[] = []
  let cursor: string | undefined
  do {
    const view = await listCandidatesForPosition(owner, { positionId, cursor })
    if (view.state !== 'read') throw new Error(view.state)
    names.push(...view.page.items.map(candidate => candidate.remoteId))
    expect(view.page.items.every(candidate => candidate.name && candidate.stage)).toBe(true)
    cursor = view.page.next
  } while (cursor)
  expect(new Set(names).size).toBe(120)
})

test('nothing of a candidate is stored', async () => {
  const { owner, positionId } = await linked(3)
  const view = await listCandidatesForPosition(owner, { positionId })
  if (view.state !== 'read') throw new Error(view.state)
  const tables = await sqlClient()`
    select table_name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`
  for (const { table_name: table } of tables) {
    const rows = await sqlClient()`select t::text as text from ${sqlClient()(String(table))} t`
    for (const person of view.page.items) expect(rows.map(row => row.text).join()).not.toContain(person.name)
  }
})

test('a viewer sees them; another workspace sees that nothing is linked', async () => {
  const { positionId, ...workspace } = await linked(1)
  const viewer = await makeMember(workspace, 'viewer')
  expect(await listCandidatesForPosition(viewer, { positionId })).toMatchObject({ state: 'read' })
  const { owner: stranger } = await makeWorkspace('Other')
  expect(await listCandidatesForPosition(stranger, { positionId })).toEqual({ state: 'not_linked' })
})

test('an address of a next page that we did not give is not followed: the job’s own first page comes', async () => {
  const { owner, positionId, connection } = await linked(60)
  const other = await linked(60)
  const first = await listCandidatesForPosition(owner, { positionId })
  const foreign = await listCandidatesForPosition(other.owner, other)
  if (first.state !== 'read' || foreign.state !== 'read') throw new Error('not read')
  const everybody = `${sandbox.origin.replace('//', '//acme.')}/spi/v3/candidates?limit=50`
  const [, mark] = (first.page.next ?? '').split('.')
  const forged = [
    everybody,
    'https://evil.example/spi/v3/candidates',
    `${Buffer.from(everybody).toString('base64url')}.${mark}`,
    foreign.page.next ?? '',
    `${first.page.next}.`,
  ]
  for (const cursor of forged) {
    const view = await listCandidatesForPosition(owner, { positionId, cursor })
    expect(view).toMatchObject({ state: 'read', page: { items: first.page.items } })
  }
  expect(await sandbox.ledger(connection.tokenId)).toHaveLength(forged.length + 1)
})

test.each([
  ['ats_unavailable', { kind: 'status', status: 503 }],
  ['unexpected_answer', { kind: 'html' }],
  ['ats_unavailable', { kind: 'drop' }],
])('a failing ATS is said as %s', async (failure, fault) => {
  const { owner, positionId } = await linked(1)
  await sandbox.fault('/spi/v3/candidates', fault, null)
  const view = await listCandidatesForPosition(owner, { positionId })
  await sandbox.control('/faults', 'DELETE')
  expect(view).toMatchObject({ state: 'failed', failure })
})

test('a key that was revoked, lacks the scope or cannot be opened is said as that', async () => {
  const revoked = await linked(1)
  await sandbox.control(`/tokens/${revoked.connection.tokenId}/revoke`, 'POST')
  expect(await listCandidatesForPosition(revoked.owner, revoked)).toMatchObject({
    failure: 'credential_refused',
  })
  const narrow = await linked(1, { scopes: ['r_jobs'] })
  expect(await listCandidatesForPosition(narrow.owner, narrow)).toMatchObject({ failure: 'scope_missing' })
  const broken = await linked(1)
  const [{ apiKey = '' } = {}] = await db()
    .select()
    .from(credentials)
    .where(eq(credentials.connectionId, narrow.connection.id))
  await db().update(credentials).set({ apiKey }).where(eq(credentials.connectionId, broken.connection.id))
  expect(await listCandidatesForPosition(broken.owner, broken)).toMatchObject({
    failure: 'credential_unreadable',
  })
})

test('a connection that makes no requests shows no candidates and asks for none', async () => {
  const { owner, positionId, connection } = await linked(1, { status: 'inactive' })
  const view = await listCandidatesForPosition(owner, { positionId })
  expect(view).toMatchObject({ state: 'failed', failure: 'not_usable' })
  expect(await sandbox.ledger(connection.tokenId)).toEqual([])
})
