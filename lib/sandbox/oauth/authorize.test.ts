import { describe, expect, test } from 'vitest'
import { ask } from '../test/ask.ts'
import { visit } from '../test/browse.ts'
import { allow, backAt, CALLBACK, decide, registerApp, signedIn, ticketOn } from '../test/oauth.ts'
import { startTrial } from '../test/running.ts'

const MARIANA = 'mariana@larkfield.example'

describe('the way through the consent screen, as workable-api section 9.1 has it', () => {
  test('somebody who is not signed in chooses who she is, and comes to the question', async () => {
    const trial = await startTrial()
    const app = await registerApp(trial)
    const mariana = visit(trial.port, 'www')
    const asked = await mariana.get(`/oauth/authorize?${app.query()}`)
    expect(asked.text).toContain('Sign in to Workable')
    const request = /name="request" value="([^"]*)"/.exec(asked.text)?.[1]?.replaceAll('&amp;', '&') ?? ''
    const entered = await mariana.post('/oauth/sign-in', { request, email: ' Mariana@Larkfield.example' })
    expect(entered.headers.location).toBe(`/oauth/authorize?${app.query()}`)
    const page = await mariana.get(entered.headers.location ?? '')
    for (const words of [
      'Allow Brightside People',
      'Read candidates',
      'Create, update and move candidates',
      'Larkfield Logistics, Larkfield Nederland B.V.',
      '127.0.0.1:3999',
    ]) {
      expect(page.text).toContain(words)
    }
    const back = await decide(mariana, page, 'allow')
    expect(back.status).toBe(303)
    expect(back.headers.location).toMatch(
      /^http:\/\/127\.0\.0\.1:3999\/api\/oauth\/one\/callback\?code=[\w-]{43}&state=st-ate$/,
    )
  })

  test('an address that nobody has is told, and the request is still there', async () => {
    const trial = await startTrial()
    const app = await registerApp(trial)
    const page = await visit(trial.port, 'www').post('/oauth/sign-in', {
      request: `?${app.query()}`,
      email: 'nobody@larkfield.example',
    })
    expect(page.status).toBe(422)
    expect(page.text).toContain('Nobody here has this address.')
    expect(page.text).toContain(`client_id=${app.id}`)
  })

  test('who denies goes back with the published error', async () => {
    const trial = await startTrial()
    const app = await registerApp(trial)
    const mariana = await signedIn(trial, MARIANA)
    const back = await decide(mariana, await mariana.get(`/oauth/authorize?${app.query()}`), 'deny')
    expect(back.headers.location).toBe(
      `${CALLBACK}?error=access_denied&error_description=The+resource+owner+or+authorization+server+denied+the+request.&state=st-ate`,
    )
  })

  test.each(['a b+c/=&#%', '', 'x'.repeat(600), 'é✓', '"><script>'])(
    'the state %j comes back as it went',
    async state => {
      const trial = await startTrial()
      const app = await registerApp(trial)
      const mariana = await signedIn(trial, MARIANA)
      const back = await decide(
        mariana,
        await mariana.get(`/oauth/authorize?${app.query({ state })}`),
        'allow',
      )
      expect(backAt(back).get('state')).toBe(state)
    },
  )

  test('a state that is no valid UTF-8 keeps its bytes', async () => {
    const trial = await startTrial()
    const app = await registerApp(trial)
    const mariana = await signedIn(trial, MARIANA)
    const page = await mariana.get(`/oauth/authorize?${app.query({ state: null })}&state=%FF%00%fe+%20`)
    expect((await decide(mariana, page, 'allow')).headers.location).toMatch(/&state=%FF%00%fe\+%20$/)
  })

  test('consent that stands is not asked for again, other scopes are', async () => {
    const trial = await startTrial()
    const app = await registerApp(trial)
    await app.pair()
    const mariana = await signedIn(trial, MARIANA)
    const silent = await mariana.get(`/oauth/authorize?${app.query()}`)
    expect([silent.status, backAt(silent).get('code')]).toEqual([302, expect.stringMatching(/^[\w-]{43}$/)])
    expect((await mariana.get(`/oauth/authorize?${app.query({ scope: 'r_jobs' })}`)).status).toBe(200)
    const soren = await signedIn(trial, 'soren@larkfield.example')
    expect((await soren.get(`/oauth/authorize?${app.query()}`)).status).toBe(200)
  })

  test('the apex asks as www does, an account does not', async () => {
    const trial = await startTrial()
    const app = await registerApp(trial)
    const apex = { headers: { Host: `workable.localhost:${trial.port}` } }
    const path = `/oauth/authorize?${app.query()}`
    expect((await ask(trial.port, path, apex)).text).toContain('Sign in to Workable')
    expect((await ask(trial.port, path, { host: 'larkfield' })).status).toBe(404)
    expect((await ask(trial.port, '/oauth/token', { host: 'larkfield', method: 'POST' })).status).toBe(404)
  })
})

