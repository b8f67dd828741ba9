import { and, eq, isNull, sql } from 'drizzle-orm'
import { afterAll, expect, test } from 'vitest'
import type { MemberActor } from '#lib/actors.ts'
import { connectTo } from '#lib/connections/testing.ts'
import { openSandbox } from '#lib/connectors/workable/testing.ts'
import { db, sqlClient, transaction } from '#lib/db/client.ts'
import { connectionNumbers, events, numbers } from '#lib/db/schema/index.ts'
import { makeMember, makeWorkspace } from '#lib/db/testing.ts'
import { newId } from '#lib/ids.ts'
import { addNumber } from './add.ts'
import { addSampleNumbers } from './add-samples.ts'
import { numberChoices } from './choices.ts'
import { chooseNumbers } from './choose.ts'
import { editNumber } from './edit.ts'
import { listNumbers, pageQuery } from './list.ts'
import { connectionsOfNumber, countNumbers, readNumber } from './read.ts'
import { releaseNumbers, removeNumber } from './remove.ts'

const sandbox = await openSandbox()
afterAll(() => sandbox.stop())

const desk = { number: '020 555 0100', country: 'NL', label: 'Front desk', calls: 'yes', messages: 'yes' }

const fieldsOf = (actor: MemberActor, wish: Record<string, string> = {}) => ({
  ...desk,
  owner: actor.memberId,
  ...wish,
})

async function makeDesk(wish: Record<string, string> = {}) {
  const workspace = await makeWorkspace()
  const { owner } = workspace
  const { id } = await addNumber(owner, fieldsOf(owner, wish))
  const connection = await connectTo(sandbox, owner, 'acme')
  return { ...workspace, number: id, connection: connection.id }
}

/** Ticks as the page's form would send them. */
async function choose(actor: MemberActor, connectionId: string, calls: string[], messages: string[] = []) {
  const { known } = await numberChoices(actor, { connectionId })
  await chooseNumbers(actor, { connectionId, ticks: { calls, messages }, known })
}

const linksOf = async (connectionId: string) =>
  (await db().select().from(connectionNumbers).where(eq(connectionNumbers.connectionId, connectionId)))
    .map(({ numberId, use }) => `${use} ${numberId}`)
    .sort()

const eventsOf = async (workspaceId: string, name: string) =>
  db()
    .select({ data: events.data, subject: events.subjectId })
    .from(events)
    .where(and(eq(events.workspaceId, workspaceId), eq(events.name, name)))
    .orderBy(events.at)

test('a number that is added is kept as E.164, in the list as people read it, and on record without its digits', async () => {
  const { owner, workspaceId, number } = await makeDesk()
  expect(await readNumber(owner, number)).toMatchObject({ e164: '+31205550100', label: 'Front desk' })
  const { rows, more } = await listNumbers(owner, {})
  expect({ rows, more }).toEqual({
    rows: [
      {
        id: number,
        shown: '+31 20 555 0100',
        country: 'NL',
        label: 'Front desk',
        owner: owner.name,
        calls: true,
        messages: true,
        connections: 0,
      },
    ],
    more: false,
  })
  const recorded = await eventsOf(workspaceId, 'number.added')
  expect(recorded).toEqual([{ data: { calls: true, messages: true }, subject: number }])
  expect(JSON.stringify(recorded)).not.toMatch(/555|desk/i)
})

test('everything that is wrong with a number is said at its field, at once', async () => {
  const { owner } = await makeWorkspace()
  const wrong = { number: 'call me', country: 'NL', label: ' ', owner: newId(), calls: '', messages: '' }
  await expect(addNumber(owner, wrong)).rejects.toMatchObject({
    code: 'invalid',
    problems: {
      number: { key: 'numbers.problems.letters' },
      label: { key: 'forms.empty' },
      calls: { key: 'numbers.problems.carries' },
    },
  })
  await expect(addNumber(owner, { ...fieldsOf(owner), owner: newId() })).rejects.toMatchObject({
    problems: { owner: { key: 'numbers.problems.owner' } },
  })
})

