import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { Exchange } from '../exchange.ts'
import type { Sandbox } from '../sandbox.ts'
import { authorizeRoutes } from './authorize.ts'
import { authorizedApplications } from './authorized-applications.ts'
import { foreignFormPage, nothingPage } from './error-page.ts'
import type { OauthContext } from './parameters.ts'
import { revokeRoute } from './revoke.ts'
import { signInRoutes } from './sign-in.ts'
import { tokenRoute } from './token.ts'

const MAX_BODY = 64 * 1024

/** Workable as an OAuth 2.0 authorization server: `/oauth/*` of the www host and the apex. */
export function oauthApp(sandbox: Sandbox): Hono<{ Bindings: Exchange }> {
  const app = new Hono<{ Bindings: Exchange }>()
  app.use(bodyLimit({ maxSize: MAX_BODY }))
  tokenRoute(app, sandbox)
  revokeRoute(app, sandbox)
  // Everything below is for people in a browser.
  app.use(async (c, next) => {
    if (c.req.method === 'POST' && !isOwnForm(c)) return foreignFormPage()
    await next()
  })
  authorizeRoutes(app, sandbox)
  signInRoutes(app, sandbox)
  authorizedApplications(app, sandbox)
  app.notFound(() => nothingPage())
  // answer.ts tells of a mistake of the sandbox, in one place.
  app.onError(error => {
    throw error
  })
  return app
}

/** A form of this very host, as in the back office. The Host header is one of the sandbox's, or it would not be here. */
function isOwnForm(c: OauthContext): boolean {
  const origin = c.req.header('Origin')
  const site = c.req.header('Sec-Fetch-Site')
  if (site !== undefined && site !== 'same-origin') return false
  return origin === undefined || origin === `http://${c.req.header('Host')?.toLowerCase()}`
}