describe('requests that are wrong', () => {
  test.each([
    ['an unknown client', { client_id: 'nobody' }],
    ['no client', { client_id: null }],
    ['no redirect URI', { redirect_uri: null }],
    ['an extra path', { redirect_uri: `${CALLBACK}/x` }],
    ['a dot segment', { redirect_uri: 'http://127.0.0.1:3999/api/oauth/one/x/../callback' }],
    ['a query', { redirect_uri: `${CALLBACK}?a=b` }],
    ['an empty query', { redirect_uri: `${CALLBACK}?` }],
    ['another port', { redirect_uri: CALLBACK.replace('3999', '4000') }],
    ['another case', { redirect_uri: CALLBACK.replace('/api', '/API') }],
    ['a trailing slash', { redirect_uri: `${CALLBACK}/` }],
    ['a trailing space', { redirect_uri: `${CALLBACK} ` }],
    ['user and password', { redirect_uri: CALLBACK.replace('127', 'a:b@127') }],
    ['a host after it', { redirect_uri: CALLBACK.replace('3999', '3999@evil.example') }],
    ['a fragment', { redirect_uri: `${CALLBACK}#x` }],
    ['another scheme', { redirect_uri: CALLBACK.replace('http', 'https') }],
    ['a script', { redirect_uri: 'javascript:alert(1)' }],
    ['a prefix', { redirect_uri: 'http://127.0.0.1:3999/' }],
  ])('%s is a page and no redirect', async (_, changes) => {
    const trial = await startTrial()
    await trial.set({ authorizeErrors: 'redirect', authorizeError: 'server_error' })
    const app = await registerApp(trial)
    const mariana = await signedIn(trial, MARIANA)
    const page = await mariana.get(`/oauth/authorize?${app.query(changes)}`)
    // Defence: `redirectUris.includes` in request.ts, before anything that leads back.
    expect([400, 401]).toContain(page.status)
    expect(page.headers.location).toBeUndefined()
    expect(page.text).toContain('An error has occurred')
  })

  test('a redirect URI that came twice is a page', async () => {
    const trial = await startTrial()
    const app = await registerApp(trial)
    const mariana = await signedIn(trial, MARIANA)
    const twice = `${app.query()}&redirect_uri=${encodeURIComponent('https://evil.example/')}`
    const page = await mariana.get(`/oauth/authorize?${twice}`)
    expect([page.status, page.headers.location]).toEqual([400, undefined])
  })

  const mistakes: [string, Record<string, string | null>, string][] = [
    ['no response type', { response_type: null }, 'invalid_request'],
    ['the implicit grant', { response_type: 'token' }, 'unsupported_response_type'],
    ['an unknown scope', { scope: 'r_jobs r_everything' }, 'invalid_scope'],
    ['no scope', { scope: null }, 'invalid_scope'],
    [
      'a plain challenge',
      { code_challenge: 'x'.repeat(43), code_challenge_method: 'plain' },
      'invalid_request',
    ],
    ['a challenge without a method', { code_challenge: 'x'.repeat(43) }, 'invalid_request'],
    ['a short challenge', { code_challenge: 'x', code_challenge_method: 'S256' }, 'invalid_request'],
  ]
  test.each(mistakes)('%s is a page, or by the switch an error that goes back', async (_, changes, error) => {
    const trial = await startTrial()
    const app = await registerApp(trial)
    const mariana = await signedIn(trial, MARIANA)
    const path = `/oauth/authorize?${app.query(changes)}`
    const page = await mariana.get(path)
    expect([page.status, page.headers.location]).toEqual([400, undefined])
    await trial.set({ authorizeErrors: 'redirect' })
    const back = await mariana.get(path)
    expect(back.status).toBe(302)
    expect([backAt(back).get('error'), backAt(back).get('state')]).toEqual([error, 'st-ate'])
  })

  test('a resource other than user is ignored, or refused by the switch', async () => {
    const trial = await startTrial()
    const app = await registerApp(trial)
    const mariana = await signedIn(trial, MARIANA)
    const path = `/oauth/authorize?${app.query({ resource: 'account' })}`
    expect((await mariana.get(path)).status).toBe(200)
    expect((await mariana.get(`/oauth/authorize?${app.query({ resource: null })}`)).status).toBe(200)
    await trial.set({ otherResource: 'refused' })
    expect((await mariana.get(path)).status).toBe(400)
  })

  test.each(['server_error', 'temporarily_unavailable', 'unauthorized_client', 'of_our_own_making'])(
    'the switch sends %s back at once',
    async error => {
      const trial = await startTrial()
      const app = await registerApp(trial)
      await trial.set({ authorizeError: error, authorizeErrorDescription: 'said so' })
      const back = await visit(trial.port, 'www').get(`/oauth/authorize?${app.query()}`)
      expect(Object.fromEntries(backAt(back))).toEqual({
        error,
        error_description: 'said so',
        state: 'st-ate',
      })
    },
  )

  test('the issuer is told only by the switch, right or wrong', async () => {
    const trial = await startTrial()
    const app = await registerApp(trial)
    const issuers: (string | null)[] = []
    for (const issuer of ['absent', 'right', 'foreign', 'trailing_slash']) {
      await trial.set({ issuer })
      const mariana = await signedIn(trial, MARIANA)
      issuers.push(
        backAt(await decide(mariana, await mariana.get(`/oauth/authorize?${app.query()}`), 'deny')).get(
          'iss',
        ),
      )
    }
    const right = `http://www.workable.localhost:${trial.port}`
    expect(issuers).toEqual([null, right, 'https://issuer.example', `${right}/`])
  })

  test('a redirect URI that has a query keeps it', async () => {
    const trial = await startTrial()
    const app = await registerApp(trial, { redirect_uris: [`${CALLBACK}?app=1`] })
    const mariana = await signedIn(trial, MARIANA)
    const path = `/oauth/authorize?${app.query({ redirect_uri: `${CALLBACK}?app=1` })}`
    const back = await decide(mariana, await mariana.get(path), 'allow')
    expect(back.headers.location).toMatch(/callback\?app=1&code=[\w-]{43}&state=st-ate$/)
  })
})

