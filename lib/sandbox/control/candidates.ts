import { z } from 'zod'
import { pipelineOf } from '../api/find.ts'
import { toHex } from '../ids.ts'
import { makeCandidates } from '../make-candidates.ts'
import type { Candidate, Job } from '../records.ts'
import type { Sandbox } from '../sandbox.ts'
import type { State } from '../state.ts'
import { accountOfPath, type ControlApp, jobNamed, ownRecord, readBody, refuse } from './context.ts'

const changeSchema = z.strictObject({
  firstname: z.string().min(1).max(200).optional(),
  lastname: z.string().min(1).max(200).optional(),
  email: z.string().max(254).nullable().optional(),
  phone: z.string().max(100).nullable().optional(),
  headline: z.string().max(500).nullable().optional(),
  tags: z.array(z.string().max(255)).optional(),
  /** Slug of a stage of the candidate's job. */
  stage: z.string().optional(),
  /** A reason disqualifies, `null` takes that back. */
  disqualified: z.string().max(500).nullable().optional(),
})

const newCandidatesSchema = z.strictObject({
  job: z.string(),
  /** So many who look real. */
  count: z.int().min(0).max(200_000).default(0),
  /** And these; what is not said is made up. */
  candidates: z.array(changeSchema).max(50_000).default([]),
})

/** `/_control/accounts/:subdomain/candidates`: make one or thousands, change, delete. */
export function candidateControls(app: ControlApp, sandbox: Sandbox): void {
  app.post('/accounts/:subdomain/candidates', async c => {
    const { state } = sandbox
    const account = accountOfPath(state, c)
    const wish = await readBody(c, newCandidatesSchema)
    const job = jobNamed(state, account, wish.job)
    for (const { stage } of wish.candidates) if (stage !== undefined) stageIdOf(state, job, stage)
    const now = sandbox.now()
    const total = wish.count + wish.candidates.length
    const made = makeCandidates(state, job, pipelineOf(state, job), total, now)
    wish.candidates.forEach((change, index) => {
      const candidate = made[wish.count + index]
      if (candidate !== undefined) applyChange(state, job, candidate, change, now)
    })
    sandbox.touched()
    return c.json({ count: made.length, ids: made.map(candidate => toHex(candidate.id)) }, 201)
  })

  app.patch('/accounts/:subdomain/candidates/:id', async c => {
    const { state } = sandbox
    const candidate = ownRecord(state.candidates, accountOfPath(state, c), c, 'candidate')
    const change = await readBody(c, changeSchema)
    const job = state.jobs.get(candidate.jobId) ?? refuse(404, 'The job of this candidate is gone')
    applyChange(state, job, candidate, change, sandbox.now())
    sandbox.touched()
    return c.json({ id: toHex(candidate.id) })
  })

  app.delete('/accounts/:subdomain/candidates/:id', c => {
    const { state } = sandbox
    const candidate = ownRecord(state.candidates, accountOfPath(state, c), c, 'candidate')
    state.candidates.delete(candidate.id)
    sandbox.touched()
    return c.body(null, 204)
  })
}

function applyChange(
  state: State,
  job: Job,
  candidate: Candidate,
  change: z.infer<typeof changeSchema>,
  now: number,
): void {
  const { stage, disqualified } = change
  candidate.firstname = change.firstname ?? candidate.firstname
  candidate.lastname = change.lastname ?? candidate.lastname
  candidate.tags = change.tags ?? candidate.tags
  candidate.email = chosen(change.email, candidate.email)
  candidate.phone = chosen(change.phone, candidate.phone)
  candidate.headline = chosen(change.headline, candidate.headline)
  if (stage !== undefined) candidate.stageId = stageIdOf(state, job, stage)
  if (disqualified !== undefined) {
    candidate.disqualified = disqualified === null ? null : { at: now, reason: disqualified, withdrew: false }
  }
  candidate.updatedAt = now
}

function chosen<T>(wanted: T | undefined, present: T): T {
  return wanted === undefined ? present : wanted
}

function stageIdOf(state: State, job: Job, slug: string): number {
  const stage = pipelineOf(state, job).stages.find(one => one.slug === slug)
  return stage?.id ?? refuse(422, `The job ${job.shortcode} has no stage "${slug}"`)
}
