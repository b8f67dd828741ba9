import { html } from 'hono/html'
import { show } from './back-office/page.ts'
import { countText } from './back-office/text.ts'
import { originOf } from './hosts.ts'
import type { Account } from './records.ts'
import type { Sandbox } from './sandbox.ts'

/** The page of the base host: which accounts there are, and where each can be entered. */
export function frontPage(sandbox: Sandbox, path: string): Promise<Response> {
  const known = path === '/'
  const accounts = [...sandbox.state.accounts.values()]
  const row = (account: Account) => {
    const jobs = [...sandbox.state.jobs.values()].filter(job => job.accountId === account.id).length
    return html`<li>
      <span class="tile" aria-hidden="true">${account.name.slice(0, 1)}</span>
      <div class="grow">
        <a class="title" href="${originOf(sandbox.port, account.subdomain)}/backend">${account.name}</a>
        <p class="faint"><span class="mono">${account.subdomain}</span>, ${countText(jobs, 'job')}</p>
      </div>
      ${account.suspended ? html`<p class="end"><span class="badge closed">Suspended</span></p>` : ''}
    </li>`
  }
  return show({
    title: known ? 'Accounts' : 'Not found',
    status: known ? 200 : 404,
    body: html`<div class="narrow">
      <h1>${known ? 'Workable sandbox' : 'Nothing here'}</h1>
      <p class="lead">
        ${known ? 'A stand-in for Workable on this machine, to try Gangway with. Enter an account to make an API token.' : 'There is no such page. These are the accounts of the sandbox:'}
      </p>
      <ul class="rows">
        ${accounts.map(row)}
      </ul>
    </div>`,
  })
}

/** `apply.…/j/<shortcode>` leads to the job. */
export function shortlink(sandbox: Sandbox, path: string): Response | Promise<Response> {
  const shortcode = /^\/j\/([0-9A-Z]+)$/.exec(path)?.[1]
  for (const job of sandbox.state.jobs.values()) {
    const account = sandbox.state.accounts.get(job.accountId)
    if (job.shortcode !== shortcode || account === undefined) continue
    const location = `${originOf(sandbox.port, account.subdomain)}/jobs/${job.id}`
    return new Response(null, { status: 302, headers: { Location: location } })
  }
  return frontPage(sandbox, path)
}
