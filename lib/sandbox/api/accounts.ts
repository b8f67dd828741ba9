import type { Hono } from 'hono'
import type { Exchange } from '../exchange.ts'
import type { Sandbox } from '../sandbox.ts'
import { accountJson } from './account-json.ts'
import { endpoint } from './endpoint.ts'

/** `GET /accounts` and `GET /accounts/:subdomain`, on the account's own host and on www. */
export function accountRoutes(api: Hono<{ Bindings: Exchange }>, sandbox: Sandbox): void {
  api.get(
    '/accounts',
    endpoint(sandbox, {
      scope: 'r_jobs',
      onWww: true,
      find: caller => caller.account,
      reply: account => ({ status: 200, body: { accounts: [accountJson(account)] } }),
    }),
  )
  api.get(
    '/accounts/:subdomain',
    endpoint(sandbox, {
      scope: 'r_jobs',
      onWww: true,
      find: (caller, c) => (caller.account.subdomain === c.req.param('subdomain') ? caller.account : null),
      reply: account => ({ status: 200, body: accountJson(account) }),
    }),
  )
}
