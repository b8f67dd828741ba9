import { z } from 'zod'
import { appByClientId } from '../oauth/client.ts'
import { withdrawConsent } from '../oauth/consent.ts'
import { grantList, grantSummary, outstandingCodes, pairsOf, secretsOf } from '../oauth/grants.ts'
import { issuePair } from '../oauth/pairs.ts'
import { personOf } from '../oauth/people.ts'
import type { OauthGrant } from '../oauth/records.ts'
import type { Sandbox } from '../sandbox.ts'
import { scopes } from '../scopes.ts'
import { keep, nextId } from '../state.ts'
import { type ControlApp, type ControlContext, readBody, readQuery, refuse } from './context.ts'

const querySchema = z.strictObject({
  client_id: z.string().optional(),
  person: z.string().optional(),
  alive: z.enum(['true', 'false']).optional(),
})
const newSchema = z.strictObject({
  client_id: z.string(),
  /** E-mail address of a person of any account. */
  person: z.string(),
  scopes: z.array(z.enum(scopes)).default(['r_jobs', 'r_candidates', 'w_candidates']),
  count: z.int().min(1).max(20_000).default(1),
})
const changeSchema = z.strictObject({ scopes: z.array(z.enum(scopes)) })

/** `/_control/oauth/grants` and `/codes`: the truth about them, and what a customer or the passing of time does. */
export function oauthGrantControls(app: ControlApp, sandbox: Sandbox): void {
  app.get('/oauth/grants', c => {
    const query = readQuery(c, querySchema)
    const grants = grantList(sandbox.state, sandbox.now()).filter(
      grant =>
        (query.client_id === undefined || grant.client_id === query.client_id) &&
        (query.person === undefined || grant.person === query.person.toLowerCase()) &&
        (query.alive === undefined || String(grant.alive) === query.alive),
    )
    return c.json({ grants, requests: sandbox.tallies.list() })
  })

  app.post('/oauth/grants', async c =>
    c.json({ grants: grantMany(sandbox, await readBody(c, newSchema)) }, 201),
  )

  app.patch('/oauth/grants/:id', async c => {
    const grant = grantOfPath(sandbox, c)
    const { scopes: held } = await readBody(c, changeSchema)
    for (const row of pairsOf(sandbox.state, grant)) row.scopes = held
    return changed(sandbox, c, grant)
  })

  app.post('/oauth/grants/:id/expire', c => {
    const grant = grantOfPath(sandbox, c)
    for (const row of pairsOf(sandbox.state, grant)) row.expiresAt = Math.min(row.expiresAt, sandbox.now())
    return changed(sandbox, c, grant)
  })

  app.post('/oauth/grants/:id/revoke', c => {
    const grant = grantOfPath(sandbox, c)
    withdrawConsent(sandbox.state, grant.appId, grant.email, sandbox.now())
    return changed(sandbox, c, grant)
  })

  app.get('/oauth/secrets', c => c.json(secretsOf(sandbox.state)))

  app.get('/oauth/codes', c => c.json({ codes: outstandingCodes(sandbox.state, sandbox.now()) }))
}

/** Grants as if a person had consented so many times, with their tokens, this once: for tests with thousands of them. */
function grantMany(sandbox: Sandbox, wish: z.infer<typeof newSchema>) {
  const { state } = sandbox
  const client = appByClientId(state, wish.client_id) ?? refuse(404, `There is no client "${wish.client_id}"`)
  const person = personOf(state, wish.person) ?? refuse(404, `There is no person "${wish.person}"`)
  const now = sandbox.now()
  const common = { appId: client.id, email: person.email }
  const made = Array.from({ length: wish.count }, () => {
    const grant = keep(state.oauthGrants, { id: nextId(state, 'oauthGrants'), ...common, createdAt: now })
    const row = issuePair(state, { grantId: grant.id, ...common, scopes: wish.scopes, now })
    const { accessToken: access_token, refreshToken: refresh_token } = row
    return { id: String(grant.id), token_id: String(row.id), access_token, refresh_token }
  })
  sandbox.touched()
  return made
}

function grantOfPath(sandbox: Sandbox, c: ControlContext): OauthGrant {
  const id = c.req.param('id') ?? ''
  return sandbox.state.oauthGrants.get(Number(id)) ?? refuse(404, `There is no grant "${id}"`)
}

function changed(sandbox: Sandbox, c: ControlContext, grant: OauthGrant): Response {
  sandbox.touched()
  const rows = pairsOf(sandbox.state, grant)
  return c.json(grantSummary(sandbox.state, grant, rows, sandbox.now()))
}
