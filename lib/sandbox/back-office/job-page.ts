import { html } from 'hono/html'
import { departmentOf, pipelineOf, stageOf } from '../api/find.ts'
import { teamOf } from '../api/members.ts'
import type { Candidate, Job } from '../records.ts'
import type { Sandbox } from '../sandbox.ts'
import { initials, show } from './page.ts'
import { pager, sliceOf } from './pager.ts'
import { dateText, rangeText, stateNames } from './text.ts'
import type { Viewer } from './viewer.ts'

const PER_PAGE = 25

/** A job: its facts, how many candidates each stage has, and the candidates, newest first. */
export function jobPage(
  sandbox: Sandbox,
  viewer: Viewer,
  job: Job,
  wantedPage: string | undefined,
): Promise<Response> {
  const { state } = sandbox
  const candidates = [...state.candidates.values()].filter(candidate => candidate.jobId === job.id).reverse()
  const slice = sliceOf(candidates, wantedPage, PER_PAGE)
  return show({
    title: job.title,
    ...viewer,
    current: 'jobs',
    body: html`<p class="crumb"><a href="/backend/jobs">Jobs</a></p>
      <h1>${job.title} <span class="badge ${job.state}">${stateNames[job.state]}</span></h1>
      ${facts(sandbox, job)}
      <h2>Stages</h2>
      <ol class="stages">
        ${pipelineOf(state, job).stages.map(stage => {
          const count = candidates.filter(candidate => candidate.stageId === stage.id).length
          return html`<li><b>${count}</b> ${stage.name}</li>`
        })}
      </ol>
      <h2>Candidates</h2>
      ${
        candidates.length === 0
          ? html`<p class="empty">Nobody has applied yet.</p>`
          : html`<p class="faint">${rangeText(slice.from + 1, slice.from + slice.items.length, candidates.length, 'candidate')}</p>
              <ul class="rows">
                ${slice.items.map(candidate => candidateRow(sandbox, job, candidate))}
              </ul>
              ${pager(slice, `/backend/jobs/${job.id}`, {})}`
      }`,
  })
}

function facts(sandbox: Sandbox, job: Job) {
  const team = teamOf(sandbox.state, job).map(({ member }) => member.name)
  const rows = [
    ['Shortcode', job.shortcode],
    ['Code', job.code ?? 'none'],
    ['Department', departmentOf(sandbox.state, job)?.name ?? 'none'],
    ['Place', `${job.place.city}, ${job.place.country}`],
    ['Opened', dateText(job.createdAt)],
    ['Hiring team', team.join(', ') || 'nobody'],
  ]
  return html`<dl class="facts">
    ${rows.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}
  </dl>`
}

function candidateRow(sandbox: Sandbox, job: Job, candidate: Candidate) {
  const stage = stageOf(sandbox.state, job, candidate)
  const name = `${candidate.firstname} ${candidate.lastname}`
  return html`<li>
    <span class="face" aria-hidden="true">${initials(name)}</span>
    <div class="grow">
      <a class="title" href="/backend/jobs/${job.id}/candidates/${candidate.id}">${name}</a>
      <p class="faint">${[candidate.headline, candidate.email].filter(Boolean).join(' · ') || 'No e-mail address'}</p>
    </div>
    <p class="end">
      <span class="badge">${stage.name}</span>
      ${candidate.disqualified === null ? '' : html`<span class="badge closed">Disqualified</span>`}
    </p>
  </li>`
}
