import type { Context } from 'hono'
import type { Exchange } from '../exchange.ts'
import { rateHeaders } from '../rate-limit.ts'
import type { Account, Member } from '../records.ts'
import type { Sandbox } from '../sandbox.ts'
import type { Scope } from '../scopes.ts'
import { type Bearer, bearerOf } from './bearer.ts'
import { invalidToken, misplacedToken, missingScope, notFound, type Reply, tooMany } from './replies.ts'
import { respond } from './respond.ts'

export type ApiContext = Context<{ Bindings: Exchange }>

/** Who asks, in the account of the host: settled before an endpoint's own work begins. `member` is null for an account token. */
export type Caller = { account: Account; member: Member | null }

/** Who asks where the host need not name an account: every account that the token reaches and that is not suspended. */
export type Visitor = { accounts: readonly Account[] }

type Endpoint<Who, T> = {
  scope: Scope
  /** The record that is asked for; null is a 404. */
  find(who: Who, c: ApiContext): T | null
  reply(found: T, who: Who, c: ApiContext): Reply | Promise<Reply>
}

/**
 * Makes a route handler that goes through the checks in Workable's order: token (401), rate (429), account (404), then
 * scope and record in the order that the switch `scopeCheckedBeforeLookup` says.
 */
export function endpoint<T>(
  sandbox: Sandbox,
  spec: Endpoint<Caller, T>,
): (c: ApiContext) => Promise<Response> {
  return checked(sandbox, spec, (bearer, c) => callerHere(sandbox, bearer, c))
}

/** The same for what www and the apex answer as well. */
export function endpointOnWww<T>(
  sandbox: Sandbox,
  spec: Endpoint<Visitor, T>,
): (c: ApiContext) => Promise<Response> {
  return checked(sandbox, spec, (bearer, c) => visitorAnywhere(sandbox, bearer, c))
}

function checked<Who extends object, T>(
  sandbox: Sandbox,
  spec: Endpoint<Who, T>,
  place: (bearer: Bearer, c: ApiContext) => Who | Reply,
): (c: ApiContext) => Promise<Response> {
  return async c => {
    const { switches } = sandbox.state
    const bearer = bearerOf(sandbox, c.req.header('Authorization'))
    c.env.entry.tokenId = bearer.tokenId === null ? null : String(bearer.tokenId)
    if ('reason' in bearer) return respond(invalidToken(switches, bearer.reason))
    const counted = countRequest(sandbox, bearer, c)
    if ('status' in counted) return respond(counted)
    const who = place(bearer, c)
    if ('status' in who) return respond(who)

    const held = bearer.scopes.includes(spec.scope)
    c.env.entry.scope = { needed: spec.scope, held }
    if (!held && switches.scopeCheckedBeforeLookup) return respond(missingScope(switches, spec.scope))
    const found = spec.find(who, c)
    if (found === null) return respond(notFound)
    if (!held) return respond(missingScope(switches, spec.scope))
    const reply = await spec.reply(found, who, c)
    const fine = reply.status < 300
    return respond(fine ? { ...reply, headers: { ...reply.headers, ...counted.headers } } : reply)
  }
}

function countRequest(
  sandbox: Sandbox,
  bearer: Bearer,
  c: ApiContext,
): Reply | { headers: Record<string, string> } {
  const { switches, partnerClientIds } = sandbox.state
  const clientId = c.req.header('X-Workable-Client-Id')
  const partner = clientId === undefined ? null : partnerClientIds.includes(clientId)
  c.env.entry.partner = partner
  if (!switches.rateLimit) return { headers: {} }
  const now = sandbox.now()
  const raised = partner === true || (bearer.isPerson && switches.oauthRateLimit === 50)
  const allowance = sandbox.limiter.count(bearer.tokenId, raised, now)
  c.env.entry.rate = { limit: allowance.limit, remaining: allowance.remaining }
  const headers = rateHeaders(allowance, now)
  return allowance.refused ? tooMany(switches, headers, allowance.windowEndsAt - now) : { headers }
}

function callerHere(sandbox: Sandbox, bearer: Bearer, c: ApiContext): Caller | Reply {
  const { switches } = sandbox.state
  const { host } = c.env
  if (host.kind !== 'account') return notFound
  const here = bearer.reach.find(({ account }) => account.subdomain === host.subdomain)
  if (here === undefined) return misplacedToken(switches, switches.otherAccountStatus, 'Forbidden')
  return here.account.suspended ? suspended(sandbox) : here
}

function visitorAnywhere(sandbox: Sandbox, bearer: Bearer, c: ApiContext): Visitor | Reply {
  const { switches } = sandbox.state
  const { host } = c.env
  if (host.kind === 'account') {
    const here = callerHere(sandbox, bearer, c)
    if ('status' in here) return here
  } else {
    if (host.kind === 'apply') return notFound
    if (!bearer.isPerson && !switches.wwwAnswersAccountTokens) return invalidToken(switches, 'unknown')
  }
  const accounts = bearer.reach.map(({ account }) => account)
  const open = accounts.filter(account => !account.suspended)
  return open.length === 0 && accounts.length > 0 ? suspended(sandbox) : { accounts: open }
}

function suspended({ state: { switches } }: Sandbox): Reply {
  return misplacedToken(switches, switches.suspendedAccountStatus, 'This account is suspended')
}
