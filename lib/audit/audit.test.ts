import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import type { MemberActor } from '#lib/actors.ts'
import { db, sqlClient, transaction } from '#lib/db/client.ts'
import { events, positions } from '#lib/db/schema/index.ts'
import { makeMember, makeWorkspace } from '#lib/db/testing.ts'
import { closePosition } from '#lib/positions/close.ts'
import { exportEvents } from './export.ts'
import { listAuditPeople } from './find.ts'
import { listEvents, pageQuery, pageSize, type Reading } from './list.ts'
import type { EventName } from './names.ts'
import { type AuditQuery, auditParams, auditQuery } from './query.ts'
import { record } from './record.ts'

const utc: Reading = { timeZone: 'UTC', namesMeant: [] }
const wording = { event: (name: string) => name, head: (column: string) => column }
const all = (query: Partial<AuditQuery> = {}): AuditQuery => ({ ...auditQuery({}), ...query })
const namesOf = async (actor: MemberActor, query: Partial<AuditQuery>, reading = utc) =>
  (await listEvents(actor, all(query), reading)).rows.map(row => row.name)

let owner: MemberActor
beforeEach(async () => {
  owner = (await makeWorkspace()).owner
})

const happened = (actor: MemberActor, name: EventName, at: string, id = randomUUID()) =>
  db()
    .insert(events)
    .values({
      id,
      partnerId: actor.partnerId,
      workspaceId: actor.workspaceId,
      name,
      actorKind: 'member',
      actorId: actor.memberId,
      subjectKind: 'workspace',
      subjectId: actor.workspaceId,
      data: {},
      at: new Date(at),
    })

async function newPosition(actor: MemberActor, title: string): Promise<string> {
  const id = randomUUID()
  const { workspaceId, memberId: ownerId } = actor
  await db().insert(positions).values({ id, workspaceId, title, ownerId, search: title.toLowerCase() })
  return id
}

test('an entry says who, what, on what, from where and when', async () => {
  const id = await newPosition(owner, 'Baker')
  const from = { address: '192.0.2.7', userAgent: 'Mozilla/5.0 (X11; Linux x86_64) Firefox/153.0' }
  await closePosition({ ...owner, from }, id)
  const { rows } = await listEvents(owner, all(), utc)
  expect(rows).toMatchObject([
    {
      name: 'position.closed',
      who: { kind: 'member', id: owner.memberId, name: owner.name },
      subject: { kind: 'position', id, name: 'Baker', path: `positions/${id}` },
      address: '192.0.2.7',
      userAgent: from.userAgent,
    },
  ])
  expect(Math.abs(Date.now() - (rows[0]?.at.getTime() ?? 0))).toBeLessThan(60_000)
})

test('somebody who was renamed has her name of now, and what she did stays hers by its id', async () => {
  await happened(owner, 'member.added', '2026-01-01T00:00:00Z')
  await sqlClient()`update users set name = 'Renamed Person' where id = ${owner.userId}`
  const { rows } = await listEvents(owner, all(), utc)
  expect(rows[0]?.who).toEqual({ kind: 'member', id: owner.memberId, name: 'Renamed Person' })
})

