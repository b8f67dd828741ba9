import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { html } from 'hono/html'
import type { Exchange } from '../exchange.ts'
import { originOf } from '../hosts.ts'
import type { Sandbox } from '../sandbox.ts'
import { candidatePages } from './candidates.ts'
import { connectedApps } from './connected-apps.ts'
import { jobPages } from './jobs.ts'
import { show } from './page.ts'
import { settingsPages } from './settings.ts'
import { signInPages } from './sign-in.ts'
import { tokenPages } from './tokens.ts'
import { accountOfHost, type BackOfficeContext, nothingHere } from './viewer.ts'

const MAX_FORM = 64 * 1024

/** What a person sees in the browser at an account's host. */
export function backOfficeApp(sandbox: Sandbox): Hono<{ Bindings: Exchange }> {
  const app = new Hono<{ Bindings: Exchange }>()
  app.use(async (c, next) => {
    const account = accountOfHost(sandbox, c)
    if (account === null) return nothingHere(sandbox, null)
    if (account.suspended) return suspendedPage(account.name)
    if (c.req.method === 'POST' && !isOwnForm(sandbox, c)) return foreignFormPage()
    await next()
  })
  app.use(bodyLimit({ maxSize: MAX_FORM }))
  signInPages(app, sandbox)
  jobPages(app, sandbox)
  candidatePages(app, sandbox)
  settingsPages(app, sandbox)
  tokenPages(app, sandbox)
  connectedApps(app, sandbox)
  app.get('/', c => c.redirect('/backend', 303))
  app.get('/jobs/:id', c => c.redirect(`/backend/jobs/${encodeURIComponent(c.req.param('id'))}`, 303))
  // answer.ts tells of a mistake of the sandbox, in one place.
  app.onError(error => {
    throw error
  })
  app.notFound(c => nothingHere(sandbox, accountOfHost(sandbox, c)))
  return app
}

/** A form of this very host. Programs that send neither header are no browser, and no danger of that kind. */
function isOwnForm(sandbox: Sandbox, c: BackOfficeContext): boolean {
  const origin = c.req.header('Origin')
  const site = c.req.header('Sec-Fetch-Site')
  if (site !== undefined && site !== 'same-origin') return false
  return (
    origin === undefined ||
    (c.env.host.kind === 'account' && origin === originOf(sandbox.port, c.env.host.subdomain))
  )
}

function suspendedPage(name: string): Promise<Response> {
  const body = html`<h1>This account is suspended</h1>
    <p>${name} cannot be used at the moment, neither here nor through the API.</p>`
  return show({ title: 'Suspended', status: 403, body })
}

function foreignFormPage(): Promise<Response> {
  const body = html`<h1>Not from here</h1>
    <p>This form was sent from another site, so nothing was done.</p>`
  return show({ title: 'Refused', status: 403, body })
}
