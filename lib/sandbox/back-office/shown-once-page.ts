import { html } from 'hono/html'
import type { Token } from '../records.ts'
import { INTEGRATIONS, showSettings } from './settings.ts'
import type { Viewer } from './viewer.ts'

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

/** The page after making a token. `value` is null when it was shown before: nothing can show it again. */
export function shownOncePage(viewer: Viewer, token: Token, value: string | null): Promise<Response> {
  if (value === null) {
    return showSettings(viewer, 'integrations', {
      title: token.name,
      body: html`<p class="crumb"><a href="${INTEGRATIONS}">Integrations</a></p>
        <h1>${token.name}</h1>
        <p>This token was shown once, when it was made, and cannot be shown again. If it is lost, revoke it and make another.</p>
        <p class="acts"><a class="button" href="${INTEGRATIONS}">Back to the tokens</a></p>`,
    })
  }
  return showSettings(viewer, 'integrations', {
    title: `Copy the token ${token.name}`,
    script: copyScript,
    body: html`<p class="crumb"><a href="${INTEGRATIONS}">Integrations</a></p>
      <h1>Copy your token now</h1>
      <p>It is shown this once. Leave or reload this page, and it is gone.</p>
      <div class="secret">
        <label for="token">Token “${token.name}”</label>
        <input id="token" class="mono" readonly value="${value}" spellcheck="false" autocomplete="off" />
        <button type="button" class="button primary" data-copy hidden>Copy</button>
        <p id="copied" role="status"></p>
      </div>
      <p class="acts"><a class="button" href="${INTEGRATIONS}">I have copied it</a></p>`,
  })
}
