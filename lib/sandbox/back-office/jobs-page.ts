import { html } from 'hono/html'
import { departmentOf } from '../api/find.ts'
import { type Job, jobStates } from '../records.ts'
import type { Sandbox } from '../sandbox.ts'
import { show } from './page.ts'
import { pager, sliceOf } from './pager.ts'
import { countText, dateText, rangeText, stateNames } from './text.ts'
import type { Viewer } from './viewer.ts'

const PER_PAGE = 50

/** What the list of jobs is asked for; `state` null is all of them, `search` is lower-case. */
export type JobsQuery = { state: Job['state'] | null; search: string; page: string | undefined }

/** The account's jobs, newest first, by state and search. */
export function jobsPage(sandbox: Sandbox, viewer: Viewer, query: JobsQuery): Promise<Response> {
  const own = [...sandbox.state.jobs.values()].filter(job => job.accountId === viewer.account.id).reverse()
  const found = own.filter(job => fits(job, query))
  const slice = sliceOf(found, query.page, PER_PAGE)
  const counts = countByJob(sandbox, viewer)
  return show({
    title: 'Jobs',
    ...viewer,
    current: 'jobs',
    body: html`<h1>Jobs</h1>
      <div class="bar">
        ${tabs(own, query)}
        <form class="search" role="search" action="/backend/jobs">
          ${query.state === null ? '' : html`<input type="hidden" name="state" value="${query.state}" />`}
          <label class="hidden" for="q">Search jobs</label>
          <input id="q" name="q" type="search" value="${query.search}" placeholder="Title, code, place" />
          <button>Search</button>
        </form>
      </div>
      ${
        found.length === 0
          ? html`<p class="empty">${own.length === 0 ? 'This account has no jobs yet.' : 'No job fits.'}</p>`
          : html`<p class="faint">${rangeText(slice.from + 1, slice.from + slice.items.length, found.length, 'job')}</p>
              <ul class="rows">
                ${slice.items.map(job => jobRow(sandbox, job, counts.get(job.id) ?? 0))}
              </ul>
              ${pager(slice, '/backend/jobs', queryOf(query.state, query.search))}`
      }`,
  })
}

function fits(job: Job, { state, search }: JobsQuery): boolean {
  const text = `${job.title} ${job.code ?? ''} ${job.shortcode} ${job.place.city}`.toLowerCase()
  return (state === null || job.state === state) && text.includes(search)
}

function queryOf(state: Job['state'] | null, search: string): Record<string, string> {
  return { ...(state === null ? {} : { state }), ...(search === '' ? {} : { q: search }) }
}

function tabs(own: readonly Job[], { state, search }: JobsQuery) {
  const tab = (value: Job['state'] | null, name: string) => {
    const count = value === null ? own.length : own.filter(job => job.state === value).length
    const here = value === state ? html`aria-current="true"` : ''
    return html`<a href="/backend/jobs?${new URLSearchParams(queryOf(value, search))}" ${here}>${name} <span>${count}</span></a>`
  }
  return html`<nav class="tabs" aria-label="State">
    ${tab(null, 'All')} ${jobStates.map(value => tab(value, stateNames[value]))}
  </nav>`
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
    <p class="end"><span class="badge ${job.state}">${stateNames[job.state]}</span><span class="count">${countText(candidates, 'candidate')}</span></p>
  </li>`
}

function countByJob(sandbox: Sandbox, viewer: Viewer): Map<number, number> {
  const counts = new Map<number, number>()
  for (const { accountId, jobId } of sandbox.state.candidates.values()) {
    if (accountId === viewer.account.id) counts.set(jobId, (counts.get(jobId) ?? 0) + 1)
  }
  return counts
}
