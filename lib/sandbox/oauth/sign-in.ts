import type { Hono } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { cookieName } from '../back-office/viewer.ts'
import type { Exchange } from '../exchange.ts'
import type { Sandbox } from '../sandbox.ts'
import type { OauthContext } from './parameters.ts'
import { personOf } from './people.ts'
import { readRequest } from './request.ts'
import { type Next, signInPage } from './sign-in-page.ts'

/** Where a person sees which apps she has let in. */
export const AUTHORIZED = '/oauth/authorized_applications'

/** `/oauth/sign-in` and `/oauth/sign-out`: a session of this host, for the authorization and for nothing else. */
export function signInRoutes(app: Hono<{ Bindings: Exchange }>, sandbox: Sandbox): void {
  app.post('/oauth/sign-in', async c => {
    const form = await c.req.parseBody()
    const request = typeof form.request === 'string' ? form.request : ''
    const person = personOf(sandbox.state, typeof form.email === 'string' ? form.email : '')
    if (person === null)
      return signInPage(sandbox.state, nextOf(sandbox, request), 'Nobody here has this address.')
    sandbox.visitors.end(getCookie(c, cookieName(sandbox)))
    const session = sandbox.visitors.start(person.email)
    setCookie(c, cookieName(sandbox), session, { path: '/oauth', httpOnly: true, sameSite: 'Lax' })
    return onward(c, request)
  })

  app.post('/oauth/sign-out', async c => {
    const form = await c.req.parseBody()
    sandbox.visitors.end(getCookie(c, cookieName(sandbox)))
    deleteCookie(c, cookieName(sandbox), { path: '/oauth' })
    return onward(c, typeof form.request === 'string' ? form.request : '')
  })
}

/** Back to the authorization that was interrupted. Only its query comes from the form, never a place to go to. */
function onward(c: OauthContext, request: string): Response {
  if (request === '') return c.redirect(AUTHORIZED, 303)
  const address = new URL('http://here/oauth/authorize')
  address.search = request
  return c.redirect(address.pathname + address.search, 303)
}

function nextOf(sandbox: Sandbox, search: string): Next {
  const reading = readRequest(sandbox.state, search)
  return reading.kind === 'fine'
    ? { search, partner: reading.app.name, leadsTo: reading.request.redirectUri }
    : null
}
