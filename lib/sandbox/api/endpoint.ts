import type { Context } from 'hono'
import type { Exchange } from '../exchange.ts'
import { rateHeaders } from '../rate-limit.ts'
import type { Account, Token } from '../records.ts'
import type { Sandbox } from '../sandbox.ts'
import type { Scope } from '../scopes.ts'
import { presentedToken, tokenStatus } from '../tokens.ts'
import { invalidToken, misplacedToken, missingScope, notFound, type Reply, tooMany } from './replies.ts'
import { respond } from './respond.ts'

export type ApiContext = Context<{ Bindings: Exchange }>

/** Who asks, and for which account: settled before an endpoint's own work begins. */
export type Caller = { account: Account; token: Token }

type Endpoint<T> = {
  scope: Scope
  /** Whether the www host and the apex answer as well, where no host names the account. */
  onWww?: boolean
  /** The record that is asked for; null is a 404. */
  find(caller: Caller, c: ApiContext): T | null
  reply(found: T, caller: Caller, c: ApiContext): Reply | Promise<Reply>
}

/**
 * Makes a route handler that goes through the checks in Workable's order: token (401), rate (429), account (404), then
 * scope and record in the order that the switch `scopeCheckedBeforeLookup` says.
 */
export function endpoint<T>(sandbox: Sandbox, spec: Endpoint<T>): (c: ApiContext) => Promise<Response> {
  return async c => {
    const { switches } = sandbox.state
    const caller = identify(sandbox, c)
    if ('status' in caller) return respond(caller)
    const counted = countRequest(sandbox, caller.token, c)
    if ('status' in counted) return respond(counted)
    const misplaced = checkPlace(sandbox, caller, c, spec.onWww === true)
    if (misplaced) return respond(misplaced)

    const held = caller.token.scopes.includes(spec.scope)
    c.env.entry.scope = { needed: spec.scope, held }
    if (!held && switches.scopeCheckedBeforeLookup) return respond(missingScope(switches, spec.scope))
    const found = spec.find(caller, c)
    if (found === null) return respond(notFound)
    if (!held) return respond(missingScope(switches, spec.scope))
    const reply = await spec.reply(found, caller, c)
    const fine = reply.status < 300
    return respond(fine ? { ...reply, headers: { ...reply.headers, ...counted.headers } } : reply)
  }
}

function identify(sandbox: Sandbox, c: ApiContext): Caller | Reply {
  const { state } = sandbox
  const token = presentedToken(state, c.req.header('Authorization'))
  if (token === null) return invalidToken(state.switches, 'unknown')
  c.env.entry.tokenId = String(token.id)
  const status = tokenStatus(token, sandbox.now())
  if (status !== 'active') return invalidToken(state.switches, status)
  const account = state.accounts.get(token.accountId)
  if (account === undefined) return invalidToken(state.switches, 'unknown')
  token.lastUsedAt = sandbox.now()
  return { account, token }
}

function countRequest(
  sandbox: Sandbox,
  token: Token,
  c: ApiContext,
): Reply | { headers: Record<string, string> } {
  const { switches, partnerClientIds } = sandbox.state
  const clientId = c.req.header('X-Workable-Client-Id')
  const partner = clientId === undefined ? null : partnerClientIds.includes(clientId)
  c.env.entry.partner = partner
  if (!switches.rateLimit) return { headers: {} }
  const now = sandbox.now()
  const allowance = sandbox.limiter.count(token.id, partner === true, now)
  c.env.entry.rate = { limit: allowance.limit, remaining: allowance.remaining }
  const headers = rateHeaders(allowance, now)
  return allowance.refused ? tooMany(switches, headers, allowance.windowEndsAt - now) : { headers }
}

function checkPlace(sandbox: Sandbox, caller: Caller, c: ApiContext, onWww: boolean): Reply | null {
  const { switches } = sandbox.state
  const { host } = c.env
  if (host.kind === 'account') {
    if (host.subdomain !== caller.account.subdomain) {
      return misplacedToken(switches, switches.otherAccountStatus, 'Forbidden')
    }
  } else {
    if (!onWww || host.kind === 'apply') return notFound
    if (!switches.wwwAnswersAccountTokens) return invalidToken(switches, 'unknown')
  }
  if (!caller.account.suspended) return null
  return misplacedToken(switches, switches.suspendedAccountStatus, 'This account is suspended')
}
