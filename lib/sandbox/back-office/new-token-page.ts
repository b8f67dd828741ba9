import { html } from 'hono/html'
import { scopeMeanings, scopes } from '../scopes.ts'
import { expiries } from '../tokens.ts'
import type { TokenDraft } from './sessions.ts'
import { INTEGRATIONS, showSettings } from './settings.ts'
import type { Viewer } from './viewer.ts'

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
    title: failed ? 'Check the form: Generate API token' : 'Generate API token',
    body: html`<p class="crumb"><a href="${INTEGRATIONS}">Integrations</a></p>
      <h1>Generate API token</h1>
      <form class="form" method="post" action="${INTEGRATIONS}/tokens">
        <label for="name">Name</label>
        <input id="name" name="name" maxlength="100" autocomplete="off" value="${draft?.name ?? ''}"
          ${problems.name === undefined ? '' : html`aria-invalid="true" aria-describedby="name-problem" autofocus`} />
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
        <p class="acts"><button class="button primary">Generate token</button><a class="button" href="${INTEGRATIONS}">Cancel</a></p>
      </form>`,
  })
}