test('recruiters and viewers neither read nor export it, and another workspace sees nothing of it', async () => {
  const workspace = { partnerId: owner.partnerId, workspaceId: owner.workspaceId }
  await happened(owner, 'position.created', '2026-01-01T00:00:00Z')
  for (const role of ['viewer', 'recruiter'] as const) {
    const actor = await makeMember(workspace, role)
    await expect(listEvents(actor, all(), utc)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(exportEvents(actor, all(), 'csv', utc, wording)).rejects.toMatchObject({ code: 'forbidden' })
  }
  expect(await namesOf(await makeMember(workspace, 'admin'), {})).toEqual(['position.created'])
  const stranger = (await makeWorkspace()).owner
  expect(await namesOf(stranger, {})).toEqual([])
  expect(await namesOf(stranger, { person: owner.memberId })).toEqual([])
  expect(await namesOf(stranger, { q: owner.name })).toEqual([])
})

test('pages hold every entry once, forward and back, several within the same moment too', async () => {
  const ids = Array.from({ length: pageSize * 2 + 3 }, () => randomUUID())
  for (const id of ids) await happened(owner, 'position.edited', '2026-01-01T00:00:00.123456Z', id)
  const seen: string[] = []
  let page = await listEvents(owner, all(), utc)
  expect(page.earlier).toBeUndefined()
  for (;;) {
    seen.push(...page.rows.map(row => row.id))
    if (!page.next) break
    page = await listEvents(owner, all(auditQuery(auditParams(all({ cursor: page.next })))), utc)
  }
  expect(seen.toSorted()).toEqual(ids.toSorted())
  const back = await listEvents(owner, all({ cursor: page.earlier }), utc)
  expect(back.rows.map(row => row.id)).toEqual(seen.slice(pageSize, pageSize * 2))
})

test('a person, a kind, and days in the reader’s own zone narrow it down, together too', async () => {
  const admin = await makeMember(owner, 'admin')
  await happened(owner, 'position.created', '2026-03-01T22:30:00Z')
  await happened(owner, 'connection.made', '2026-03-01T23:30:00Z')
  await happened(admin, 'position.closed', '2026-03-02T23:30:00Z')
  await transaction(tx =>
    record(
      tx,
      { kind: 'system', task: 'check' },
      {
        name: 'connection.moved',
        subject: { kind: 'connection', id: randomUUID() },
        partnerId: owner.partnerId,
        workspaceId: owner.workspaceId,
      },
    ),
  )
  expect(await namesOf(owner, { person: admin.memberId })).toEqual(['position.closed'])
  expect(await namesOf(owner, { person: 'system' })).toEqual(['connection.moved'])
  expect(await namesOf(owner, { kind: 'position' })).toEqual(['position.closed', 'position.created'])
  expect(await namesOf(owner, { kind: 'position', person: owner.memberId })).toEqual(['position.created'])
  const day = { from: '2026-03-02', to: '2026-03-02' }
  expect(await namesOf(owner, day)).toEqual(['position.closed'])
  const inAmsterdam = { ...utc, timeZone: 'Europe/Amsterdam' }
  expect(await namesOf(owner, day, inAmsterdam)).toEqual(['connection.made'])
})

test('a search finds by person, by position and by what happened, and nothing where nothing fits', async () => {
  const id = await newPosition(owner, 'Customs Broker 100%')
  await closePosition(owner, id)
  await happened(owner, 'workspace.created', '2026-01-01T00:00:00Z')
  expect(await namesOf(owner, { q: 'BROKER 100%' })).toEqual(['position.closed'])
  expect(await namesOf(owner, { q: 'owner pers' })).toEqual(['position.closed', 'workspace.created'])
  expect(await namesOf(owner, { q: 'made' }, { ...utc, namesMeant: ['workspace.created'] })).toEqual([
    'workspace.created',
  ])
  expect(await namesOf(owner, { q: id })).toEqual(['position.closed'])
  for (const q of ["' or true --", '%', '\\', 'nothing']) {
    expect(await namesOf(owner, { q: auditQuery({ q }).q })).toEqual(q === '%' ? ['position.closed'] : [])
  }
})

test('people who have left can still be asked for', async () => {
  const left = await makeMember(owner, 'recruiter')
  await sqlClient()`update members set removed_at = now() where id = ${left.memberId}`
  expect((await listAuditPeople(owner)).map(({ id }) => id)).toContain(left.memberId)
})

test('what an address says that is not understood is as if it were not there', () => {
  const odd = { person: 'x', kind: 'constructor', from: '2026-02-30', to: ['a'], page: 'e30', q: ['a', 'b'] }
  expect(auditQuery(odd)).toEqual({ q: '', person: '', kind: '', from: '', to: '', cursor: undefined })
})

test('an export has every page, says that it was made, and is read page by page', async () => {
  await sqlClient()`insert into events (id, partner_id, workspace_id, name, actor_kind, actor_id, subject_kind, subject_id, data, at)
    select gen_random_uuid(), ${owner.partnerId}, ${owner.workspaceId}, 'position.edited', 'member', ${owner.memberId},
      'position', gen_random_uuid()::text, '{"note":"=1"}', now() - make_interval(secs => n) from generate_series(1, 2500) n`
  const parts: string[] = []
  for await (const part of await exportEvents(owner, all(), 'json', utc, wording)) parts.push(part)
  const rows = JSON.parse(parts.join(''))
  expect(rows).toHaveLength(2501)
  expect(rows[0]).toMatchObject({ event: 'audit.exported', data: { format: 'json' }, who: owner.name })
  expect(parts.filter(Boolean).length).toBeGreaterThanOrEqual(3)
  const [head = ''] = parts
  expect(JSON.parse(`${head}]`)).toHaveLength(1000)
  expect(await namesOf(owner, { kind: 'audit' })).toEqual(['audit.exported'])
})

test('an export of nothing is a whole file', async () => {
  for await (const part of await exportEvents(owner, all({ to: '2000-01-01' }), 'json', utc, wording))
    if (part) expect(part).toBe('[]\n')
})

// A sort of the whole log, or a look at all of it, would show as a Seq Scan or a Sort over it.
test('the first page, a person’s and a kind’s are read from an index only as far as they go', async () => {
  await sqlClient()`insert into events (id, partner_id, workspace_id, name, actor_kind, actor_id, subject_kind, subject_id, data, at)
    select gen_random_uuid(), ${owner.partnerId}, ${owner.workspaceId}, 'position.edited', 'member', ${owner.memberId},
      'position', gen_random_uuid()::text, '{}', now() - make_interval(secs => n) from generate_series(1, 20000) n`
  await sqlClient()`analyze events`
  for (const [query, index] of [
    [{}, 'events_workspace'],
    [{ person: owner.memberId }, 'events_actor'],
    [{ kind: 'position' }, 'events_name'],
  ] as const) {
    const first = await listEvents(owner, all(query), utc)
    const second = await listEvents(owner, all({ ...query, cursor: first.next }), utc)
    for (const cursor of [undefined, first.next, second.earlier]) {
      const wanted = await pageQuery(owner, all({ ...query, cursor }), utc, pageSize + 1)
      const rows = await db().execute(sql`explain analyze ${wanted}`)
      const plan = rows.map(row => String(row['QUERY PLAN'])).join('\n')
      expect(plan).toContain(`using ${index} on events`)
      expect(plan).not.toContain('Seq Scan')
      const read = [...plan.matchAll(/actual .*?rows=(\d+)/g)].map(found => Number(found[1]))
      expect(Math.max(...read)).toBeLessThan(1000)
    }
  }
})
