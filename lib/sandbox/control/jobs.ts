import { z } from 'zod'
import { defaultPipeline } from '../api/stages.ts'
import { toHex } from '../ids.ts'
import { makePipeline, type StagePlan } from '../make-account.ts'
import { makeCandidates } from '../make-candidates.ts'
import { makeJob } from '../make-job.ts'
import { type Account, type Job, jobStates, type Pipeline, placeSchema, stageKinds } from '../records.ts'
import type { Sandbox } from '../sandbox.ts'
import { placeNames, places } from '../seed/places.ts'
import { accountOfPath, type ControlApp, jobNamed, readBody, refuse } from './context.ts'

const stagePlanSchema = z.strictObject({
  name: z.string().min(1).max(100),
  kind: z.enum(stageKinds),
  slug: z.string().min(1).max(100).optional(),
})

const shortcodeSchema = z.string().regex(/^[0-9A-Z]{4,20}$/, 'is no shortcode: 4 to 20 of 0-9 and A-Z')

const jobSchema = z.strictObject({
  title: z.string().min(1).max(500).default('Warehouse Associate'),
  code: z.string().max(100).nullable().default(null),
  state: z.enum(jobStates).default('published'),
  department: z.string().max(200).nullable().default(null),
  /** One of the seed's places by name, or all of a place. */
  place: z.union([z.enum(placeNames), placeSchema]).default('rotterdam'),
  workplace: z.enum(['on_site', 'hybrid', 'remote']).default('on_site'),
  confidential: z.boolean().default(false),
  shortcode: shortcodeSchema.optional(),
  /** Stages of its own; absent: the account's. */
  stages: z.tuple([stagePlanSchema], stagePlanSchema).optional(),
  /** How many candidates it gets at once. */
  candidates: z.int().min(0).max(100_000).default(0),
})

type JobOrder = z.infer<typeof jobSchema>

const newJobsSchema = z.strictObject({
  jobs: z.array(jobSchema).max(10_000).default([]),
  /** So many alike, their titles numbered. */
  count: z.int().min(0).max(100_000).default(0),
  like: jobSchema.omit({ shortcode: true }).prefault({}),
})

const changeSchema = z.strictObject({
  title: z.string().min(1).max(500).optional(),
  code: z.string().max(100).nullable().optional(),
  state: z.enum(jobStates).optional(),
  confidential: z.boolean().optional(),
  shortcode: shortcodeSchema.optional(),
})

/** `/_control/accounts/:subdomain/jobs`: make one or thousands, change, delete. */
export function jobControls(app: ControlApp, sandbox: Sandbox): void {
  app.post('/accounts/:subdomain/jobs', async c => {
    const account = accountOfPath(sandbox.state, c)
    const { jobs, count, like } = await readBody(c, newJobsSchema)
    const numbered = Array.from({ length: count }, (_, index) => ({
      ...like,
      title: `${like.title} ${index + 1}`,
    }))
    const wishes: JobOrder[] = [...jobs, ...numbered]
    checkShortcodes(sandbox, wishes)
    const made = wishes.map(wish => addJob(sandbox, account, wish))
    sandbox.touched()
    return c.json({ jobs: made.map(summary) }, 201)
  })

  app.patch('/accounts/:subdomain/jobs/:shortcode', async c => {
    const account = accountOfPath(sandbox.state, c)
    const job = jobNamed(sandbox.state, account, c.req.param('shortcode'))
    const change = await readBody(c, changeSchema)
    if (change.shortcode !== undefined && change.shortcode !== job.shortcode)
      checkShortcodes(sandbox, [change])
    job.title = change.title ?? job.title
    job.code = change.code === undefined ? job.code : change.code
    job.state = change.state ?? job.state
    job.confidential = change.confidential ?? job.confidential
    job.shortcode = change.shortcode ?? job.shortcode
    job.updatedAt = sandbox.now()
    sandbox.touched()
    return c.json(summary(job))
  })

  app.delete('/accounts/:subdomain/jobs/:shortcode', c => {
    const { state } = sandbox
    const job = jobNamed(state, accountOfPath(state, c), c.req.param('shortcode'))
    for (const candidate of state.candidates.values()) {
      if (candidate.jobId === job.id) state.candidates.delete(candidate.id)
    }
    state.jobs.delete(job.id)
    sandbox.touched()
    return c.body(null, 204)
  })
}

function summary({ id, shortcode, title, code, state }: Job) {
  return { id: toHex(id), shortcode, title, code, state }
}

function checkShortcodes({ state }: Sandbox, wishes: readonly { shortcode?: string | undefined }[]): void {
  const taken = new Set([...state.jobs.values()].map(job => job.shortcode))
  for (const { shortcode } of wishes) {
    if (shortcode === undefined) continue
    if (taken.has(shortcode)) refuse(409, `There is a job with the shortcode ${shortcode} already`)
    taken.add(shortcode)
  }
}

function addJob(sandbox: Sandbox, account: Account, wish: JobOrder): Job {
  const { state } = sandbox
  const now = sandbox.now()
  const { stages, candidates, place, ...plain } = wish
  const pipeline =
    stages === undefined ? ownPipeline(sandbox, account) : customPipeline(sandbox, account, stages)
  const admin = [...state.members.values()].find(
    m => m.accountId === account.id && m.role === 'admin' && m.active,
  )
  const job = makeJob(state, account, {
    ...plain,
    place: typeof place === 'string' ? places[place] : place,
    pipeline,
    team: admin === undefined ? [] : [{ memberId: admin.id, role: 'admin' }],
    createdAt: now,
    updatedAt: now,
  })
  makeCandidates(state, job, pipeline, candidates, now)
  return job
}

function ownPipeline({ state }: Sandbox, account: Account): Pipeline {
  return defaultPipeline(state, account.id) ?? refuse(409, `${account.subdomain} has no pipeline`)
}

function customPipeline(sandbox: Sandbox, account: Account, stages: [StageWish, ...StageWish[]]): Pipeline {
  const [first, ...rest] = stages
  return makePipeline(sandbox.state, account.id, [withSlug(first), ...rest.map(withSlug)], false)
}

type StageWish = z.infer<typeof stagePlanSchema>

function withSlug({ name, kind, slug }: StageWish): StagePlan {
  return {
    name,
    kind,
    slug:
      slug ??
      name
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, '-')
        .replace(/^-|-$/g, ''),
  }
}
