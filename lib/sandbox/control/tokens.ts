import { z } from 'zod'
import { toMillisIso } from '../ids.ts'
import type { Token } from '../records.ts'
import type { Sandbox } from '../sandbox.ts'
import { scopes } from '../scopes.ts'
import { expiryAfter, mintToken, tokenStatus } from '../tokens.ts'
import {
  accountOfPath,
  type ControlApp,
  type ControlContext,
  readBody,
  readQuery,
  refuse,
} from './context.ts'

const newTokenSchema = z.strictObject({
  name: z.string().min(1).max(100).default('Made by the control API'),
  scopes: z.array(z.enum(scopes)).default(['r_jobs', 'r_candidates', 'w_candidates']),
  /** Days until it ends; `null`: never. */
  expires_in_days: z.number().positive().max(3650).nullable().default(365),
  /** E-mail address of the member who made it; absent: the account's first admin. */
  member: z.string().optional(),
})

const changeSchema = z.strictObject({
  name: z.string().min(1).max(100).optional(),
  scopes: z.array(z.enum(scopes)).optional(),
})

const listSchema = z.object({ subdomain: z.string().optional() })

/** Tokens: made in an account with any scopes, with none as well; listed, changed, expired, revoked by id. */
export function tokenControls(app: ControlApp, sandbox: Sandbox): void {
  app.post('/accounts/:subdomain/tokens', async c => {
    const { state } = sandbox
    const account = accountOfPath(state, c)
    const wish = await readBody(c, newTokenSchema)
    const members = [...state.members.values()].filter(member => member.accountId === account.id)
    const wanted = wish.member
    const member = members.find(m => (wanted === undefined ? m.role === 'admin' : m.email === wanted)) ?? null
    if (wanted !== undefined && member === null) refuse(404, `${account.subdomain} has no member ${wanted}`)
    const now = sandbox.now()
    const days = wish.expires_in_days
    const expiresAt = days === null ? null : expiryAfter(now, days)
    const token = mintToken(state, {
      accountId: account.id,
      member,
      name: wish.name,
      scopes: wish.scopes,
      expiresAt,
      now,
    })
    sandbox.touched()
    return c.json({ ...summary(sandbox, token), token: token.value }, 201)
  })

  app.get('/tokens', c => {
    const { subdomain } = readQuery(c, listSchema)
    const all = [...sandbox.state.tokens.values()].map(token => summary(sandbox, token))
    return c.json({ tokens: all.filter(token => subdomain === undefined || token.subdomain === subdomain) })
  })

  app.patch('/tokens/:id', async c => {
    const token = tokenOfPath(sandbox, c)
    const change = await readBody(c, changeSchema)
    token.name = change.name ?? token.name
    token.scopes = change.scopes ?? token.scopes
    sandbox.touched()
    return c.json(summary(sandbox, token))
  })

  app.post('/tokens/:id/revoke', c => {
    const token = tokenOfPath(sandbox, c)
    token.revokedAt ??= sandbox.now()
    sandbox.touched()
    return c.json(summary(sandbox, token))
  })

  app.post('/tokens/:id/expire', c => {
    const token = tokenOfPath(sandbox, c)
    token.expiresAt = sandbox.now()
    sandbox.touched()
    return c.json(summary(sandbox, token))
  })
}

function tokenOfPath(sandbox: Sandbox, c: ControlContext): Token {
  const id = c.req.param('id') ?? ''
  const token = /^\d{1,12}$/.test(id) ? sandbox.state.tokens.get(Number(id)) : undefined
  return token ?? refuse(404, `There is no token with the id "${id}"`)
}

function summary({ state, now }: Sandbox, token: Token) {
  const iso = (at: number | null) => (at === null ? null : toMillisIso(at))
  return {
    id: String(token.id),
    subdomain: state.accounts.get(token.accountId)?.subdomain ?? null,
    name: token.name,
    scopes: token.scopes,
    status: tokenStatus(token, now()),
    member: token.memberId === null ? null : (state.members.get(token.memberId)?.email ?? null),
    created_at: toMillisIso(token.createdAt),
    expires_at: iso(token.expiresAt),
    revoked_at: iso(token.revokedAt),
    last_used_at: iso(token.lastUsedAt),
  }
}
