import { randomUUID } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { sqlClient } from '#lib/db/client.ts'
import { makeMember, makeWorkspace } from '#lib/db/testing.ts'
import { createPosition } from '#lib/positions/create.ts'
import { readPosition } from '#lib/positions/read.ts'
import { formRequest, signedIn } from './testing.ts'

const routes = import.meta.glob<Record<string, Handler>>('../w/\\[workspace\\]/positions/**/route.ts')
type Context = { params: Promise<{ workspace: string; id: string }> }
type Handler = (request: Request, context: Context) => Promise<Response>

const fields = { title: 'Baker', code: 'B/1', department: 'Kitchen', place: 'Łódź' }

async function send(
  verb: string,
  to: { slug: string; id?: string; cookie?: string; fields?: Record<string, string> },
) {
  const path = Object.keys(routes).find(file => file.endsWith(`/${verb}/route.ts`)) ?? ''
  const { POST } = (await routes[path]?.()) ?? {}
  const params = Promise.resolve({ workspace: to.slug, id: to.id ?? '' })
  const address = `/w/${to.slug}/positions/${to.id ? `${to.id}/` : ''}${verb}`
  const answer = await POST?.(formRequest(address, to.fields ?? fields, to.cookie), { params })
  return {
    status: answer?.status,
    location: answer?.headers.get('location') ?? '',
    text: (await answer?.text()) ?? '',
  }
}

async function makePeople() {
  const workspace = await makeWorkspace()
  const cookies = {
    owner: await signedIn(workspace.owner),
    viewer: await signedIn(await makeMember(workspace, 'viewer')),
  }
  const { id } = await createPosition(workspace.owner, fields)
  return { ...workspace, cookies, id }
}

const verbs = Object.keys(routes).map(file => file.split('/').at(-2) ?? '')
const stateOf = async (workspaceId: string) => {
  const rows =
    await sqlClient()`select (select count(*) from positions where workspace_id = ${workspaceId}) as positions,
    (select count(*) from position_links where workspace_id = ${workspaceId} and ended_at is null) as links,
    (select count(*) from link_sessions where workspace_id = ${workspaceId}) as sessions,
    (select count(*) from events where workspace_id = ${workspaceId}) as events`
  return rows[0]
}

test('every form of positions has a row here', () => {
  expect(verbs.toSorted()).toEqual(['change-job', 'close', 'connect', 'create', 'edit', 'reopen', 'unlink'])
})

// Taken out with: `members.userId` in `findMember`, `mustBeAllowed`, and the workspace in each query; for nobody the session in `enterRoute`.
test.each(verbs)(
  'A-106, A-107: %s changes nothing for a stranger, a viewer, another workspace or ids that are swapped',
  async verb => {
    const [mine, theirs] = [await makePeople(), await makePeople()]
    const before = [await stateOf(mine.workspaceId), await stateOf(theirs.workspaceId)]
    const tried = [
      [{ slug: mine.slug, id: mine.id }, 303],
      [{ slug: mine.slug, id: mine.id, cookie: '__Host-gangway-session=x' }, 303],
      [{ slug: mine.slug, id: mine.id, cookie: mine.cookies.viewer }, 403],
      [{ slug: mine.slug, id: mine.id, cookie: theirs.cookies.owner }, 404],
      [{ slug: 'nowhere', id: mine.id, cookie: mine.cookies.owner }, 404],
    ] as const
    for (const [to, status] of tried) {
      const answer = await send(verb, to)
      expect(answer.status).toBe(status)
      if (status === 303) expect(answer.location).toMatch(/^\/sign-in\?next=%2Fw%2F/)
    }
    if (verb !== 'create')
      for (const id of [theirs.id, randomUUID(), 'x', '../positions', "' or true --"]) {
        const answer = await send(verb, { slug: mine.slug, id, cookie: mine.cookies.owner })
        expect(answer.status).toBe(404)
        expect(answer.text).not.toContain('Baker')
      }
    expect([await stateOf(mine.workspaceId), await stateOf(theirs.workspaceId)]).toEqual(before)
  },
)

test('ids inside of the form do not reach another workspace either', async () => {
  const [mine, theirs] = [await makePeople(), await makePeople()]
  const swapped = { ...fields, id: theirs.id, owner: theirs.owner.memberId, workspaceId: theirs.workspaceId }
  const answer = await send('edit', {
    slug: mine.slug,
    id: mine.id,
    cookie: mine.cookies.owner,
    fields: swapped,
  })
  expect(answer.location).toContain('?form=')
  const { owner: _, ...rest } = swapped
  await send('edit', {
    slug: mine.slug,
    id: mine.id,
    cookie: mine.cookies.owner,
    fields: { ...rest, title: 'Mine' },
  })
  expect((await readPosition(theirs.owner, theirs.id)).title).toBe('Baker')
  expect((await readPosition(mine.owner, mine.id)).title).toBe('Mine')
})

