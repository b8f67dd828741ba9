import { z } from 'zod'
import { toMillisIso } from '../ids.ts'
import { appByClientId, isCurrent, makeApp, newSecret, removeApp, replaceSecret } from '../oauth/client.ts'
import type { OauthApp } from '../oauth/records.ts'
import { isRedirectUri } from '../oauth/redirect.ts'
import type { Sandbox } from '../sandbox.ts'
import { type ControlApp, type ControlContext, readBody, refuse } from './context.ts'

const word = z.string().regex(/^[\x21-\x7e]{1,200}$/, 'is not 1 to 200 visible characters without a space')
const redirectUri = z.string().refine(isRedirectUri, 'is no http or https address without user and fragment')
const name = z.string().min(1).max(100)

const newSchema = z.strictObject({
  name,
  client_id: word.optional(),
  client_secret: word.optional(),
  redirect_uris: z.array(redirectUri).max(1000).default([]),
})
const changeSchema = z.strictObject({
  name: name.optional(),
  redirect_uris: z.array(redirectUri).max(1000).optional(),
})
const addSchema = z.strictObject({ redirect_uri: redirectUri })
const secretSchema = z.strictObject({
  client_secret: word.optional(),
  /** How long the secrets before it go on working. */
  overlap_seconds: z.number().min(0).max(31_536_000).default(0),
})

/** `/_control/oauth/clients`: the partners' apps. A secret is in the one answer that makes it. */
export function oauthClientControls(app: ControlApp, sandbox: Sandbox): void {
  app.get('/oauth/clients', c =>
    c.json({ clients: [...sandbox.state.oauthApps.values()].map(client => summary(sandbox, client)) }),
  )

  app.post('/oauth/clients', async c => {
    const wish = await readBody(c, newSchema)
    const { name, client_id: clientId, client_secret: secret, redirect_uris: redirectUris } = wish
    if (clientId !== undefined && appByClientId(sandbox.state, clientId) !== null)
      refuse(409, `There is a client "${clientId}" already`)
    const given = {
      ...(clientId === undefined ? {} : { clientId }),
      ...(secret === undefined ? {} : { secret }),
    }
    const client = makeApp(sandbox.state, { name, redirectUris, ...given, now: sandbox.now() })
    sandbox.touched()
    return c.json({ ...summary(sandbox, client), client_secret: client.secrets[0]?.value }, 201)
  })

  app.patch('/oauth/clients/:client', async c => {
    const client = clientOfPath(sandbox, c)
    const change = await readBody(c, changeSchema)
    client.name = change.name ?? client.name
    client.redirectUris = change.redirect_uris ?? client.redirectUris
    sandbox.touched()
    return c.json(summary(sandbox, client))
  })

  app.post('/oauth/clients/:client/redirect_uris', async c => {
    const client = clientOfPath(sandbox, c)
    const added = (await readBody(c, addSchema)).redirect_uri
    client.redirectUris = [...new Set([...client.redirectUris, added])]
    sandbox.touched()
    return c.json(summary(sandbox, client))
  })

  app.post('/oauth/clients/:client/secret', async c => {
    const client = clientOfPath(sandbox, c)
    const { client_secret: value = newSecret(), overlap_seconds: overlap } = await readBody(c, secretSchema)
    replaceSecret(client, value, sandbox.now(), overlap * 1000)
    sandbox.touched()
    return c.json({ ...summary(sandbox, client), client_secret: value })
  })

  app.delete('/oauth/clients/:client', c => {
    removeApp(sandbox.state, clientOfPath(sandbox, c))
    sandbox.touched()
    return c.body(null, 204)
  })
}

/** The app of the path's `:client`, by client id. */
function clientOfPath(sandbox: Sandbox, c: ControlContext): OauthApp {
  const clientId = c.req.param('client') ?? ''
  return appByClientId(sandbox.state, clientId) ?? refuse(404, `There is no client "${clientId}"`)
}

function summary({ now }: Sandbox, app: OauthApp) {
  return {
    client_id: app.clientId,
    name: app.name,
    redirect_uris: app.redirectUris,
    secrets: app.secrets
      .filter(secret => isCurrent(secret, now()))
      .map(({ until }) => ({ until: until === null ? null : toMillisIso(until) })),
    created_at: toMillisIso(app.createdAt),
  }
}
