import { html } from 'hono/html'
import { initials, show } from '../back-office/page.ts'
import { scopeMeanings } from '../scopes.ts'
import type { Person } from './people.ts'
import type { OauthApp } from './records.ts'
import type { AuthorizationRequest } from './request.ts'

/** The consent screen: which partner, what it may do, for whom, and where one is sent afterwards. */
export function consentPage(question: {
  app: OauthApp
  request: AuthorizationRequest
  person: Person
  ticket: string
  search: string
}): Promise<Response> {
  const { app, request, person, ticket, search } = question
  const { origin, host } = new URL(request.redirectUri)
  const companies = person.memberships.map(({ account }) => account.name)
  return show({
    title: `Allow ${app.name}?`,
    formAction: [origin],
    body: html`<div class="narrow consent">
      <h1>Allow ${app.name} to use Workable for you?</h1>
      <div class="whom">
        <span class="face" aria-hidden="true">${initials(person.name)}</span>
        <p>
          <b>${person.name}</b><span class="faint">${person.email}</span>
        </p>
        <form method="post" action="/oauth/sign-out">
          <input type="hidden" name="request" value="${search}" />
          <button class="button">Not you?</button>
        </form>
      </div>
      <h2>${app.name} will be able to</h2>
      <ul class="grants">
        ${
          request.scopes.length === 0
            ? html`<li>Nothing but know that you agreed</li>`
            : request.scopes.map(
                scope => html`<li>${scopeMeanings[scope]} <code class="faint">${scope}</code></li>`,
              )
        }
      </ul>
      <p class="faint">In ${companies.join(', ')}: what you may see there yourself, and no more. You can take this back at any time.</p>
      <form method="post" action="/oauth/authorize">
        <input type="hidden" name="ticket" value="${ticket}" />
        <p class="acts">
          <button class="button primary" name="decision" value="allow">Allow</button>
          <button class="button" name="decision" value="deny">Deny</button>
        </p>
      </form>
      <p class="faint">Either way you go back to <span class="mono">${host}</span>.</p>
    </div>`,
  })
}