describe('attacks on the consent screen', () => {
  test('a form of another site decides nothing', async () => {
    const trial = await startTrial()
    const app = await registerApp(trial)
    const mariana = await signedIn(trial, MARIANA)
    const page = await mariana.get(`/oauth/authorize?${app.query()}`)
    const fields = { ticket: ticketOn(page), decision: 'allow' }
    const foreign: Record<string, string>[] = [
      { Origin: 'https://evil.example' },
      { Origin: 'null' },
      { Origin: `http://larkfield.workable.localhost:${trial.port}` },
      { 'Sec-Fetch-Site': 'cross-site' },
      { 'Sec-Fetch-Site': 'same-site' },
    ]
    // Defence: `isOwnForm` in app.ts.
    for (const headers of foreign)
      expect((await mariana.post('/oauth/authorize', fields, headers)).status).toBe(403)
    for (const headers of foreign)
      expect((await mariana.post('/oauth/sign-in', { email: MARIANA }, headers)).status).toBe(403)
    const own = { Origin: `http://www.workable.localhost:${trial.port}`, 'Sec-Fetch-Site': 'same-origin' }
    expect((await mariana.post('/oauth/authorize', fields, own)).status).toBe(303)
  })

  test('a ticket counts once, in its own session, for ten minutes', async () => {
    const trial = await startTrial()
    const app = await registerApp(trial)
    const mariana = await signedIn(trial, MARIANA)
    const soren = await signedIn(trial, 'soren@larkfield.example')
    const path = `/oauth/authorize?${app.query()}`
    // Defence: `decide` in visitors.ts compares the session.
    expect((await decide(soren, await mariana.get(path), 'allow')).status).toBe(400)
    const page = await mariana.get(path)
    expect((await decide(mariana, page, 'deny')).status).toBe(303)
    expect((await decide(mariana, page, 'allow')).status).toBe(400)
    const late = await mariana.get(path)
    trial.wait(600_000)
    expect((await decide(mariana, late, 'allow')).status).toBe(400)
    expect((await mariana.post('/oauth/authorize', { decision: 'allow' })).status).toBe(400)
    expect((await trial.control('/oauth/codes')).json).toEqual({ codes: [] })
  })

  test('a ticket whose redirect URI was taken away leads nowhere', async () => {
    const trial = await startTrial()
    const app = await registerApp(trial)
    const mariana = await signedIn(trial, MARIANA)
    const page = await mariana.get(`/oauth/authorize?${app.query()}`)
    await trial.control(`/oauth/clients/${app.id}`, { method: 'PATCH', body: { redirect_uris: [] } })
    expect((await decide(mariana, page, 'allow')).headers.location).toBeUndefined()
  })

  test.each([
    '//evil.example',
    'https://evil.example/?x',
    '?x\r\nLocation: https://evil.example',
    '#@evil.example',
  ])('signing in with the request %j leads to the authorization and nowhere else', async request => {
    const trial = await startTrial()
    const { headers } = await visit(trial.port, 'www').post('/oauth/sign-in', { request, email: MARIANA })
    expect(headers.location).toMatch(/^\/oauth\/authorize(\?[\x21-\x7e]*)?$/)
  })

  test('names are shown as they are written, and no page can be framed', async () => {
    const trial = await startTrial()
    const app = await registerApp(trial, { name: '<img src=x onerror=alert(1)>' })
    const body = { members: [{ name: '<b>Eve', email: 'eve@acme.example' }] }
    await trial.control('/accounts/acme/members', { method: 'POST', body })
    const eve = await signedIn(trial, 'eve@acme.example')
    const pages = [
      await eve.get(`/oauth/authorize?${app.query({ state: '"><script>alert(1)</script>' })}`),
      await visit(trial.port, 'www').get(`/oauth/authorize?${app.query({ scope: '<script>' })}`),
      await visit(trial.port, 'www').get(`/oauth/authorize?${app.query({ state: '"><script>' })}`),
      await visit(trial.port, 'www').get('/oauth/nothing<script>'),
    ]
    expect(pages[0]?.text).toContain('&lt;img src=x onerror=alert(1)&gt;')
    for (const page of pages) {
      expect(page.text).not.toMatch(/<img|<b>Eve|<script/)
      expect(page.headers['content-security-policy']).toContain("frame-ancestors 'none'")
      expect(page.headers['cache-control']).toBe('no-store')
    }
  })

  test('a page names only the origin that the answer goes to', async () => {
    const trial = await startTrial()
    const app = await registerApp(trial)
    const mariana = visit(trial.port, 'www')
    const before = await mariana.get(`/oauth/authorize?${app.query()}`)
    await mariana.post('/oauth/sign-in', { email: MARIANA })
    const after = await mariana.get(`/oauth/authorize?${app.query()}`)
    for (const page of [before, after]) {
      expect(page.headers['content-security-policy']).toContain("form-action 'self' http://127.0.0.1:3999;")
    }
    expect(await allow(mariana, app.query())).toMatch(/^[\w-]{43}$/)
  })
})
