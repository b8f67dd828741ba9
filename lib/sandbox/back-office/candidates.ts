import type { Hono } from 'hono'
import { html } from 'hono/html'
import { candidateHistory } from '../api/candidate-history.ts'
import { stageOf } from '../api/find.ts'
import { resumeUrl } from '../api/resumes.ts'
import type { Exchange } from '../exchange.ts'
import { toHex } from '../ids.ts'
import type { Candidate, Job } from '../records.ts'
import type { Sandbox } from '../sandbox.ts'
import { show } from './page.ts'
import { dateText } from './text.ts'
import { nothingHere, signedIn, type Viewer } from './viewer.ts'

/** A candidate's profile, at the address that the API gives as `profile_url`. */
export function candidatePages(app: Hono<{ Bindings: Exchange }>, sandbox: Sandbox): void {
  app.get(
    '/backend/jobs/:job/candidates/:id',
    signedIn(sandbox, (c, viewer) => {
      const candidate = sandbox.state.candidates.get(Number(c.req.param('id')))
      const job = sandbox.state.jobs.get(Number(c.req.param('job')))
      const fits = candidate?.accountId === viewer.account.id && candidate.jobId === job?.id
      if (!fits || job === undefined) return nothingHere(sandbox, viewer.account)
      return profilePage(sandbox, viewer, job, candidate)
    }),
  )
}

function profilePage(sandbox: Sandbox, viewer: Viewer, job: Job, candidate: Candidate): Promise<Response> {
  const name = `${candidate.firstname} ${candidate.lastname}`
  const history = candidateHistory(sandbox.state, candidate)
  const rows = [
    ['Stage', stageOf(sandbox.state, job, candidate).name],
    ['Id', toHex(candidate.id)],
    ['E-mail', candidate.email ?? 'none'],
    ['Phone', candidate.phone ?? 'none'],
    ['Source', candidate.source?.name ?? 'sourced'],
    ['Since', dateText(candidate.createdAt)],
    ['Tags', candidate.tags.join(', ') || 'none'],
  ]
  const { disqualified } = candidate
  return show({
    title: name,
    ...viewer,
    current: 'jobs',
    body: html`<p class="crumb"><a href="/backend/jobs">Jobs</a> <span aria-hidden="true">/</span> <a href="/backend/jobs/${job.id}">${job.title}</a></p>
      <h1>${name}</h1>
      ${candidate.headline === null ? '' : html`<p class="lead">${candidate.headline}</p>`}
      ${
        disqualified === null
          ? ''
          : html`<p class="notice">Disqualified on ${dateText(disqualified.at)}: ${disqualified.reason ?? 'no reason given'}</p>`
      }
      <dl class="facts">
        ${rows.map(([term, value]) => html`<div><dt>${term}</dt><dd>${value}</dd></div>`)}
      </dl>
      ${candidate.resume ? html`<p><a class="button" href="${resumeUrl(sandbox, candidate)}">Résumé (PDF)</a></p>` : ''}
      <h2>Experience</h2>
      <ul>
        ${history.experience_entries.map(
          entry =>
            html`<li>${entry.title}, ${entry.company}, ${entry.end_date === null ? `since ${entry.start_date.slice(0, 4)}` : `${entry.start_date.slice(0, 4)} to ${entry.end_date.slice(0, 4)}`}</li>`,
        )}
      </ul>
      ${
        history.education_entries.length === 0
          ? ''
          : html`<h2>Education</h2>
              <ul>
                ${history.education_entries.map(entry => html`<li>${entry.degree}, ${entry.school}</li>`)}
              </ul>`
      }`,
  })
}
