import type { Hono } from 'hono'
import { z } from 'zod'
import type { Exchange } from '../exchange.ts'
import { originOf } from '../hosts.ts'
import { jobStates } from '../records.ts'
import type { Sandbox } from '../sandbox.ts'
import { type ApiContext, type Caller, endpoint } from './endpoint.ts'
import { jobOfPath } from './find.ts'
import { listedJob, wholeJob } from './job-json.ts'
import { cutPage, pagingOf } from './paging.ts'
import { readListQuery } from './query.ts'
import { invalid, type Reply } from './replies.ts'
import { maySee } from './sight.ts'

const stateSchema = z.enum(jobStates).nullable()
const includable = ['full_description', 'description', 'requirements', 'benefits'] as const
const includeSchema = z.array(z.enum(includable))

/** `GET /jobs` and `GET /jobs/:shortcode`. */
export function jobRoutes(api: Hono<{ Bindings: Exchange }>, sandbox: Sandbox): void {
  api.get(
    '/jobs',
    endpoint(sandbox, {
      scope: 'r_jobs',
      find: caller => caller.account,
      reply: (_, caller, c) => listJobs(sandbox, caller, c),
    }),
  )
  api.get(
    '/jobs/:shortcode',
    endpoint(sandbox, {
      scope: 'r_jobs',
      find: (caller, c) => jobOfPath(sandbox.state, caller, c),
      reply: (job, caller) => ({ status: 200, body: wholeJob(sandbox, caller.account, job) }),
    }),
  )
}

function listJobs(sandbox: Sandbox, caller: Caller, c: ApiContext): Reply {
  const { account } = caller
  const params = new URL(c.req.url).searchParams
  const query = readListQuery(params)
  if ('status' in query) return query
  const state = stateSchema.safeParse(params.get('state'))
  if (!state.success) return invalid('state', 'is not included in the list')
  const include = includeSchema.safeParse(params.get('include_fields')?.split(',') ?? [])
  if (!include.success) return invalid('include_fields', 'is not included in the list')

  const page = cutPage(
    sandbox.state.jobs.values(),
    query,
    job =>
      job.accountId === account.id &&
      (state.data === null || job.state === state.data) &&
      maySee(sandbox.state, caller, job),
  )
  const origin = originOf(sandbox.port, account.subdomain)
  return {
    status: 200,
    body: {
      jobs: page.items.map(job => listedJob(sandbox, account, job, include.data)),
      ...pagingOf(page, { origin, path: '/spi/v3/jobs', limit: query.limit, params }),
    },
  }
}
