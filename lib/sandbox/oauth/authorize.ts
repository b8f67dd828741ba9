import { createHash } from 'node:crypto'
import type { Hono } from 'hono'
import { getCookie } from 'hono/cookie'
import { cookieName } from '../back-office/viewer.ts'
import type { Exchange } from '../exchange.ts'
import type { Sandbox } from '../sandbox.ts'
import { issueCode } from './codes.ts'
import { consentStands } from './consent.ts'
import { consentPage } from './consent-page.ts'
import { refusedPage, staleTicketPage } from './error-page.ts'
import { describe } from './errors.ts'
import { type OauthContext, parametersFrom } from './parameters.ts'
import { personOf } from './people.ts'
import { addressBack, type Way } from './redirect.ts'
import { type AuthorizationRequest, type Reading, readRequest } from './request.ts'
import { signInPage } from './sign-in-page.ts'

/** `/oauth/authorize`: who you are, whether you allow it, and back. Silent where the consent stands. */
export function authorizeRoutes(app: Hono<{ Bindings: Exchange }>, sandbox: Sandbox): void {
  app.get('/oauth/authorize', async c => {
    const { search } = new URL(c.req.url)
    // A HEAD comes before anybody looks, if at all: no code comes of it.
    if (c.req.method !== 'GET') return refused(c, 'invalid_request')
    const reading = readRequest(sandbox.state, search)
    note(c, search, reading)
    if (reading.kind === 'stranger') return refused(c, reading.error)
    if (reading.kind === 'wrong') {
      return sandbox.state.switches.authorizeErrors === 'page'
        ? refused(c, reading.error)
        : sendError(sandbox, c, reading.way, reading.error)
    }
    const injected = sandbox.state.switches.authorizeError
    if (injected !== null) return sendError(sandbox, c, reading.request, injected)
    return ask(sandbox, c, search, reading)
  })

  app.post('/oauth/authorize', async c => {
    const form = await c.req.parseBody()
    const session = getCookie(c, cookieName(sandbox))
    const ticket = typeof form.ticket === 'string' ? form.ticket : ''
    const request = sandbox.visitors.decide(ticket, session, sandbox.now())
    const person = personOf(sandbox.state, sandbox.visitors.emailOf(session) ?? '')
    const client = request === null ? undefined : sandbox.state.oauthApps.get(request.appId)
    if (request === null || person === null || !client?.redirectUris.includes(request.redirectUri)) {
      tell(c, 'stale_ticket')
      return staleTicketPage()
    }
    tell(c, 'decided', client.clientId)
    if (form.decision !== 'allow') return sendError(sandbox, c, request, 'access_denied')
    return sendCode(sandbox, c, request, person.email)
  })
}

function ask(
  sandbox: Sandbox,
  c: OauthContext,
  search: string,
  { app, request }: Extract<Reading, { kind: 'fine' }>,
): Response | Promise<Response> {
  const now = sandbox.now()
  const session = getCookie(c, cookieName(sandbox))
  const person = personOf(sandbox.state, sandbox.visitors.emailOf(session) ?? '')
  if (session === undefined || person === null) {
    tell(c, 'sign_in')
    const next = { search, partner: app.name, leadsTo: request.redirectUri }
    return signInPage(sandbox.state, next)
  }
  const { appId, scopes } = request
  if (consentStands(sandbox.state, { appId, email: person.email, scopes, now }))
    return sendCode(sandbox, c, request, person.email)
  tell(c, 'consent')
  const ticket = sandbox.visitors.ask(session, request, now)
  return consentPage({ app, request, person, ticket, search })
}

function sendCode(sandbox: Sandbox, c: OauthContext, request: AuthorizationRequest, email: string): Response {
  const code = issueCode(sandbox.state, request, email, sandbox.now())
  sandbox.touched()
  tell(c, 'code')
  return c.redirect(addressBack(sandbox, request, { code: code.value }), leaving(c))
}

function sendError(sandbox: Sandbox, c: OauthContext, way: Way, error: string): Response {
  tell(c, error)
  const own = sandbox.state.switches.authorizeError === error
  const description = (own ? sandbox.state.switches.authorizeErrorDescription : null) ?? describe(error)
  const answer = { error, ...(description === null ? {} : { error_description: description }) }
  return c.redirect(addressBack(sandbox, way, answer), leaving(c))
}

/** After a form 303, so that nothing is posted on. */
function leaving(c: OauthContext): 302 | 303 {
  return c.req.method === 'POST' ? 303 : 302
}

function refused(c: OauthContext, error: string): Promise<Response> {
  tell(c, error)
  return refusedPage(error)
}

function note(c: OauthContext, search: string, reading: Reading): void {
  const given = parametersFrom(new URLSearchParams(search))
  const state = given.of('state')
  c.env.entry.oauth = {
    ...c.env.entry.oauth,
    clientId: reading.kind === 'stranger' ? null : reading.app.clientId,
    redirectUri: given.of('redirect_uri'),
    scope: given.of('scope'),
    resource: given.of('resource'),
    challengeMethod: given.of('code_challenge_method'),
    stateHash: state === null ? null : createHash('sha256').update(state).digest('hex'),
  }
}

function tell(c: OauthContext, outcome: string, clientId?: string): void {
  const { entry } = c.env
  entry.oauth = { ...entry.oauth, outcome, ...(clientId === undefined ? {} : { clientId }) }
}
