import { expect, test } from '../fixtures.ts'
import { ask, cookieHeader } from './ask.ts'
import { newEstate } from './estate.ts'
import { fill, routes } from './routes.ts'
import { rows } from './rows.ts'

// Holes of addresses that hold nothing of a workspace.
const nothing = { secret: `gws_${'a'.repeat(43)}`, nextauth: 'signout' }

// The defence: `isForeign` in `proxy.ts`, before every page and handler; `fieldsOf` for bodies that are no form.
test('A-108 no address that writes takes a request from elsewhere, even with the cookie of whoever may', async ({
  request,
  stack,
  product,
  sandbox,
}) => {
  const estate = await newEstate(product, sandbox)
  const { owner } = estate.team.people
  const before = await estate.snapshot()
  const from: Record<string, string>[] = [
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { origin: stack.appUrl.replace('localhost', 'sibling.localhost') },
    { origin: `${stack.appUrl}.evil.example` },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { 'sec-fetch-site': 'none' },
    { origin: stack.appUrl, 'sec-fetch-site': 'cross-site' },
    { origin: 'https://evil.example', 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' },
    { origin: 'https://evil.example', 'content-type': 'text/plain' },
    { origin: 'https://evil.example', 'x-http-method-override': 'GET' },
    {},
  ]
  const taken: string[] = []
  let cells = 0
  for (const { address } of routes.filter(route => route.kind === 'handler')) {
    const path = fill(address, { ...nothing, ...estate.holes, id: idOf(address, estate.ids) })
    for (const headers of from) {
      const response = await request.fetch(path, {
        method: 'POST',
        headers: {
          cookie: cookieHeader(owner),
          'content-type': 'application/x-www-form-urlencoded',
          ...headers,
        },
        data: 'title=Taken',
        maxRedirects: 0,
      })
      cells += 1
      if (response.status() !== 403 && !address.startsWith('/api/health/'))
        taken.push(`${path} ${JSON.stringify(headers)}: ${response.status()}`)
    }
  }
  expect(taken).toEqual([])
  expect(cells).toBeGreaterThan(400)
  expect(await estate.snapshot()).toBe(before)
})

test('A-108 a body that is no form, and a method in disguise, change nothing', async ({
  request,
  stack,
  product,
  sandbox,
}) => {
  const estate = await newEstate(product, sandbox)
  const { owner } = estate.team.people
  const before = await estate.snapshot()
  const home = { cookie: cookieHeader(owner), origin: stack.appUrl, 'sec-fetch-site': 'same-origin' }
  const taken: string[] = []
  for (const { address } of routes.filter(route => route.kind === 'handler')) {
    if (rows[address]?.for !== 'member' && rows[address]?.for !== 'walker') continue
    const path = fill(address, { ...nothing, ...estate.holes, id: idOf(address, estate.ids) })
    for (const type of ['text/plain', 'application/json', 'text/xml', 'multipart/mixed; boundary=x']) {
      const headers = { ...home, 'content-type': type }
      const response = await request.fetch(path, {
        method: 'POST',
        headers,
        data: 'title=Taken',
        maxRedirects: 0,
      })
      if (response.status() < 400) taken.push(`${path} ${type}: ${response.status()}`)
    }
    for (const name of ['x-http-method-override', 'x-http-method', 'x-method-override']) {
      const headers = { cookie: cookieHeader(owner), [name]: 'POST' }
      const response = await request.get(`${path}?_method=POST`, { headers, maxRedirects: 0 })
      const leadsBack = response.status() === 303 && !address.startsWith('/w/')
      const mayRead = /\/(\[consent\]|file|state|back)$/.test(address)
      if (response.status() < 400 && !leadsBack && !mayRead)
        taken.push(`${path} ${name}: ${response.status()}`)
    }
  }
  expect(taken).toEqual([])
  expect(await estate.snapshot()).toBe(before)
})

// The defence: `strippedHeaders` and `isPlainPath` at the door; every handler asks for its person itself.
test('A-107 headers and spellings that once got past a middleware get nobody past a handler', async ({
  request,
  stack,
  product,
  sandbox,
}) => {
  const estate = await newEstate(product, sandbox)
  const before = await estate.snapshot()
  const slug = estate.team.slug
  const again = Array(6).fill('middleware').join(':')
  const tricks: Record<string, string>[] = [
    { 'x-middleware-subrequest': again },
    { 'x-middleware-subrequest': 'src/middleware:src/middleware' },
    { 'x-middleware-subrequest': 'proxy:proxy:proxy:proxy:proxy' },
    { 'x-middleware-next': '1', 'x-middleware-rewrite': '/' },
    { 'x-invoke-path': '/account', 'x-invoke-status': '200' },
    { 'x-matched-path': '/account', 'x-nextjs-data': '1' },
    { 'x-original-url': '/account', 'x-rewrite-url': '/account' },
    { rsc: '1', 'next-router-prefetch': '1' },
    { authorization: 'Bearer %' },
  ]
  for (const headers of tricks) {
    const page = await request.get(`/w/${slug}/positions`, { headers })
    expect(await page.text(), JSON.stringify(headers)).not.toMatch(/Baker|Miller/)
    const path = `/w/${slug}/positions/${estate.ids.position}/close`
    const write = await ask(request, stack, 'POST', path, { headers })
    // Next leads a request of its own router once around, to the same address: there it is asked again.
    expect(write.headers().location ?? '', JSON.stringify(headers)).toMatch(/^\/sign-in|\/close\?_rsc=/)
  }
  for (const path of [
    `/w/${slug}/positions.rsc`,
    `/w/${slug}/positions.json`,
    `/_next/data/x/w/${slug}/positions.json`,
    `/w/${slug}/positions;x=1`,
    `/w/${slug}/%70ositions/%2e%2e/settings`,
    `/w/${slug}%2fpositions`,
    `//w/${slug}/positions`,
    `/_next/image?url=/w/${slug}/positions&w=64&q=75`,
    `/w/${slug}/positions/${estate.ids.position}/close;`,
  ]) {
    const owner = { as: estate.team.people.owner }
    const response = await ask(
      request,
      stack,
      'GET',
      `${stack.appUrl}${path}`,
      path.includes('close') ? owner : {},
    )
    const { location = '' } = response.headers()
    expect(
      response.status() >= 400 || /\/sign-in/.test(location),
      `${path}: ${response.status()} ${location}`,
    ).toBe(true)
  }
  expect(await estate.snapshot()).toBe(before)
})

const idOf = (address: string, ids: { position: string; connection: string }): string =>
  address.includes('integrations') ? ids.connection : ids.position
