import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import type { MemberActor } from '#lib/actors.ts'
import { db, sqlClient } from '#lib/db/client.ts'
import { positions } from '#lib/db/schema/index.ts'
import { makeMember, makeWorkspace } from '#lib/db/testing.ts'
import { POST as createPosition } from '../w/[workspace]/positions/create/route.ts'
import { POST } from '../w/[workspace]/settings/audit/export/route.ts'
import { formRequest, signedIn } from './testing.ts'

const send = (slug: string, fields: Record<string, string>, cookie?: string) =>
  POST(formRequest(`/w/${slug}/settings/audit/export`, fields, cookie), {
    params: Promise.resolve({ workspace: slug }),
  })

const exportsOf = async ({ workspaceId }: MemberActor) => {
  const rows = await sqlClient()`select 1 from events
    where workspace_id = ${workspaceId} and name = 'audit.exported'`
  return rows.length
}

// Taken out with: `members.userId` in `findMember`, `mustBeAllowed`, and for nobody the session in `enterRoute`.
test('A-106, A-107: nobody exports a log that is not hers to read', async () => {
  const [mine, theirs] = [await makeWorkspace(), await makeWorkspace()]
  const stranger = await signedIn(theirs.owner)
  const signedOut = await send(mine.slug, { format: 'csv' })
  expect([signedOut.status, signedOut.headers.get('location')]).toEqual([
    303,
    `/sign-in?next=${encodeURIComponent(`/w/${mine.slug}/settings/audit`)}`,
  ])
  expect((await send(mine.slug, { format: 'csv' }, stranger)).status).toBe(404)
  for (const role of ['viewer', 'recruiter'] as const) {
    const answer = await send(mine.slug, { format: 'csv' }, await signedIn(await makeMember(mine, role)))
    expect(answer.status).toBe(403)
  }
  expect(await exportsOf(mine.owner)).toBe(0)
})

test('what an admin sees is what she takes away, and that she did is on record', async () => {
  const workspace = await makeWorkspace()
  const { slug, owner } = workspace
  const admin = await makeMember(workspace, 'admin')
  const cookie = await signedIn(admin)
  const fields = { title: 'Baker', code: '', department: '', place: '', owner: owner.memberId }
  await createPosition(formRequest(`/w/${slug}/positions/create`, fields, await signedIn(owner)), {
    params: Promise.resolve({ workspace: slug }),
  })
  const answer = await send(slug, { format: 'json', kind: 'position' }, cookie)
  expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8')
  expect(answer.headers.get('content-disposition')).toMatch(
    /^attachment; filename="audit-log-[\w-]+-\d{4}-\d\d-\d\d\.json"$/,
  )
  expect(answer.headers.get('cache-control')).toBe('private, no-store')
  expect(await answer.json()).toMatchObject([
    {
      event: 'position.created',
      words: 'Made a position',
      who: owner.name,
      actor_id: owner.memberId,
      subject: 'Baker',
      address: '127.0.0.1',
      browser: 'test',
    },
  ])
  expect(await exportsOf(owner)).toBe(1)
})

// Taken out with: the apostrophe in `csvCell`.
test('A-117: a title and a browser that are formulas stay texts in the exported table', async () => {
  const { slug, owner } = await makeWorkspace()
  const id = randomUUID()
  const title = '=HYPERLINK("http://evil.example")'
  const { workspaceId, memberId: ownerId } = owner
  await db().insert(positions).values({ id, workspaceId, title, ownerId, search: '' })
  await sqlClient()`insert into events
    (id, partner_id, workspace_id, name, actor_kind, actor_id, subject_kind, subject_id, data, address, user_agent)
    values (${randomUUID()}, ${owner.partnerId}, ${workspaceId}, 'position.edited', 'member', ${ownerId}, 'position', ${id},
      '{}', '192.0.2.1', '@SUM(1)')`
  await sqlClient()`update users set name = '+1' where id = ${owner.userId}`
  const answer = await send(slug, { format: 'csv', kind: 'position' }, await signedIn(owner))
  expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8; header=present')
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(await answer.arrayBuffer())
  expect(text.startsWith('\ufeffWhen (UTC),Event,What,Who,')).toBe(true)
  const [, row = '', end] = text.split('\r\n')
  expect(row).toContain(`,Edited a position,'+1,`)
  expect(row).toContain(`,"'=HYPERLINK(""http://evil.example"")",position,${id},192.0.2.1,'@SUM(1),`)
  expect(end).toBe('')
})

test('a browser that goes away in the middle ends the reading', async () => {
  const { slug, owner } = await makeWorkspace()
  await sqlClient()`insert into events (id, partner_id, workspace_id, name, actor_kind, actor_id, subject_kind, subject_id, data, at)
    select gen_random_uuid(), ${owner.partnerId}, ${owner.workspaceId}, 'position.edited', 'member', ${owner.memberId},
      'position', 'x', '{}', now() - make_interval(secs => n) from generate_series(1, 3000) n`
  const answer = await send(slug, { format: 'csv' }, await signedIn(owner))
  const reader = answer.body?.getReader()
  await reader?.read()
  await reader?.cancel()
  expect(await reader?.read()).toEqual({ done: true, value: undefined })
})
