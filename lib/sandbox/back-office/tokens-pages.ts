import { html } from 'hono/html'
import type { Token } from '../records.ts'
import type { Sandbox } from '../sandbox.ts'
import { scopeMeanings, scopes } from '../scopes.ts'
import { expiries, tokenStatus } from '../tokens.ts'
import type { TokenDraft } from './sessions.ts'
import { showSettings } from './settings.ts'
import { dateText, timeLeftText } from './text.ts'
import type { Viewer } from './viewer.ts'

const HOME = '/backend/settings/integrations'

const copyScript = `
const button = document.querySelector('[data-copy]')
const field = document.querySelector('#token')
const said = document.querySelector('#copied')
if (button && field && said && navigator.clipboard) {
  button.hidden = false
  button.addEventListener('click', () => {
    navigator.clipboard.writeText(field.value).then(
      () => { said.textContent = 'Copied.' },
      () => { field.select(); said.textContent = 'Press Ctrl+C to copy.' },
    )
  })
}
`

/** The Integrations page, in today's form or the one that older guides show. */
export function listPage(sandbox: Sandbox, viewer: Viewer): Promise<Response> {
  const older = sandbox.state.switches.menu === 'older'
  const tokens = [...sandbox.state.tokens.values()]
    .filter(token => token.accountId === viewer.account.id)
    .reverse()
  const make = older
    ? html`<form method="post" action="${HOME}/tokens"><button class="button primary">Generate new token</button></form>`
    : html`<a class="button primary" href="${HOME}/tokens/new">+ Generate API token</a>`
  return showSettings(viewer, 'integrations', {
    title: 'Integrations',
    body: html`<h1>Integrations</h1>
      ${older ? '' : html`<nav class="tabs" aria-label="Integrations"><a href="${HOME}" aria-current="page">Apps</a></nav>`}
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
      </section>`,
  })
}

function tokenRow(sandbox: Sandbox, token: Token) {
  const now = sandbox.now()
  const status = tokenStatus(token, now)
  const maker = token.memberId === null ? undefined : sandbox.state.members.get(token.memberId)?.name
  const end =
    token.expiresAt === null
      ? 'never expires'
      : `${token.expiresAt > now ? 'expires' : 'expired'} ${dateText(token.expiresAt)}`
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
            <form method="post" action="${HOME}/tokens/${token.id}/revoke">
              <p class="warn">Whatever uses it is refused at once, for good.</p>
              <button class="button danger">Revoke it<span class="hidden">, ${token.name}</span></button>
            </form>
          </details>`
    }
  </li>`
}

/** The form Generate API token, with what was typed and what is wrong with it, if it was sent before. */
export function newTokenPage(viewer: Viewer, draft: TokenDraft | null): Promise<Response> {
  const { problems } = draft ?? { problems: {} as TokenDraft['problems'] }
  const days = draft?.days ?? '365'
  const problem = (id: string, text: string | undefined) =>
    text === undefined ? '' : html`<p class="problem" id="${id}">${text}</p>`
  const option = (expiry: (typeof expiries)[number]) =>
    html`<option value="${expiry.days}" ${String(expiry.days) === days ? html`selected` : ''}>${expiry.label}</option>`
  const box = (scope: (typeof scopes)[number]) =>
    html`<label class="box"
      ><input type="checkbox" name="scopes" value="${scope}" ${draft?.scopes.includes(scope) ? html`checked` : ''} />
      <span><code>${scope}</code><span class="faint">${scopeMeanings[scope]}</span></span></label
    >`
  const failed = Object.keys(problems).length > 0
  return showSettings(viewer, 'integrations', {
    title: failed ? 'Not yet: Generate API token' : 'Generate API token',
    body: html`<p class="crumb"><a href="${HOME}">Integrations</a></p>
      <h1>Generate API token</h1>
      <form class="form" method="post" action="${HOME}/tokens">
        <label for="name">Name</label>
        <input id="name" name="name" maxlength="100" autocomplete="off" value="${draft?.name ?? ''}"
          ${problems.name === undefined ? '' : html`aria-invalid="true" aria-describedby="name-problem"`} />
        ${problem('name-problem', problems.name)}
        <label for="days">Expires in</label>
        <select id="days" name="days">
          ${expiries.map(option)}
        </select>
        <fieldset ${problems.scopes === undefined ? '' : html`aria-describedby="scopes-problem"`}>
          <legend>Scopes</legend>
          ${problem('scopes-problem', problems.scopes)}
          <div class="boxes">${scopes.map(box)}</div>
        </fieldset>
        <p class="acts"><button class="button primary">Generate token</button><a class="button" href="${HOME}">Cancel</a></p>
      </form>`,
  })
}

/** The page after making a token. `value` is null when it was shown before: nothing can show it again. */
export function shownOncePage(viewer: Viewer, token: Token, value: string | null): Promise<Response> {
  if (value === null) {
    return showSettings(viewer, 'integrations', {
      title: token.name,
      body: html`<p class="crumb"><a href="${HOME}">Integrations</a></p>
        <h1>${token.name}</h1>
        <p>This token was shown once, when it was made, and cannot be shown again. If it is lost, revoke it and make another.</p>
        <p class="acts"><a class="button" href="${HOME}">Back to the tokens</a></p>`,
    })
  }
  return showSettings(viewer, 'integrations', {
    title: `Copy the token ${token.name}`,
    script: copyScript,
    body: html`<p class="crumb"><a href="${HOME}">Integrations</a></p>
      <h1>Copy your token now</h1>
      <p>It is shown this once. Leave or reload this page, and it is gone.</p>
      <div class="secret">
        <label for="token">Token “${token.name}”</label>
        <input id="token" class="mono" readonly value="${value}" spellcheck="false" autocomplete="off" />
        <button type="button" class="button primary" data-copy hidden>Copy</button>
        <p id="copied" role="status"></p>
      </div>
      <p class="acts"><a class="button" href="${HOME}">I have copied it</a></p>`,
  })
}
