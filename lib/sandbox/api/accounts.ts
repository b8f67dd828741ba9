import type { Hono } from 'hono'
import type { Exchange } from '../exchange.ts'
import type { Sandbox } from '../sandbox.ts'
import { accountJson } from './account-json.ts'
import { endpointOnWww } from './endpoint.ts'

/** `GET /accounts` and `GET /accounts/:subdomain`, on the account's own host and on www; a person may have several. */
export function accountRoutes(api: Hono<{ Bindings: Exchange }>, sandbox: Sandbox): void {
  api.get(
    '/accounts',
    endpointOnWww(sandbox, {
      scope: 'r_jobs',
      find: visitor => visitor.accounts,
      reply: accounts => ({ status: 200, body: { accounts: accounts.map(accountJson) } }),
    }),
  )
  api.get(
    '/accounts/:subdomain',
    endpointOnWww(sandbox, {
      scope: 'r_jobs',
      find: (visitor, c) =>
        visitor.accounts.find(account => account.subdomain === c.req.param('subdomain')) ?? null,
      reply: account => ({ status: 200, body: accountJson(account) }),
    }),
  )
}
