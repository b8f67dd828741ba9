import { html } from 'hono/html'
import type { Token } from '../records.ts'
import type { Sandbox } from '../sandbox.ts'
import { tokenStatus } from '../tokens.ts'
import { connectedAppsSection } from './connected-apps.ts'
import { INTEGRATIONS, showSettings } from './settings.ts'
import { dateText, timeLeftText } from './text.ts'
import type { Viewer } from './viewer.ts'

/** The Integrations page, in today's form or the one that older guides show. */
export function tokensPage(sandbox: Sandbox, viewer: Viewer): Promise<Response> {
  const older = sandbox.state.switches.menu === 'older'
  const tokens = [...sandbox.state.tokens.values()]
    .filter(token => token.accountId === viewer.account.id)
    .reverse()
  const make = older
    ? html`<form method="post" action="${INTEGRATIONS}/tokens"><button class="button primary">Generate new token</button></form>`
    : html`<a class="button primary" href="${INTEGRATIONS}/tokens/new">+ Generate API token</a>`
  return showSettings(viewer, 'integrations', {
    title: 'Integrations',
    body: html`<h1>Integrations</h1>
      ${older ? '' : html`<nav class="tabs" aria-label="Integrations"><a href="${INTEGRATIONS}" aria-current="page">Apps</a></nav>`}
      <section aria-labelledby="tokens">
        <div class="bar">
          <h2 id="tokens">${older ? 'Access Token' : 'API Access Tokens'}</h2>
          ${make}
        </div>
        <p class="faint">With a token, another program can use the API of ${viewer.account.name}. It is shown once, when it is made.</p>
        ${
          tokens.length === 0
            ? html`<p class="empty">No tokens yet.</p>`
            : html`<ul class="rows">
                ${tokens.map(token => tokenRow(sandbox, token))}
              </ul>`
        }
      </section>
      ${connectedAppsSection(sandbox, viewer)}`,
  })
}

function tokenRow(sandbox: Sandbox, token: Token) {
  const now = sandbox.now()
  const status = tokenStatus(token, now)
  const maker = token.memberId === null ? undefined : sandbox.state.members.get(token.memberId)?.name
  const end = endText(token, now)
  const left =
    status === 'active' && token.expiresAt !== null ? `, ${timeLeftText(token.expiresAt - now)}` : ''
  return html`<li>
    <div class="grow">
      <b>${token.name}</b>
      <span class="badge ${status === 'active' ? 'published' : 'closed'}">${status}</span>
      <p class="faint">Made ${dateText(token.createdAt)}${maker === undefined ? '' : ` by ${maker}`}, ${end}${left}</p>
      <ul class="chips" aria-label="Scopes">
        ${token.scopes.map(scope => html`<li>${scope}</li>`)}
      </ul>
    </div>
    ${
      status !== 'active'
        ? ''
        : html`<details class="ask">
            <summary class="button">Revoke<span class="hidden"> ${token.name}</span></summary>
            <form method="post" action="${INTEGRATIONS}/tokens/${token.id}/revoke">
              <p class="warn">Whatever uses it is refused at once, for good.</p>
              <button class="button danger">Revoke it<span class="hidden">, ${token.name}</span></button>
            </form>
          </details>`
    }
  </li>`
}

function endText(token: Token, now: number): string {
  if (token.revokedAt !== null) return `revoked ${dateText(token.revokedAt)}`
  if (token.expiresAt === null) return 'never expires'
  return `${token.expiresAt > now ? 'expires' : 'expired'} ${dateText(token.expiresAt)}`
}
