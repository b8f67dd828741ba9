import { originOf } from '../hosts.ts'
import { toHex, toMillisIso, toSecondsIso } from '../ids.ts'
import type { Account, Candidate } from '../records.ts'
import type { Sandbox } from '../sandbox.ts'
import { candidateHistory } from './candidate-history.ts'
import { jobOf, stageOf } from './find.ts'
import { resumeUrl } from './resumes.ts'

/** A candidate as in a list. `stage` is the stage's name, not its slug (recorded). */
export function listedCandidate(sandbox: Sandbox, account: Account, candidate: Candidate) {
  const at = toSecondsIso(candidate.createdAt)
  const resume = { filename: 'cv.pdf', filetype: 'pdf', created_at: at, updated_at: at }
  return { ...common(sandbox, account, candidate), ...(candidate.resume ? { resume_metadata: resume } : {}) }
}

/** A candidate alone, still without the wrapper `candidate`. */
export function wholeCandidate(sandbox: Sandbox, account: Account, candidate: Candidate) {
  const { disqualified } = candidate
  const { place } = jobOf(sandbox.state, candidate)
  return {
    ...common(sandbox, account, candidate),
    image_url: null,
    disqualified_at: disqualified === null ? null : toMillisIso(disqualified.at),
    withdrew: disqualified?.withdrew ?? false,
    outbound_mailbox: `${toHex(candidate.id)}@outbound.workablemail.example`,
    uploader_id: null,
    ...candidateHistory(sandbox.state, candidate),
    resume_url: candidate.resume ? resumeUrl(sandbox, candidate) : null,
    tags: candidate.tags,
    location: {
      location_str: `${place.city}, ${place.country}`,
      country: place.country,
      country_code: place.countryCode,
      region: null,
      region_code: place.region,
      city: place.city,
      zip_code: null,
    },
    originating_candidate_id: null,
  }
}

function common(sandbox: Sandbox, account: Account, candidate: Candidate) {
  const job = jobOf(sandbox.state, candidate)
  const stage = stageOf(sandbox.state, job, candidate)
  const { disqualified } = candidate
  return {
    id: toHex(candidate.id),
    name: `${candidate.firstname} ${candidate.lastname}`,
    firstname: candidate.firstname,
    lastname: candidate.lastname,
    headline: candidate.headline,
    account: { subdomain: account.subdomain, name: account.name },
    job: { shortcode: job.shortcode, title: job.title },
    stage: stage.name,
    stage_kind: stage.kind,
    disqualified: disqualified !== null,
    anonymized: false,
    disqualification_reason: disqualified?.reason ?? null,
    hired_at: candidate.hiredAt === null ? null : toMillisIso(candidate.hiredAt),
    moved_to_offer_at: candidate.offeredAt === null ? null : toMillisIso(candidate.offeredAt),
    sourced: candidate.sourced,
    profile_url: `${originOf(sandbox.port, account.subdomain)}/backend/jobs/${job.id}/candidates/${candidate.id}`,
    address: candidate.address,
    phone: candidate.phone,
    email: candidate.email,
    domain: candidate.domain,
    outlet: candidate.outlet,
    common_source: candidate.source?.name ?? null,
    common_source_category: candidate.source?.category ?? null,
    created_at: toSecondsIso(candidate.createdAt),
    updated_at: toSecondsIso(candidate.updatedAt),
  }
}
