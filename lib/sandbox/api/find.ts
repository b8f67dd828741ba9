import { fromHex } from '../ids.ts'
import type { Candidate, Department, Job, Pipeline, Stage } from '../records.ts'
import type { State } from '../state.ts'
import type { ApiContext, Caller } from './endpoint.ts'
import { maySee } from './sight.ts'

/** The caller's job of the path's `:shortcode`, by shortcode only: a job's id there finds nothing. */
export function jobOfPath(state: State, caller: Caller, c: ApiContext): Job | null {
  return seenJob(state, caller, c.req.param('shortcode') ?? '')
}

/** A job that the caller may see, by its shortcode. */
export function seenJob(state: State, caller: Caller, shortcode: string): Job | null {
  const job = jobByShortcode(state, caller.account.id, shortcode)
  return job !== null && maySee(state, caller, job) ? job : null
}

/** An account's job by its shortcode. */
export function jobByShortcode(state: State, accountId: number, shortcode: string): Job | null {
  for (const job of state.jobs.values()) {
    if (job.shortcode === shortcode) return job.accountId === accountId ? job : null
  }
  return null
}

/** The caller's candidate of the path's `:id`. */
export function candidateOfPath(state: State, caller: Caller, c: ApiContext): Candidate | null {
  const candidate = state.candidates.get(fromHex(c.req.param('id') ?? '') ?? 0)
  if (candidate?.accountId !== caller.account.id) return null
  return maySee(state, caller, state.jobs.get(candidate.jobId)) ? candidate : null
}

/** The stages that a job's candidates go through. */
export function pipelineOf(state: State, job: Job): Pipeline {
  return required(state.pipelines.get(job.pipelineId), 'pipeline')
}

/** The stage where a candidate is. */
export function stageOf(state: State, job: Job, candidate: Candidate): Stage {
  const { stages } = pipelineOf(state, job)
  return stages.find(stage => stage.id === candidate.stageId) ?? stages[0]
}

/** The job of a candidate. */
export function jobOf(state: State, candidate: Candidate): Job {
  return required(state.jobs.get(candidate.jobId), 'job')
}

/** A job's department, if it has one. */
export function departmentOf(state: State, job: Job): Department | null {
  return job.departmentId === null ? null : (state.departments.get(job.departmentId) ?? null)
}

/** For records that the state promises to have: a missing one is a mistake of the sandbox, and a 500. */
function required<T>(record: T | undefined, kind: string): T {
  if (record === undefined) throw new Error(`The sandbox's state lacks a ${kind} that something refers to`)
  return record
}
