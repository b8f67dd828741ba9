import { eq } from 'drizzle-orm'
import { afterAll, expect, test } from 'vitest'
import type { MemberActor } from '#lib/actors.ts'
import { openSandbox } from '#lib/connectors/workable/testing.ts'
import { db } from '#lib/db/client.ts'
import { events } from '#lib/db/schema/index.ts'
import { makeMember, makeWorkspace } from '#lib/db/testing.ts'
import { renameConnection } from './rename.ts'
import { setExpiry } from './set-expiry.ts'
import { connectTo, rowOf } from './testing.ts'

const sandbox = await openSandbox()
afterAll(() => sandbox.stop())

const day = (ahead: number) => new Date(Date.now() + ahead * 24 * 3600 * 1000).toISOString().slice(0, 10)
const rename = (actor: MemberActor, connectionId: string, name: string) =>
  renameConnection(actor, { connectionId, fields: { name } })
const changesOf = (id: string) =>
  db()
    .select({ name: events.name, data: events.data, actorId: events.actorId })
    .from(events)
    .where(eq(events.subjectId, id))

test('a name is kept as it was meant, on one line, once however often it is saved', async () => {
  const { owner } = await makeWorkspace()
  const { id } = await connectTo(sandbox, owner, 'acme')
  for (const typed of ['  Acme\u0000\u202e \n hiring  ', 'Acme hiring']) await rename(owner, id, typed)
  expect((await rowOf(id)).name).toBe('Acme hiring')
  expect(await changesOf(id)).toEqual([{ name: 'connection.renamed', data: {}, actorId: owner.memberId }])
})

test('a name that is empty or longer than 80 characters is refused at its field', async () => {
  const { owner } = await makeWorkspace()
  const { id } = await connectTo(sandbox, owner, 'acme')
  const { name } = await rowOf(id)
  for (const [typed, key] of [
    [' \u200b ', 'forms.empty'],
    ['x'.repeat(81), 'forms.too_long'],
  ] as const)
    await expect(rename(owner, id, typed)).rejects.toMatchObject({ problems: { name: { key } } })
  expect((await rowOf(id)).name).toBe(name)
  await rename(owner, id, 'x'.repeat(80))
})

test('the day on which the key ends is changed and dropped, and the health that hangs on it follows', async () => {
  const { owner } = await makeWorkspace()
  const { id } = await connectTo(sandbox, owner, 'acme', { keyExpiresOn: day(200) })
  await setExpiry(owner, { connectionId: id, day: day(14) })
  expect(await rowOf(id)).toMatchObject({
    keyExpiresOn: day(14),
    health: 'degraded',
    healthReason: 'expires_soon',
  })
  await setExpiry(owner, { connectionId: id, day: day(300) })
  expect(await rowOf(id)).toMatchObject({ health: 'healthy', healthReason: null })
  await setExpiry(owner, { connectionId: id, day: '' })
  await setExpiry(owner, { connectionId: id, day: ' ' })
  expect((await rowOf(id)).keyExpiresOn).toBeNull()
  expect((await changesOf(id)).map(({ data }) => data)).toEqual([
    { expiresOn: day(14) },
    { expiresOn: day(300) },
    { expiresOn: null },
  ])
})

test('a worse flaw than the day stays what it is', async () => {
  const { owner } = await makeWorkspace()
  const flaw = { health: 'degraded', healthReason: 'member_unknown' } as const
  const { id } = await connectTo(sandbox, owner, 'acme', flaw)
  await setExpiry(owner, { connectionId: id, day: day(2) })
  expect(await rowOf(id)).toMatchObject(flaw)
})

test('a day that is none, or over, is refused at its field', async () => {
  const { owner } = await makeWorkspace()
  const { id } = await connectTo(sandbox, owner, 'acme', { keyExpiresOn: day(9) })
  for (const [typed, problem] of [
    ['2027-02-30', 'no_date'],
    ['tomorrow', 'no_date'],
    [day(-2), 'past'],
    ['9999-01-01', 'too_far'],
  ] as const)
    await expect(setExpiry(owner, { connectionId: id, day: typed })).rejects.toMatchObject({
      problems: { key_expires_on: { key: `workable.problems.key_expires_on.${problem}` } },
    })
  expect((await rowOf(id)).keyExpiresOn).toBe(day(9))
})

test('whoever made it and admins change it; others, and other workspaces, do not', async () => {
  const workspace = await makeWorkspace()
  const recruiter = await makeMember(workspace, 'recruiter')
  const { id } = await connectTo(sandbox, recruiter, 'acme')
  await rename(recruiter, id, 'Mine')
  await rename(await makeMember(workspace, 'admin'), id, 'Ours')
  await setExpiry(recruiter, { connectionId: id, day: day(100) })
  const forbidden = { code: 'forbidden', said: { key: 'connections.change_forbidden' } }
  for (const role of ['recruiter', 'viewer'] as const) {
    const other = await makeMember(workspace, role)
    await expect(rename(other, id, 'Theirs')).rejects.toMatchObject(forbidden)
    await expect(setExpiry(other, { connectionId: id, day: '' })).rejects.toMatchObject(forbidden)
  }
  const { owner: stranger } = await makeWorkspace('Other')
  for (const odd of [id, 'x', "' or true --"]) {
    await expect(rename(stranger, odd, 'Theirs')).rejects.toMatchObject({ code: 'not_found' })
    await expect(setExpiry(stranger, { connectionId: odd, day: '' })).rejects.toMatchObject({
      code: 'not_found',
    })
  }
  expect(await rowOf(id)).toMatchObject({ name: 'Ours', keyExpiresOn: day(100) })
})
