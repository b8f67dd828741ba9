import type { HttpBindings } from '@hono/node-server'
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { HTTPException } from 'hono/http-exception'
import type { Sandbox } from '../sandbox.ts'
import { accountControls } from './accounts.ts'
import { candidateControls } from './candidates.ts'
import { type ControlApp, refuse } from './context.ts'
import { faultControls } from './faults.ts'
import { jobControls } from './jobs.ts'
import { ledgerControls } from './ledger.ts'
import { memberControls } from './members.ts'
import { oauthClientControls } from './oauth-clients.ts'
import { oauthGrantControls } from './oauth-grants.ts'
import { switchControls } from './switches.ts'
import { tokenControls } from './tokens.ts'

const MAX_BODY = 32 * 1024 * 1024

/** The control API, for programs on this machine; README.md describes it. No page of any site may call it. */
export function controlApp(sandbox: Sandbox): ControlApp {
  const app: ControlApp = new Hono<{ Bindings: HttpBindings }>().basePath('/_control')
  app.use(async (c, next) => {
    const site = c.req.header('Sec-Fetch-Site')
    const foreign = c.req.header('Origin') !== undefined || (site !== undefined && site !== 'none')
    if (foreign) refuse(403, 'The control API is for programs on this machine, not for pages in a browser')
    await next()
  })
  app.use(
    bodyLimit({ maxSize: MAX_BODY, onError: c => c.json({ error: 'The body is larger than 32 MB' }, 413) }),
  )
  app.get('/health', c => c.json({ ok: true, seed: sandbox.state.seed }))
  accountControls(app, sandbox)
  memberControls(app, sandbox)
  tokenControls(app, sandbox)
  jobControls(app, sandbox)
  candidateControls(app, sandbox)
  oauthClientControls(app, sandbox)
  oauthGrantControls(app, sandbox)
  switchControls(app, sandbox)
  faultControls(app, sandbox)
  ledgerControls(app, sandbox)
  app.notFound(c => c.json({ error: `There is no ${c.req.method} ${c.req.path} in the control API` }, 404))
  app.onError((error, c) =>
    error instanceof HTTPException
      ? error.getResponse()
      : c.json({ error: `The sandbox failed: ${error.message}` }, 500),
  )
  return app
}
