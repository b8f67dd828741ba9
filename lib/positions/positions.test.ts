import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { sqlClient } from '#lib/db/client.ts'
import { makeMember, makeWorkspace } from '#lib/db/testing.ts'
import { closePosition } from './close.ts'
import { countPositions } from './count.ts'
import { createPosition } from './create.ts'
import { listDepartments } from './departments.ts'
import { editPosition } from './edit.ts'
import { listPositions } from './list.ts'
import { positionQuery } from './query.ts'
import { readPosition } from './read.ts'
import { reopenPosition } from './reopen.ts'

const baker = { title: 'Baker', code: 'B/1', department: 'Kitchen', place: 'Łódź' }
const eventsOf = async (id: string) => {
  const rows = await sqlClient()`select name from events where subject_id = ${id} order by at, id`
  return rows.map(row => row.name).toSorted()
}

test('a recruiter makes, edits, closes and reopens a position, and each change is recorded once', async () => {
  const workspace = await makeWorkspace()
  const recruiter = await makeMember(workspace, 'recruiter')
  const { id } = await createPosition(recruiter, baker)
  await editPosition(recruiter, id, { ...baker, title: 'Head baker', owner: workspace.owner.memberId })
  await closePosition(recruiter, id)
  await closePosition(recruiter, id)
  const closed = await readPosition(recruiter, id)
  expect(closed).toMatchObject({
    title: 'Head baker',
    state: 'closed',
    owner: { id: workspace.owner.memberId },
  })
  expect(closed.closedAt).toBeInstanceOf(Date)
  await reopenPosition(recruiter, id)
  expect(await readPosition(recruiter, id)).toMatchObject({ state: 'open', closedAt: null, link: undefined })
  expect(await eventsOf(id)).toEqual([
    'position.closed',
    'position.created',
    'position.edited',
    'position.reopened',
  ])
})

test('a form that is sent twice makes one position', async () => {
  const { owner } = await makeWorkspace()
  const id = randomUUID()
  const made = await Promise.all([1, 2, 3].map(() => createPosition(owner, { ...baker, id })))
  expect(made).toEqual([{ id }, { id }, { id }])
  expect((await listPositions(owner, positionQuery({}))).rows).toHaveLength(1)
  expect(await eventsOf(id)).toEqual(['position.created'])
})

test('a viewer looks and changes nothing', async () => {
  const workspace = await makeWorkspace()
  const { id } = await createPosition(workspace.owner, baker)
  const viewer = await makeMember(workspace, 'viewer')
  expect(await readPosition(viewer, id)).toMatchObject(baker)
  for (const change of [
    () => createPosition(viewer, baker),
    () => editPosition(viewer, id, baker),
    () => closePosition(viewer, id),
    () => reopenPosition(viewer, id),
  ])
    await expect(change()).rejects.toMatchObject({ code: 'forbidden' })
})

test("another workspace's position is not there, whatever is asked of it", async () => {
  const [mine, theirs] = [await makeWorkspace(), await makeWorkspace()]
  const { id } = await createPosition(theirs.owner, baker)
  for (const asked of [
    () => readPosition(mine.owner, id),
    () => editPosition(mine.owner, id, baker),
    () => closePosition(mine.owner, id),
    () => reopenPosition(mine.owner, id),
    () => readPosition(mine.owner, 'not an id'),
  ])
    await expect(asked()).rejects.toMatchObject({ code: 'not_found' })
  expect(await readPosition(theirs.owner, id)).toMatchObject({ ...baker, state: 'open' })
  expect((await listPositions(mine.owner, positionQuery({ state: 'all' }))).rows).toEqual([])
  await expect(createPosition(mine.owner, { ...baker, id })).rejects.toMatchObject({ code: 'conflict' })
})

test("somebody of another workspace cannot become a position's owner", async () => {
  const [mine, theirs] = [await makeWorkspace(), await makeWorkspace()]
  for (const owner of [theirs.owner.memberId, randomUUID(), 'x', '__proto__'])
    await expect(createPosition(mine.owner, { ...baker, owner })).rejects.toMatchObject({
      problems: { owner: { key: 'positions.problems.owner' } },
    })
})

test('what is typed oddly is tidied: white space, control characters, reading direction, decomposed letters', async () => {
  const { owner } = await makeWorkspace()
  const title = '  Se\u0000nior\t\r\n \u202eWelder\u202c  \ufeffCafe\u0301 👩🏽‍🚀 עברית '
  const { id } = await createPosition(owner, { ...baker, title })
  expect((await readPosition(owner, id)).title).toBe('Senior Welder Café 👩🏽‍🚀 עברית')
})

test.each([
  ['nothing', '', 'forms.empty'],
  ['what nobody sees', ' \u0000\u200b\u202e\u2066 ', 'forms.empty'],
  ['ten thousand letters', 'x'.repeat(10_000), 'forms.too_long'],
])('a title of %s is refused at its field', async (_, title, key) => {
  const { owner } = await makeWorkspace()
  await expect(createPosition(owner, { ...baker, title })).rejects.toMatchObject({
    code: 'invalid',
    problems: { title: { key } },
  })
})

test('a search finds letters without their accents, in any field, and takes no character for a pattern', async () => {
  const { owner } = await makeWorkspace()
  await createPosition(owner, baker)
  await createPosition(owner, { ...baker, title: '100%_real\\job', place: 'Genève' })
  const titles = async (q: string) =>
    (await listPositions(owner, positionQuery({ q }))).rows.map(row => row.title)
  expect(await titles('GENEVE kitchen')).toEqual(['100%_real\\job'])
  expect(await titles('baker LODZ')).toEqual(['Baker'])
  expect(await titles('0%_r')).toEqual(['100%_real\\job'])
  expect(await titles('al\\j')).toEqual(['100%_real\\job'])
  expect(await titles('%')).toEqual(['100%_real\\job'])
  expect(await titles("' or 1=1 --")).toEqual([])
  expect(await titles('\u0000')).toHaveLength(2)
})

test('filters: state, department, owner, linked or not', async () => {
  const workspace = await makeWorkspace()
  const { owner } = workspace
  const recruiter = await makeMember(workspace, 'recruiter')
  await createPosition(owner, baker)
  await createPosition(recruiter, { ...baker, title: 'Driver', department: 'Transport' })
  const closed = await createPosition(owner, { ...baker, title: 'Cook' })
  await closePosition(owner, closed.id)
  const titles = async (asked: Record<string, string>) =>
    (await listPositions(owner, positionQuery(asked))).rows.map(row => row.title).toSorted()
  expect(await titles({})).toEqual(['Baker', 'Driver'])
  expect(await titles({ state: 'closed' })).toEqual(['Cook'])
  expect(await titles({ state: 'all' })).toEqual(['Baker', 'Cook', 'Driver'])
  expect(await titles({ department: 'Transport' })).toEqual(['Driver'])
  expect(await titles({ owner: recruiter.memberId })).toEqual(['Driver'])
  expect(await titles({ ats: 'linked' })).toEqual([])
  expect(await titles({ ats: 'unlinked', state: 'all' })).toEqual(['Baker', 'Cook', 'Driver'])
  expect(await listDepartments(owner)).toEqual(['Kitchen', 'Transport'])
  expect(await countPositions(owner)).toEqual({ open: 2, closed: 1, linked: 0 })
})