test('the same number twice is told at its field, with the one that is there; pressed twice it is one', async () => {
  const { owner, workspaceId } = await makeDesk()
  await expect(
    addNumber(owner, fieldsOf(owner, { number: '+31 (0)20 5550100', label: 'Another' })),
  ).rejects.toMatchObject({
    problems: {
      number: {
        key: 'numbers.problems.taken',
        values: { number: '+31 20 555 0100', label: 'Front desk', owner: owner.name },
      },
    },
  })
  const id = newId()
  const twice = fieldsOf(owner, { id, number: '020 555 0101' })
  expect(await Promise.all([addNumber(owner, twice), addNumber(owner, twice)])).toEqual([{ id }, { id }])
  expect(await db().$count(numbers, eq(numbers.workspaceId, workspaceId))).toBe(2)
  expect(await eventsOf(workspaceId, 'number.added')).toHaveLength(2)
})

test('two who add the same number at the same moment make one, and the second is told', async () => {
  const { owner, workspaceId } = await makeWorkspace()
  const tries = await Promise.allSettled([1, 2, 3].map(() => addNumber(owner, fieldsOf(owner))))
  expect(tries.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected', 'rejected'])
  expect(await db().$count(numbers, eq(numbers.workspaceId, workspaceId))).toBe(1)
})

test('another workspace may have the same number, and one that was removed can be added again', async () => {
  const { owner, number } = await makeDesk()
  const elsewhere = (await makeWorkspace()).owner
  await addNumber(elsewhere, fieldsOf(elsewhere))
  await removeNumber(owner, number)
  const { id } = await addNumber(owner, fieldsOf(owner))
  expect(id).not.toBe(number)
})

test('a number is edited, not into one that is there; what it cannot carry any more, connections lose', async () => {
  const { owner, number, connection, workspaceId } = await makeDesk()
  await addNumber(owner, fieldsOf(owner, { number: '020 555 0101', label: 'Second' }))
  await expect(editNumber(owner, number, fieldsOf(owner, { number: '020 555 0101' }))).rejects.toMatchObject({
    problems: { number: { key: 'numbers.problems.taken' } },
  })
  await choose(owner, connection, [number], [number])
  await editNumber(owner, number, fieldsOf(owner, { label: 'Desk', messages: '' }))
  expect(await linksOf(connection)).toEqual([`calls ${number}`])
  expect(await readNumber(owner, number)).toMatchObject({ label: 'Desk', carriesMessages: false })
  expect(await eventsOf(workspaceId, 'number.edited')).toEqual([{ data: { uses: 1 }, subject: number }])
})

test('a number that connections use is removed from all of them, and none offers it any more', async () => {
  const { owner, number, connection, workspaceId } = await makeDesk()
  const other = await connectTo(sandbox, owner, 'larkfield', { name: 'The other one' })
  await choose(owner, connection, [number], [number])
  await choose(owner, other.id, [], [number])
  expect(await connectionsOfNumber(owner, number)).toMatchObject([
    { name: 'The other one', calls: false, messages: true },
    { id: connection, calls: true, messages: true },
  ])
  const { items } = await numberChoices(owner, { connectionId: connection })
  expect(items).toMatchObject([{ id: number, others: ['The other one'] }])
  await removeNumber(owner, number)
  expect(await linksOf(connection)).toEqual([])
  expect(await linksOf(other.id)).toEqual([])
  expect((await numberChoices(owner, { connectionId: connection })).items).toEqual([])
  expect(await eventsOf(workspaceId, 'number.removed')).toEqual([
    { data: { connections: 2 }, subject: number },
  ])
  await expect(removeNumber(owner, number)).rejects.toMatchObject({ code: 'not_found' })
})

test('a connection uses the numbers with a tick and no others; the same again is no change', async () => {
  const { owner, number, connection, workspaceId } = await makeDesk()
  const second = await addNumber(owner, fieldsOf(owner, { number: '020 555 0101', label: 'Second' }))
  await choose(owner, connection, [number, second.id], [second.id])
  await choose(owner, connection, [number, second.id], [second.id])
  expect(await countNumbers(owner, connection)).toBe(2)
  await choose(owner, connection, [], [second.id])
  expect(await linksOf(connection)).toEqual([`messages ${second.id}`])
  expect(await eventsOf(workspaceId, 'connection.numbers_changed')).toEqual([
    { data: { calls: 2, messages: 1 }, subject: connection },
    { data: { calls: 0, messages: 1 }, subject: connection },
  ])
})

test('of two tabs the second is told that the first changed the numbers, and nothing of it is kept yet', async () => {
  const { owner, number, connection } = await makeDesk()
  const second = await addNumber(owner, fieldsOf(owner, { number: '020 555 0101', label: 'Second' }))
  const { known } = await numberChoices(owner, { connectionId: connection })
  await choose(owner, connection, [second.id])
  const late = { connectionId: connection, ticks: { calls: [number], messages: [] }, known }
  await expect(chooseNumbers(owner, late)).rejects.toMatchObject({
    problems: { '': { key: 'numbers.choose.changed' } },
  })
  expect(await linksOf(connection)).toEqual([`calls ${second.id}`])
  // Shown again, the form knows how it is now.
  await choose(owner, connection, [number])
  expect(await linksOf(connection)).toEqual([`calls ${number}`])
})

// Taken out with: the workspace, `removedAt` and `able` in `mustCarry`.
test('a tick for a number that is removed, of another workspace, or cannot carry it, changes nothing', async () => {
  const { owner, number, connection } = await makeDesk({ messages: '' })
  const elsewhere = await makeDesk()
  const removed = await addNumber(owner, fieldsOf(owner, { number: '020 555 0101', label: 'Second' }))
  await removeNumber(owner, removed.id)
  const wrong: [string[], string[]][] = [
    [[number, elsewhere.number], []],
    [[number, removed.id], []],
    [[number, newId()], []],
    [[number], [number]],
  ]
  for (const [calls, messages] of wrong)
    await expect(choose(owner, connection, calls, messages)).rejects.toMatchObject({
      problems: { '': { key: 'numbers.choose.gone' } },
    })
  expect(await linksOf(connection)).toEqual([])
  expect(await linksOf(elsewhere.connection)).toEqual([])
})

// Taken out with: `lockConnection` in `chooseNumbersIn`; `workspaceId` in `lockNumber` and `readNumber`.
test('nobody reads, changes or chooses numbers of another workspace', async () => {
  const mine = await makeDesk()
  const theirs = await makeDesk()
  const { owner } = mine
  await expect(readNumber(owner, theirs.number)).rejects.toMatchObject({ code: 'not_found' })
  await expect(editNumber(owner, theirs.number, fieldsOf(owner))).rejects.toMatchObject({ code: 'not_found' })
  await expect(removeNumber(owner, theirs.number)).rejects.toMatchObject({ code: 'not_found' })
  await expect(choose(owner, theirs.connection, [mine.number])).rejects.toMatchObject({ code: 'not_found' })
  expect(await connectionsOfNumber(owner, theirs.number)).toEqual([])
  expect((await listNumbers(owner, {})).rows.map(({ id }) => id)).toEqual([mine.number])
  const choices = await numberChoices(owner, {
    connectionId: theirs.connection,
    ticks: { calls: [theirs.number], messages: [] },
  })
  expect(choices.items.map(({ id }) => id)).toEqual([mine.number])
})

test('looking is for everybody; changing a number or a choice takes an admin', async () => {
  const { owner, number, connection, ...workspace } = await makeDesk()
  for (const role of ['viewer', 'recruiter'] as const) {
    const member = await makeMember(workspace, role)
    expect((await listNumbers(member, {})).rows).toHaveLength(1)
    const acts = [
      addNumber(member, fieldsOf(member)),
      editNumber(member, number, fieldsOf(member)),
      removeNumber(member, number),
      choose(member, connection, [number]),
    ]
    for (const act of acts) await expect(act).rejects.toMatchObject({ code: 'forbidden' })
  }
  const admin = await makeMember(workspace, 'admin')
  await choose(admin, connection, [number])
  expect(await linksOf(connection)).toEqual([`calls ${number}`])
})

test('a deleted connection takes no numbers, and lets go of those it had', async () => {
  const { owner, number, connection, workspaceId } = await makeDesk()
  await choose(owner, connection, [number])
  await transaction(tx => releaseNumbers(tx, { workspaceId, connectionId: connection }))
  expect(await linksOf(connection)).toEqual([])
  await sqlClient()`update connections set status = 'deleted' where id = ${connection}`
  await expect(choose(owner, connection, [number])).rejects.toMatchObject({ code: 'not_found' })
})

test('a list of hundreds comes in pages by label, each number once; it is searched by label, owner and digits', async () => {
  const { owner, workspaceId } = await makeWorkspace()
  await sqlClient()`insert into numbers (id, workspace_id, e164, label, owner_id, carries_calls, carries_messages)
    select gen_random_uuid(), ${workspaceId}, '+3120555' || lpad(n::text, 4, '0'), 'Desk ' || n % 40, ${owner.memberId}, true, n % 2 = 0
    from generate_series(1, 530) n`
  const seen: string[] = []
  let after: string | undefined
  do {
    const page = await listNumbers(owner, after ? { after } : {})
    seen.push(...page.rows.map(({ id }) => id))
    after = page.more ? page.rows.at(-1)?.id : undefined
  } while (after)
  expect(new Set(seen).size).toBe(530)
  expect(seen).toHaveLength(530)
  for (const [q, count] of [
    ['020 555 0123', 1],
    ['+31 (0)20 555 0123', 1],
    ['0123', 1],
    ['DESK 39', 13],
    ['owner person', 50],
    ['%', 0],
    ["'; --", 0],
  ] as const)
    expect([q, (await listNumbers(owner, { q })).rows.length]).toEqual([q, count])
})

test('a page of the list is read from its index, however many numbers there are', async () => {
  const { owner, workspaceId } = await makeWorkspace()
  await sqlClient()`insert into numbers (id, workspace_id, e164, label, owner_id, carries_calls, carries_messages)
    select gen_random_uuid(), ${workspaceId}, '+3120' || lpad(n::text, 7, '0'), 'Desk ' || n, ${owner.memberId}, true, true
    from generate_series(1, 5000) n`
  await sqlClient()`analyze numbers`
  const plan = await transaction(async tx =>
    JSON.stringify(await tx.execute(sql`explain ${pageQuery(owner, {})}`)),
  )
  expect(plan).toContain('numbers_list')
})

test('of hundreds to choose from, those with a tick are all shown and stay through a search', async () => {
  const { owner, connection, number, workspaceId } = await makeDesk()
  await sqlClient()`insert into numbers (id, workspace_id, e164, label, owner_id, carries_calls, carries_messages)
    select gen_random_uuid(), ${workspaceId}, '+3110555' || lpad(n::text, 4, '0'), 'Desk ' || lpad(n::text, 4, '0'), ${owner.memberId}, true, true
    from generate_series(1, 400) n`
  await choose(owner, connection, [number])
  const all = await numberChoices(owner, { connectionId: connection })
  expect([all.items.length, all.cut, all.items[0]?.id]).toEqual([201, true, number])
  const [last] = (await numberChoices(owner, { connectionId: connection, q: '0399' })).items.slice(1)
  const ticks = { calls: [number, last?.id ?? ''], messages: [last?.id ?? ''] }
  const found = await numberChoices(owner, { connectionId: connection, q: 'desk 0007', ticks })
  expect(found.items.map(({ label, ticked }) => [label, ticked.calls, ticked.messages])).toEqual([
    ['Desk 0399', true, true],
    ['Front desk', true, false],
    ['Desk 0007', false, false],
  ])
  expect(found.cut).toBe(false)
})

test('a connection takes 300 numbers a use at most', async () => {
  const { owner, connection, workspaceId } = await makeDesk()
  await sqlClient()`insert into numbers (id, workspace_id, e164, label, owner_id, carries_calls, carries_messages)
    select gen_random_uuid(), ${workspaceId}, '+3110555' || lpad(n::text, 4, '0'), 'Desk ' || n, ${owner.memberId}, true, true
    from generate_series(1, 301) n`
  const rows = await db().select({ id: numbers.id }).from(numbers).where(eq(numbers.workspaceId, workspaceId))
  const ids = rows.map(({ id }) => id).slice(0, 301)
  await expect(choose(owner, connection, ids)).rejects.toMatchObject({
    problems: { '': { key: 'numbers.choose.too_many' } },
  })
  await choose(owner, connection, ids.slice(1), ids.slice(1))
  expect(await countNumbers(owner, connection)).toBe(300)
})

test('the demo has six numbers, shared out among its people', async () => {
  const { owner, workspaceId } = await makeWorkspace()
  await transaction(tx => addSampleNumbers(tx, { workspaceId, owners: [owner.memberId] }))
  const kept = and(eq(numbers.workspaceId, workspaceId), isNull(numbers.removedAt))
  expect(await db().$count(numbers, kept)).toBe(6)
})
