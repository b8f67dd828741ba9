import type { Context } from 'hono'
import { getCookie } from 'hono/cookie'
import { html } from 'hono/html'
import type { Exchange } from '../exchange.ts'
import { originOf } from '../hosts.ts'
import type { Account, Member } from '../records.ts'
import type { Sandbox } from '../sandbox.ts'
import { show } from './page.ts'
import type { Session } from './sessions.ts'

export type BackOfficeContext = Context<{ Bindings: Exchange }>

/** Somebody signed in, in the account of the request's host. */
export type Viewer = { account: Account; member: Member; session: Session }

type Handler = (c: BackOfficeContext, viewer: Viewer) => Response | Promise<Response>

/** Cookies know no ports, so the name has it: two sandboxes on one machine do not sign each other out. */
export function cookieName(sandbox: Sandbox): string {
  return `workable_sandbox_${sandbox.port}`
}

/** The account of the request's host, or null: no such company here. */
export function accountOfHost(sandbox: Sandbox, c: BackOfficeContext): Account | null {
  const { host } = c.env
  if (host.kind !== 'account') return null
  for (const account of sandbox.state.accounts.values())
    if (account.subdomain === host.subdomain) return account
  return null
}

/** Who is signed in here, or null. */
function viewerOf(sandbox: Sandbox, c: BackOfficeContext): Viewer | null {
  const account = accountOfHost(sandbox, c)
  const session = sandbox.sessions.find(getCookie(c, cookieName(sandbox)))
  if (account === null || session?.accountId !== account.id) return null
  const member = sandbox.state.members.get(session.memberId)
  return member?.active ? { account, member, session } : null
}

/** Makes a handler for people who are signed in; others sign in first and come back to the page. */
export function signedIn(sandbox: Sandbox, handler: Handler): (c: BackOfficeContext) => Promise<Response> {
  return async c => {
    const viewer = viewerOf(sandbox, c)
    if (viewer !== null) return handler(c, viewer)
    const { pathname, search } = new URL(c.req.url)
    const next = c.req.method === 'GET' ? `?${new URLSearchParams({ next: pathname + search })}` : ''
    return c.redirect(`/backend/sign-in${next}`, 303)
  }
}

/** The same for admins; others are told who can help. */
export function adminOnly(sandbox: Sandbox, handler: Handler): (c: BackOfficeContext) => Promise<Response> {
  return signedIn(sandbox, (c, viewer) => {
    if (viewer.member.role === 'admin') return handler(c, viewer)
    const admins = [...sandbox.state.members.values()].filter(
      member => member.accountId === viewer.account.id && member.role === 'admin' && member.active,
    )
    return show({
      title: 'Only for admins',
      status: 403,
      account: viewer.account,
      member: viewer.member,
      current: 'settings',
      body: html`<h1>Only for admins</h1>
        <p>You are signed in as ${viewer.member.name}, who is not an admin. Integrations and tokens are for admins only.</p>
        <p>Admins of ${viewer.account.name}:</p>
        <ul>
          ${admins.map(admin => html`<li>${admin.name}, ${admin.email}</li>`)}
        </ul>`,
    })
  })
}

/** A page that says that there is nothing here, and where something is. */
export function nothingHere(sandbox: Sandbox, account: Account | null): Promise<Response> {
  const body =
    account === null
      ? html`<h1>No company here</h1>
          <p>The sandbox has no account with this address.</p>
          <p><a href="${originOf(sandbox.port)}/">See the accounts that there are</a></p>`
      : html`<h1>Nothing here</h1>
          <p>${account.name} has no page with this address.</p>
          <p><a href="/backend/jobs">Go to the jobs</a></p>`
  return show({ title: 'Not found', status: 404, ...(account === null ? {} : { account }), body })
}
