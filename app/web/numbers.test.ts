import { eq } from 'drizzle-orm'
import { afterAll, expect, test } from 'vitest'
import { connectTo } from '#lib/connections/testing.ts'
import { openSandbox } from '#lib/connectors/workable/testing.ts'
import { db } from '#lib/db/client.ts'
import { connectionNumbers, formStates, numbers } from '#lib/db/schema/index.ts'
import { makeMember, makeWorkspace } from '#lib/db/testing.ts'
import { numberChoices } from '#lib/numbers/choices.ts'
import { POST as choose } from '../w/[workspace]/integrations/[connector]/[id]/numbers/choose/route.ts'
import { POST as edit } from '../w/[workspace]/numbers/[number]/edit/route.ts'
import { POST as remove } from '../w/[workspace]/numbers/[number]/remove/route.ts'
import { POST as create } from '../w/[workspace]/numbers/create/route.ts'
import { formRequest, signedIn } from './testing.ts'

const sandbox = await openSandbox()
afterAll(() => sandbox.stop())

async function makeOwner() {
  const workspace = await makeWorkspace()
  const { owner, slug } = workspace
  const cookie = await signedIn(owner)
  const desk = { number: '020 555 0100', country: 'NL', label: 'Desk', owner: owner.memberId, calls: 'yes' }
  const add = (fields: Record<string, string>, query = '', as = cookie) =>
    create(formRequest(`/w/${slug}/numbers/create${query}`, { ...desk, ...fields }, as), {
      params: Promise.resolve({ workspace: slug }),
    })
  return { ...workspace, cookie, desk, add }
}

const to = (answer: Response) => [answer.status, answer.headers.get('location')]
const numbersOf = (workspaceId: string) =>
  db().select().from(numbers).where(eq(numbers.workspaceId, workspaceId))

test('a number that is added leads back to where she came from for it, and nowhere else', async () => {
  const { add, slug, workspaceId } = await makeOwner()
  const back = '/link/11111111-2222-4333-8444-555555555555/numbers'
  expect(to(await add({}, `?next=${encodeURIComponent(back)}`))).toEqual([303, back])
  for (const [index, evil] of ['https://evil.example', '//evil.example', '/\\evil.example', ''].entries()) {
    const answer = await add({ number: `020 555 020${index}` }, `?next=${encodeURIComponent(evil)}`)
    const [status, location] = to(answer)
    expect(status).toBe(303)
    expect(location).toMatch(new RegExp(`^/w/${slug}/numbers\\?added=[0-9a-f-]{36}$`))
  }
  expect(await numbersOf(workspaceId)).toHaveLength(5)
})

test('what is wrong leads back to the form, with everything as it was typed and the way back', async () => {
  const { add, slug, workspaceId } = await makeOwner()
  const answer = await add({ number: 'call me', messages: '' }, '?next=%2Fw%2Fx%2Fnumbers')
  const [, location] = to(answer)
  expect(location).toMatch(new RegExp(`^/w/${slug}/numbers/new\\?next=%2Fw%2Fx%2Fnumbers&form=`))
  const form = new URL(String(location), 'http://x').searchParams.get('form') ?? ''
  const [kept] = await db().select().from(formStates).where(eq(formStates.id, form))
  expect(kept?.values).toMatchObject({ number: 'call me', country: 'NL', label: 'Desk', calls: 'yes' })
  expect(Object.keys(kept?.problems ?? {})).toEqual(['number'])
  expect(await numbersOf(workspaceId)).toEqual([])
})

test('a number is edited and removed by its address, by an admin alone', async () => {
  const { add, slug, cookie, desk, workspaceId, ...workspace } = await makeOwner()
  await add({})
  const [row] = await numbersOf(workspaceId)
  const params = { params: Promise.resolve({ workspace: slug, number: row?.id ?? '' }) }
  const at = `/w/${slug}/numbers/${row?.id}`
  const recruiter = await signedIn(await makeMember({ ...workspace, workspaceId }, 'recruiter'))
  expect((await edit(formRequest(`${at}/edit`, desk, recruiter), params)).status).toBe(403)
  expect((await remove(formRequest(`${at}/remove`, {}, recruiter), params)).status).toBe(403)
  expect((await add({ number: '020 555 0199' }, '', recruiter)).status).toBe(403)
  expect(to(await edit(formRequest(`${at}/edit`, { ...desk, label: 'Door' }, cookie), params))).toEqual([
    303,
    `/w/${slug}/numbers?saved=${row?.id}`,
  ])
  expect((await numbersOf(workspaceId)).map(({ label }) => label)).toEqual(['Door'])
  const gone = () => remove(formRequest(`${at}/remove`, {}, cookie), params)
  expect(to(await gone())).toEqual([303, `/w/${slug}/numbers?removed=yes`])
  expect((await gone()).status).toBe(404)
})

test('Find keeps the ticks of the form, Submit makes them count, and what was refused is shown with them', async () => {
  const { add, slug, owner, cookie, workspaceId } = await makeOwner()
  await add({})
  const [row] = await numbersOf(workspaceId)
  const { id } = await connectTo(sandbox, owner, 'acme')
  const at = `/w/${slug}/integrations/workable/${id}/numbers`
  const { known } = await numberChoices(owner, { connectionId: id })
  const send = (fields: Record<string, string>) =>
    choose(formRequest(`${at}/choose`, fields, cookie), {
      params: Promise.resolve({ workspace: slug, connector: 'workable', id }),
    })
  const ticks = { calls_0: row?.id ?? '', known, whole: 'yes' }
  const keptBy = async (fields: Record<string, string>) => {
    const [, location] = to(await send(fields))
    const form = new URL(String(location), 'http://x').searchParams.get('form') ?? ''
    const [kept] = await db().select().from(formStates).where(eq(formStates.id, form))
    return kept
  }
  expect(await keptBy({ ...ticks, act: 'find', q: 'desk' })).toMatchObject({
    values: { ...ticks, q: 'desk' },
    problems: {},
  })
  const refused = await keptBy({ ...ticks, known: 'before' })
  expect(refused?.problems).toMatchObject({ '': { key: 'numbers.choose.changed' } })
  // Else the next Submit would go against what it was told.
  expect(refused?.values).not.toHaveProperty('known')
  expect(await db().$count(connectionNumbers, eq(connectionNumbers.connectionId, id))).toBe(0)
  expect(to(await send(ticks))).toEqual([303, `${at}?saved=numbers`])
  expect(await db().$count(connectionNumbers, eq(connectionNumbers.connectionId, id))).toBe(1)
})
