import type { Hono } from 'hono'
import { html } from 'hono/html'
import type { Exchange } from '../exchange.ts'
import { type Consent, consentsOf, withdrawConsent } from '../oauth/consent.ts'
import { personOf } from '../oauth/people.ts'
import type { Account, Member } from '../records.ts'
import type { Sandbox } from '../sandbox.ts'
import { scopeMeanings } from '../scopes.ts'
import type { Html } from './page.ts'
import { INTEGRATIONS } from './settings.ts'
import { dateText } from './text.ts'
import { adminOnly, nothingHere, type Viewer } from './viewer.ts'

/** A consent that reaches this account, with the member whose it is. */
type Connected = { consent: Consent; member: Member }

/** `…/apps/:app/revoke`: an admin takes back what a member of the account has let in. */
export function connectedApps(app: Hono<{ Bindings: Exchange }>, sandbox: Sandbox): void {
  app.post(
    `${INTEGRATIONS}/apps/:app/revoke`,
    adminOnly(sandbox, async (c, viewer) => {
      const form = await c.req.parseBody()
      const found = connectedTo(sandbox, viewer.account).find(
        ({ consent, member }) =>
          String(consent.appId) === c.req.param('app') && String(member.id) === form.member,
      )
      if (found === undefined) return nothingHere(sandbox, viewer.account)
      withdrawConsent(sandbox.state, found.consent.appId, found.consent.email, sandbox.now())
      viewer.session.notice = `${found.consent.app} may use Workable for ${found.member.name} no longer.`
      sandbox.touched()
      return c.redirect(INTEGRATIONS, 303)
    }),
  )
}

/** The part of Integrations that lists the apps which came by a person's consent. */
export function connectedAppsSection(sandbox: Sandbox, viewer: Viewer): Html {
  const connected = connectedTo(sandbox, viewer.account)
  return html`<section aria-labelledby="connected">
    <div class="bar"><h2 id="connected">Connected apps</h2></div>
    <p class="faint">Apps that somebody of ${viewer.account.name} signed in to Workable for. Each sees what that person may see.</p>
    ${
      connected.length === 0
        ? html`<p class="empty">No connected apps.</p>`
        : html`<ul class="rows">
            ${connected.map(appRow)}
          </ul>`
    }
  </section>`
}

function connectedTo(sandbox: Sandbox, account: Account): Connected[] {
  return consentsOf(sandbox.state, sandbox.now()).flatMap(consent => {
    const memberships = personOf(sandbox.state, consent.email)?.memberships ?? []
    const here = memberships.find(membership => membership.account.id === account.id)
    return here === undefined ? [] : [{ consent, member: here.member }]
  })
}

function appRow({ consent, member }: Connected): Html {
  return html`<li>
    <div class="grow">
      <b>${consent.app}</b>
      <p class="faint">Let in by ${member.name}, since ${dateText(consent.since)}</p>
      <ul class="plain">
        ${consent.scopes.map(scope => html`<li>${scopeMeanings[scope]}</li>`)}
      </ul>
    </div>
    <details class="ask">
      <summary class="button">Revoke<span class="hidden"> ${consent.app} of ${member.name}</span></summary>
      <form method="post" action="${INTEGRATIONS}/apps/${consent.appId}/revoke">
        <input type="hidden" name="member" value="${member.id}" />
        <p class="warn">It is refused at once, in every account of ${member.name}.</p>
        <button class="button danger">Revoke it<span class="hidden">, ${consent.app} of ${member.name}</span></button>
      </form>
    </details>
  </li>`
}
