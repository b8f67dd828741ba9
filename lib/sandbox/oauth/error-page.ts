import { html } from 'hono/html'
import { show } from '../back-office/page.ts'
import { describe } from './errors.ts'

const sentences: Record<string, string> = {
  invalid_client: 'No app with this client id is registered here.',
  invalid_redirect_uri:
    'The address to return to is not registered for this app. It has to be the same, letter for letter.',
}

/** An authorization that cannot be asked for: nobody is sent anywhere, since nobody knows whose address it would be. */
export function refusedPage(error: string): Promise<Response> {
  return show({
    title: 'An error has occurred',
    status: error === 'invalid_client' ? 401 : 400,
    body: html`<div class="narrow">
      <h1>An error has occurred</h1>
      <p>${sentences[error] ?? describe(error) ?? 'The request cannot be understood.'}</p>
      <p class="faint">Nothing was allowed and nothing was sent. Error: <code>${error}</code></p>
    </div>`,
  })
}

/** A consent screen that was answered before, is too old, or belongs to somebody else. */
export function staleTicketPage(): Promise<Response> {
  return show({
    title: 'This page has been used',
    status: 400,
    body: html`<div class="narrow">
      <h1>This page has been used</h1>
      <p>Your answer was not counted: this question was answered before, or is too old.</p>
      <p>Close this window and begin again where you came from.</p>
    </div>`,
  })
}

/** A form that another site sent. */
export function foreignFormPage(): Promise<Response> {
  return show({
    title: 'Refused',
    status: 403,
    body: html`<div class="narrow">
      <h1>Not from here</h1>
      <p>This form was sent from another site, so nothing was done.</p>
    </div>`,
  })
}

/** No such page. */
export function nothingPage(): Promise<Response> {
  return show({
    title: 'Not found',
    status: 404,
    body: html`<div class="narrow">
      <h1>Nothing here</h1>
      <p>There is no such page.</p>
    </div>`,
  })
}
