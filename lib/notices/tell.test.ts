import { eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import type { MemberActor } from '#lib/actors.ts'
import { record } from '#lib/audit/record.ts'
import { setExpiry } from '#lib/connections/set-expiry.ts'
import { db, sqlClient, transaction } from '#lib/db/client.ts'
import { connections, mails, members, notices } from '#lib/db/schema/index.ts'
import { makeMember, makeWorkspace } from '#lib/db/testing.ts'
import { renderMail } from '#lib/mail/render.ts'
import { listNotices } from './list.ts'
import { markSeen } from './mark-seen.ts'
import { tell } from './tell.ts'
import { bareConnection, mailedTo, noticesOf, remindOf, tellNewest } from './testing.ts'

/** A recruiter's connection in a workspace with an owner, an admin, a viewer and another recruiter. */
async function crew() {
  const workspace = await makeWorkspace()
  const of = (role: MemberActor['role']) => makeMember(workspace, role)
  const [maker, admin] = [await of('recruiter'), await of('admin')]
  await of('viewer')
  await of('recruiter')
  const id = await bareConnection(maker)
  return { ...workspace, maker, admin, id }
}

type Crew = Awaited<ReturnType<typeof crew>>
type Name = Parameters<typeof record>[2]['name']

/** Changes a connection as a verb does: its row and the record, in one transaction. */
const change = (
  { id, partnerId, workspaceId }: Crew,
  name: Name,
  set: Partial<typeof connections.$inferInsert>,
) =>
  transaction(async tx => {
    await tx.update(connections).set(set).where(eq(connections.id, id))
    const subject = { kind: 'connection', id }
    await record(tx, { kind: 'system', task: 'test' }, { name, subject, partnerId, workspaceId })
  })

const refuse = (at: Crew) =>
  change(at, 'connection.needs_reauth', { status: 'needs_reauth', health: 'failing' })

test('a key that is refused is told to whoever connected, the admins and the owner, once each, and to nobody else', async () => {
  const at = await crew()
  await refuse(at)
  const { id: eventId } = await tellNewest(at.id)
  await Promise.all([tell(eventId), tell(eventId)])
  const told = [at.maker, at.admin, at.owner]
  expect(await mailedTo(at.workspaceId)).toEqual(told.map(({ email }) => email).sort())
  expect(await noticesOf(at.id)).toEqual(Array(3).fill('needs_reauth, open'))
  for (const { memberId } of told) expect(await noticesOf(at.id, memberId)).toHaveLength(1)
  const [mail] = await db().select().from(mails).where(eq(mails.workspaceId, at.workspaceId))
  const { text } = renderMail({ ...(mail ?? Object.assign({})), partner: 'Acme Partner' })
  // Its page says on top what is refused, with the button that mends it.
  expect(text).toContain(`http://localhost:3000/w/${at.slug}/integrations/workable/${at.id}\n`)
})

test('telling is a task that exists with the change, and not without it', async () => {
  const at = await crew()
  const waiting = async () =>
    (
      await sqlClient()`select 1 from queue.job j join events e on e.id::text = j.data->>'eventId'
      where j.name = 'tell' and e.subject_id = ${at.id}`
    ).length
  await refuse(at)
  expect(await waiting()).toBe(1)
  await expect(
    transaction(async tx => {
      await record(tx, at.owner, { name: 'connection.deleted', subject: { kind: 'connection', id: at.id } })
      throw new Error('rolled back')
    }),
  ).rejects.toThrow('rolled back')
  expect(await waiting()).toBe(1)
  await transaction(tx =>
    record(tx, at.owner, { name: 'connection.renamed', subject: { kind: 'connection', id: at.id } }),
  )
  expect(await waiting()).toBe(1)
})

test('whoever connected and has left is not told', async () => {
  const at = await crew()
  await db().update(members).set({ removedAt: sql`now()` }).where(eq(members.id, at.maker.memberId))
  await db().execute(sql`update users set disabled_at = now() where id = ${at.admin.userId}`)
  await refuse(at)
  await tellNewest(at.id)
  expect(await mailedTo(at.workspaceId)).toEqual([at.owner.email])
})

test('with a new key nothing is left to do; what was mended before anybody was told is told to nobody', async () => {
  const at = await crew()
  await refuse(at)
  await tellNewest(at.id)
  await change(at, 'connection.key_replaced', { status: 'active', version: 2 })
  await tellNewest(at.id)
  expect(await noticesOf(at.id)).toEqual(Array(3).fill('needs_reauth, settled'))

  const quick = await crew()
  await refuse(quick)
  await change(quick, 'connection.key_replaced', { status: 'active', version: 2 })
  const rows = await sqlClient()`select id from events where subject_id = ${quick.id} order by at`
  for (const { id } of rows.reverse()) await tell(String(id))
  expect(await noticesOf(quick.id)).toEqual([])
  expect(await mailedTo(quick.workspaceId)).toEqual([])
})

test.each([
  ['connection.activated', { status: 'active' }],
  ['connection.health_changed', { status: 'active', health: 'healthy' }],
  ['connection.deactivated', { status: 'inactive' }],
  ['connection.deleted', { status: 'deleted' }],
] as const)('%s settles what was told of a refused key', async (name, set) => {
  const at = await crew()
  await refuse(at)
  await tellNewest(at.id)
  await change(at, name, set)
  await tellNewest(at.id)
  expect(await noticesOf(at.id)).toEqual(Array(3).fill('needs_reauth, settled'))
})

test('a key that is refused a second time is told a second time', async () => {
  const at = await crew()
  await refuse(at)
  await tellNewest(at.id)
  await change(at, 'connection.key_replaced', { status: 'active', version: 2 })
  await tellNewest(at.id)
  await refuse(at)
  await tellNewest(at.id)
  expect(await noticesOf(at.id, at.owner.memberId)).toEqual(['needs_reauth, settled', 'needs_reauth, open'])
  expect(await mailedTo(at.workspaceId)).toHaveLength(6)
})

test('another last day settles the reminder of the one before', async () => {
  const at = await crew()
  await remindOf(at, at.id)
  expect(await noticesOf(at.id, at.owner.memberId)).toEqual(['key_expires, open'])
  const day = new Date(Date.now() + 200 * 86_400_000).toISOString().slice(0, 10)
  await setExpiry(at.owner, { connectionId: at.id, day })
  await tellNewest(at.id)
  expect(await noticesOf(at.id, at.owner.memberId)).toEqual(['key_expires, settled'])
})

test('a member sees her own notices and marks them as seen, up to what her page showed', async () => {
  const at = await crew()
  await refuse(at)
  await tellNewest(at.id)
  const { rows, more } = await listNotices(at.admin)
  expect([rows.length, more]).toEqual([1, false])
  const [shown] = rows
  expect(shown).toMatchObject({
    seen: false,
    settledAt: null,
    content: { kind: 'needs_reauth' },
    connection: { name: 'Workable, Larkfield', environment: 'sandbox', living: true },
  })
  const newer = await crewNotice(at)
  await markSeen(at.admin, shown?.id ?? '')
  expect((await listNotices(at.admin)).rows.map(({ id, seen }) => [id, seen])).toEqual([
    [newer, false],
    [shown?.id, true],
  ])
  expect((await listNotices(at.owner)).rows[0]?.seen).toBe(false)
  await expect(markSeen(at.maker, newer)).rejects.toMatchObject({ code: 'not_found' })
})

/** A second notice for the admin, made just now. */
async function crewNotice(at: Crew): Promise<string> {
  const id = crypto.randomUUID()
  await db()
    .insert(notices)
    .values({
      id,
      workspaceId: at.workspaceId,
      memberId: at.admin.memberId,
      kind: 'needs_reauth',
      key: id,
      subjectKind: 'connection',
      subjectId: at.id,
      data: { since: new Date().toISOString() },
    })
  return id
}

test('the next page of notices begins after the last one of the page before', async () => {
  const at = await crew()
  for (let count = 0; count < 53; count += 1) await crewNotice(at)
  const first = await listNotices(at.admin)
  const second = await listNotices(at.admin, first.rows.at(-1)?.id)
  expect([first.rows.length, first.more, second.rows.length, second.more]).toEqual([50, true, 3, false])
  const ids = new Set([...first.rows, ...second.rows].map(({ id }) => id))
  expect(ids.size).toBe(53)
})
