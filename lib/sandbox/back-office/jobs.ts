import type { Hono } from 'hono'
import { html } from 'hono/html'
import { departmentOf } from '../api/find.ts'
import type { Exchange } from '../exchange.ts'
import { type Job, jobStates } from '../records.ts'
import type { Sandbox } from '../sandbox.ts'
import { jobPage } from './job-page.ts'
import { show } from './page.ts'
import { dateText, rangeText, stateNames } from './text.ts'
import { nothingHere, signedIn, type Viewer } from './viewer.ts'

/** The account's jobs, and each with its candidates. */
export function jobPages(app: Hono<{ Bindings: Exchange }>, sandbox: Sandbox): void {
  app.get('/backend', c => c.redirect('/backend/jobs', 303))
  app.get(
    '/backend/jobs',
    signedIn(sandbox, (c, viewer) => {
      const wanted = c.req.query('state')
      return listPage(
        sandbox,
        viewer,
        jobStates.find(state => state === wanted) ?? null,
        (c.req.query('q') ?? '').trim().slice(0, 100),
      )
    }),
  )
  app.get(
    '/backend/jobs/:id',
    signedIn(sandbox, (c, viewer) => {
      const job = sandbox.state.jobs.get(Number(c.req.param('id')))
      if (job?.accountId !== viewer.account.id) return nothingHere(sandbox, viewer.account)
      return jobPage(sandbox, viewer, job, Number(c.req.query('page') ?? 1))
    }),
  )
}

function listPage(
  sandbox: Sandbox,
  viewer: Viewer,
  state: Job['state'] | null,
  search: string,
): Promise<Response> {
  const own = [...sandbox.state.jobs.values()].filter(job => job.accountId === viewer.account.id).reverse()
  const found = own.filter(
    job =>
      (state === null || job.state === state) &&
      `${job.title} ${job.code} ${job.shortcode} ${job.place.city}`
        .toLowerCase()
        .includes(search.toLowerCase()),
  )
  const counts = countByJob(sandbox, viewer)
  const tab = (value: Job['state'] | null, name: string) => {
    const count = value === null ? own.length : own.filter(job => job.state === value).length
    const query = new URLSearchParams({
      ...(value === null ? {} : { state: value }),
      ...(search === '' ? {} : { q: search }),
    })
    const href = `/backend/jobs${query.size === 0 ? '' : `?${query}`}`
    return html`<a href="${href}" ${value === state ? html`aria-current="true"` : ''}>${name} <span>${count}</span></a>`
  }
  return show({
    title: 'Jobs',
    ...viewer,
    current: 'jobs',
    body: html`<h1>Jobs</h1>
      <div class="bar">
        <nav class="tabs" aria-label="State">
          ${tab(null, 'All')} ${jobStates.map(value => tab(value, stateNames[value]))}
        </nav>
        <form class="search" role="search" action="/backend/jobs">
          ${state === null ? '' : html`<input type="hidden" name="state" value="${state}" />`}
          <label class="hidden" for="q">Search jobs</label>
          <input id="q" name="q" type="search" value="${search}" placeholder="Title, code, place" />
          <button>Search</button>
        </form>
      </div>
      ${
        found.length === 0
          ? html`<p class="empty">${own.length === 0 ? 'This account has no jobs yet.' : 'No job fits.'}</p>`
          : html`<p class="faint" role="status">${rangeText(1, found.length, found.length, 'job')}</p>
              <ul class="rows">
                ${found.map(job => jobRow(sandbox, job, counts.get(job.id) ?? 0))}
              </ul>`
      }`,
  })
}

function jobRow(sandbox: Sandbox, job: Job, candidates: number) {
  const department = departmentOf(sandbox.state, job)?.name
  const facts = [job.code, department, `${job.place.city}, ${job.place.country}`].filter(Boolean).join(' · ')
  return html`<li>
    <div class="grow">
      <a class="title" href="/backend/jobs/${job.id}">${job.title}</a>
      <p class="faint">${facts}</p>
      <p class="faint"><span class="mono">${job.shortcode}</span> · opened ${dateText(job.createdAt)}</p>
    </div>
    <p class="end"><span class="badge ${job.state}">${stateNames[job.state]}</span><span class="count">${rangeText(1, candidates, candidates, 'candidate')}</span></p>
  </li>`
}

function countByJob(sandbox: Sandbox, viewer: Viewer): Map<number, number> {
  const counts = new Map<number, number>()
  for (const { accountId, jobId } of sandbox.state.candidates.values()) {
    if (accountId === viewer.account.id) counts.set(jobId, (counts.get(jobId) ?? 0) + 1)
  }
  return counts
}
