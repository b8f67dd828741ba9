import type { Hono } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { html } from 'hono/html'
import type { Exchange } from '../exchange.ts'
import { originOf } from '../hosts.ts'
import type { Account, Member } from '../records.ts'
import type { Sandbox } from '../sandbox.ts'
import { initials, show } from './page.ts'
import { roleNames } from './text.ts'
import { accountOfHost, cookieName, nothingHere } from './viewer.ts'

/** Signing in as a person of the account: no password, everybody is invented. */
export function signInPages(app: Hono<{ Bindings: Exchange }>, sandbox: Sandbox): void {
  app.get('/backend/sign-in', c => {
    const account = accountOfHost(sandbox, c)
    if (account === null) return nothingHere(sandbox, null)
    return signInPage(sandbox, account, peopleOf(sandbox, account), safeNext(c.req.query('next')))
  })

  app.post('/backend/sign-in', async c => {
    const account = accountOfHost(sandbox, c)
    if (account === null) return nothingHere(sandbox, null)
    const form = await c.req.parseBody()
    const person = peopleOf(sandbox, account).find(member => String(member.id) === form.member)
    if (person === undefined) return c.redirect('/backend/sign-in', 303)
    sandbox.sessions.end(getCookie(c, cookieName(sandbox)))
    const session = sandbox.sessions.start(account.id, person.id)
    setCookie(c, cookieName(sandbox), session, { path: '/', httpOnly: true, sameSite: 'Lax' })
    return c.redirect(safeNext(typeof form.next === 'string' ? form.next : undefined), 303)
  })

  app.post('/backend/sign-out', c => {
    sandbox.sessions.end(getCookie(c, cookieName(sandbox)))
    deleteCookie(c, cookieName(sandbox), { path: '/' })
    return c.redirect('/backend/sign-in', 303)
  })
}

/** Where to go after signing in: a page of this back office, never anywhere else. */
function safeNext(next: string | undefined): string {
  return next !== undefined && /^\/backend(?:\/[\w-]+)*(?:\?[\w=&%.+-]*)?$/.test(next)
    ? next
    : '/backend/jobs'
}

function peopleOf(sandbox: Sandbox, account: Account): Member[] {
  return [...sandbox.state.members.values()].filter(
    member => member.accountId === account.id && member.active && member.role !== 'no_access',
  )
}

function signInPage(
  sandbox: Sandbox,
  account: Account,
  people: readonly Member[],
  next: string,
): Promise<Response> {
  const person = (member: Member) =>
    html`<li>
      <button name="member" value="${member.id}">
        <span class="face" aria-hidden="true">${initials(member.name)}</span>
        <span class="who"><b>${member.name}</b><span>${member.email}</span></span>
        <span class="badge${member.role === 'admin' ? ' strong' : ''}">${roleNames[member.role]}</span>
      </button>
    </li>`
  return show({
    title: 'Sign in',
    account,
    body: html`<div class="narrow">
      <h1>Sign in to ${account.name}</h1>
      <p class="lead">Choose who you are. There is no password here. Only admins can make API tokens.</p>
      <form method="post" action="/backend/sign-in">
        <input type="hidden" name="next" value="${next}" />
        <ul class="people">
          ${people.map(person)}
        </ul>
      </form>
      <p class="faint">Not this company? <a href="${originOf(sandbox.port)}/">See all accounts of the sandbox</a></p>
      ${people.length === 0 ? html`<p>This account has nobody who could sign in.</p>` : ''}
    </div>`,
  })
}
