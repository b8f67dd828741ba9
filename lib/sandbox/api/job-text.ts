import type { Job } from '../records.ts'

/** A job's texts in HTML, as its full record and `include_fields` show them. */
export type JobText = {
  full_description: string
  description: string
  requirements: string
  benefits: string
}

/** Tells a job's texts from what is known about it; they are not kept. */
export function jobText(job: Job, company: string, department: string | null): JobText {
  const title = escapeHtml(job.title)
  const team = escapeHtml(department ?? company)
  const place = job.workplace === 'remote' ? 'from home' : `in ${escapeHtml(job.place.city)}`
  const description = `<p>${escapeHtml(company)} is looking for a <strong>${title}</strong> to join ${team}, ${place}.</p><p>You will plan the day with the shift before yours, keep what was promised to customers, and make the next week easier than this one.</p>`
  const requirements =
    '<ul><li>Some years in a comparable role</li><li>Calm when three things happen at once</li><li>English, and one more language of the site</li></ul>'
  const benefits =
    '<ul><li>28 days of leave</li><li>Pension and travel allowance</li><li>A say in your own roster</li></ul>'
  return { full_description: description + requirements + benefits, description, requirements, benefits }
}

function escapeHtml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')
}
