import type { Hono } from 'hono'
import { getCookie } from 'hono/cookie'
import { html } from 'hono/html'
import { show } from '../back-office/page.ts'
import { dateText } from '../back-office/text.ts'
import { cookieName } from '../back-office/viewer.ts'
import type { Exchange } from '../exchange.ts'
import type { Sandbox } from '../sandbox.ts'
import { scopeMeanings } from '../scopes.ts'
import { type Consent, consentsOf, withdrawConsent } from './consent.ts'
import type { OauthContext } from './parameters.ts'
import { type Person, personOf } from './people.ts'
import { AUTHORIZED } from './sign-in.ts'
import { signInPage } from './sign-in-page.ts'

/** `/oauth/authorized_applications`, where a person sees which apps she has let in, and takes it back. */
export function authorizedApplications(app: Hono<{ Bindings: Exchange }>, sandbox: Sandbox): void {
  app.get(AUTHORIZED, c => {
    const person = visitorOf(sandbox, c)
    return person === null ? signInPage(sandbox.state, null) : listPage(sandbox, person)
  })

  app.post(`${AUTHORIZED}/:id/revoke`, c => {
    const person = visitorOf(sandbox, c)
    if (person !== null) {
      withdrawConsent(sandbox.state, Number(c.req.param('id')), person.email, sandbox.now())
      sandbox.touched()
    }
    return c.redirect(AUTHORIZED, 303)
  })
}

function visitorOf(sandbox: Sandbox, c: OauthContext): Person | null {
  return personOf(sandbox.state, sandbox.visitors.emailOf(getCookie(c, cookieName(sandbox))) ?? '')
}

function listPage(sandbox: Sandbox, person: Person): Promise<Response> {
  const consents = consentsOf(sandbox.state, sandbox.now()).filter(({ email }) => email === person.email)
  const row = (consent: Consent) =>
    html`<li>
      <div class="grow">
        <b>${consent.app}</b>
        <p class="faint">Since ${dateText(consent.since)}</p>
        <ul class="plain">
          ${consent.scopes.map(scope => html`<li>${scopeMeanings[scope]}</li>`)}
        </ul>
      </div>
      <form method="post" action="${AUTHORIZED}/${consent.appId}/revoke">
        <button class="button danger">Revoke<span class="hidden"> ${consent.app}</span></button>
      </form>
    </li>`
  return show({
    title: 'Apps that you allowed',
    body: html`<div class="narrow">
      <h1>Apps that you allowed</h1>
      <p class="lead">${person.name}, ${person.email}</p>
      ${
        consents.length === 0
          ? html`<p class="empty">No app may use Workable for you.</p>`
          : html`<ul class="rows">
              ${consents.map(row)}
            </ul>`
      }
      <form method="post" action="/oauth/sign-out"><p class="acts"><button class="button">Sign out</button></p></form>
    </div>`,
  })
}