test('a position is made, and a reload of the form makes no second one', async () => {
  const { slug, owner, cookies } = await makePeople()
  const id = randomUUID()
  const sent = { slug, cookie: cookies.owner, fields: { ...fields, id, title: 'Second' } }
  expect(await send('create', sent)).toMatchObject({ status: 303, location: `/w/${slug}/positions/${id}` })
  expect(await send('create', sent)).toMatchObject({ status: 303, location: `/w/${slug}/positions/${id}` })
  expect(await readPosition(owner, id)).toMatchObject({ title: 'Second' })
})

test('a refused form waits with all that was typed, for this session alone', async () => {
  const { slug, owner, cookies } = await makePeople()
  const typed = { ...fields, title: '', place: 'x'.repeat(10_000) }
  const answer = await send('create', { slug, cookie: cookies.owner, fields: typed })
  const id = new URL(answer.location, 'http://x').searchParams.get('form') ?? ''
  const { readForm } = await import('#lib/forms/state.ts')
  const [session] =
    await sqlClient()`select id from sessions where user_id = ${owner.userId} order by created_at desc`
  const kept = await readForm([{ sessionId: session?.id }], 'position-new', id)
  expect(kept?.values).toMatchObject({ title: '', place: typed.place, code: 'B/1' })
  expect(kept?.problems).toMatchObject({ title: { key: 'forms.empty' }, place: { key: 'forms.too_long' } })
  expect(await readForm([{ sessionId: randomUUID() }], 'position-new', id)).toBeUndefined()
  expect(await readForm([{ sessionId: session?.id }], 'position-edit', id)).toBeUndefined()
  await sqlClient()`update form_states set expires_at = now()`
  expect(await readForm([{ sessionId: session?.id }], 'position-new', id)).toBeUndefined()
})

test('a session that ended in the middle: the way leads over the sign-in back to the form, with what was typed', async () => {
  const { slug } = await makePeople()
  const answer = await send('create', { slug, cookie: 'x=y' })
  const next = new URL(answer.location, 'http://x').searchParams.get('next') ?? ''
  expect(next).toMatch(new RegExp(`^/w/${slug}/positions/new\\?form=[0-9a-f-]{36}$`))
  const [kept] = await sqlClient()`select values from form_states where id = ${next.split('form=')[1] ?? ''}`
  expect(kept?.values).toMatchObject(fields)
})

test('a body that is no form is refused, as are files and fields that come twice', async () => {
  const { slug, id, cookies } = await makePeople()
  const [path = ''] = Object.keys(routes).filter(file => file.endsWith('/edit/route.ts'))
  const { POST } = (await routes[path]?.()) ?? {}
  const twice = new FormData()
  twice.append('title', 'a')
  twice.append('title', 'b')
  const file = new FormData()
  file.append('title', new Blob(['x']), 'x.txt')
  const bodies: [BodyInit, string | undefined, number][] = [
    ['title=x', 'text/plain', 403],
    ['{"title":"x"}', 'application/json', 403],
    [new URLSearchParams('title=a&title=b'), undefined, 303],
    [twice, undefined, 303],
    [file, undefined, 303],
  ]
  for (const [body, type, status] of bodies) {
    const headers = { cookie: cookies.owner, ...(type && { 'content-type': type }) }
    const request = new Request(`http://localhost:3000/w/${slug}/positions/${id}/edit`, {
      method: 'POST',
      body,
      headers,
    })
    const answer = await POST?.(request, { params: Promise.resolve({ workspace: slug, id }) })
    expect(answer?.status).toBe(status)
    if (status === 303) expect(answer?.headers.get('location')).toContain('?form=')
  }
})

// Taken out with: `error.said` in `refusal-page.ts`, the message of the error in its place, or `escaped` around it.
test('A-117: the small page of a refusal speaks our words alone', async () => {
  const { refusalPage } = await import('./refusal-page.ts')
  const { GangwayError } = await import('#lib/errors.ts')
  const { sayTo } = await import('./say.ts')
  const page = refusalPage(
    sayTo(undefined, null),
    new GangwayError('internal', '<script>alert(1)</script> password=x'),
  )
  const html = await page.text()
  expect(page.status).toBe(500)
  expect(html).not.toMatch(/script|password/)
  const values = { host: '<script>', suffix: '"><img src=x onerror=alert(1)>' }
  const said = { key: 'workable.problems.subdomain.other_address', values }
  const named = refusalPage(sayTo(undefined, null), new GangwayError('invalid', 'odd', { said }))
  expect(await named.text()).not.toMatch(/<script|<img/)
})

test('no page lies under a loading.tsx, so that what is not there is a 404', () => {
  const names = readdirSync('app', { recursive: true }).map(String)
  expect(names.filter(name => /(^|\/)loading\.tsx$/.test(name))).toEqual([])
  expect(readFileSync('app/layout.tsx', 'utf8')).not.toContain('Suspense')
})
