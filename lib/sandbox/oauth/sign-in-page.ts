import { html } from 'hono/html'
import { initials, show } from '../back-office/page.ts'
import type { State } from '../state.ts'
import { everybody, type Person } from './people.ts'

/** More people than these are not listed: they type their address. */
const LISTED = 60

/** What comes after signing in: an authorization, by its query and with the address that it ends at, or nothing. */
export type Next = { search: string; partner: string; leadsTo: string } | null

/** Signing in to Workable as such, not to one account: a person is chosen, or typed by address. There is no password. */
export function signInPage(state: State, next: Next, problem?: string): Promise<Response> {
  const people = everybody(state).slice(0, LISTED)
  const person = ({ name, email, memberships }: Person) =>
    html`<li>
      <button name="email" value="${email}">
        <span class="face" aria-hidden="true">${initials(name)}</span>
        <span class="who"><b>${name}</b><span>${email}</span></span>
        <span class="faint where">${memberships.map(({ account }) => account.name).join(', ')}</span>
      </button>
    </li>`
  const request = next === null ? '' : html`<input type="hidden" name="request" value="${next.search}" />`
  return show({
    title: 'Sign in',
    ...(problem === undefined ? {} : { status: 422 }),
    ...(next === null ? {} : { formAction: [new URL(next.leadsTo).origin] }),
    body: html`<div class="narrow">
      <h1>Sign in to Workable</h1>
      <p class="lead">
        ${next === null ? '' : `${next.partner} sent you here. `}Type an address or choose who you are. There is no password here.
      </p>
      <form class="form" method="post" action="/oauth/sign-in">
        ${request}
        <label for="email">E-mail address</label>
        <div class="search">
          <input id="email" name="email" type="email" required autocomplete="off" maxlength="254"
            ${problem === undefined ? '' : html`aria-invalid="true" aria-describedby="email-problem"`} />
          <button>Sign in</button>
        </div>
        ${problem === undefined ? '' : html`<p class="problem" id="email-problem">${problem}</p>`}
      </form>
      <h2>People of the sandbox</h2>
      <form method="post" action="/oauth/sign-in">
        ${request}
        <ul class="people">
          ${people.map(person)}
        </ul>
      </form>
    </div>`,
  })
}
