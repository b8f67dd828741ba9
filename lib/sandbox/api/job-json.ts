import { createHash } from 'node:crypto'
import { originOf } from '../hosts.ts'
import { toHex, toSecondsIso } from '../ids.ts'
import type { Account, Job } from '../records.ts'
import type { Sandbox } from '../sandbox.ts'
import { departmentOf } from './find.ts'
import { type JobText, jobText } from './job-text.ts'

/** A job as it stands in a list; `include_fields` adds texts to it. */
export function listedJob(sandbox: Sandbox, account: Account, job: Job, extra: readonly (keyof JobText)[]) {
  const { place } = job
  const texts = jobText(job, account.name, departmentOf(sandbox.state, job)?.name ?? null)
  return {
    ...common(sandbox, account, job),
    sample: job.sample,
    location: { location_str: `${place.city}, ${place.country}`, ...locationJson(job) },
    ...Object.fromEntries(extra.map(name => [name, texts[name]])),
  }
}

/** A job alone: more members, no `sample`, and `location` without `location_str` (recorded). */
export function wholeJob(sandbox: Sandbox, account: Account, job: Job) {
  const department = departmentOf(sandbox.state, job)?.name ?? null
  return {
    ...common(sandbox, account, job),
    location: locationJson(job),
    ...jobText(job, account.name, department),
    employment_type: job.employmentType,
    industry: 'Logistics and Supply Chain',
    function: department,
    experience: 'Mid-Senior level',
    education: null,
  }
}

function common(sandbox: Sandbox, account: Account, job: Job) {
  const department = departmentOf(sandbox.state, job)
  const page = `${originOf(sandbox.port, account.subdomain)}/jobs/${job.id}`
  return {
    id: toHex(job.id),
    title: job.title,
    full_title: job.code === null ? job.title : `${job.title} - ${job.code}`,
    shortcode: job.shortcode,
    code: job.code,
    state: job.state,
    confidential: job.confidential,
    // Null beside a filled hierarchy, as recorded: whoever wants the department reads the hierarchy.
    department: null,
    department_hierarchy: department === null ? [] : [{ id: department.id, name: department.name }],
    url: page,
    application_url: `${page}/candidates/new`,
    shortlink: `${originOf(sandbox.port, 'apply')}/j/${job.shortcode}`,
    workplace_type: job.workplace,
    locations: [fullLocation(job)],
    salary: {
      salary_from: job.salary?.from ?? null,
      salary_to: job.salary?.to ?? null,
      salary_currency: job.salary?.currency ?? null,
    },
    created_at: toSecondsIso(job.createdAt),
    updated_at: toSecondsIso(job.updatedAt),
    keywords: null,
  }
}

function locationJson(job: Job) {
  return {
    country: job.place.country,
    country_code: job.place.countryCode,
    region: null,
    region_code: job.place.region,
    city: job.place.city,
    zip_code: null,
    telecommuting: job.workplace === 'remote',
    workplace_type: job.workplace,
  }
}

function fullLocation(job: Job) {
  const { place } = job
  const mark = createHash('sha256')
    .update(`${job.shortcode}/location`)
    .digest('hex')
    .slice(0, 10)
    .toUpperCase()
  return {
    shortcode: `J${mark}`,
    country_code: place.countryCode,
    country_name: place.country,
    state_code: place.region,
    subregion: null,
    zip_code: null,
    city: place.city,
    coords: place.coords,
    hidden: false,
  }
}
