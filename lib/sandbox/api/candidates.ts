import type { Hono } from 'hono'
import type { Exchange } from '../exchange.ts'
import { originOf } from '../hosts.ts'
import type { Job } from '../records.ts'
import type { Sandbox } from '../sandbox.ts'
import { listedCandidate, wholeCandidate } from './candidate-json.ts'
import { type ApiContext, type Caller, endpoint } from './endpoint.ts'
import { candidateOfPath, jobOf, jobOfPath, seenJob, stageOf } from './find.ts'
import { cutPage, pagingOf } from './paging.ts'
import { readListQuery } from './query.ts'
import { notFound, type Reply } from './replies.ts'
import { maySee } from './sight.ts'

/** Reading candidates: the account's, a job's by its old path, and one. */
export function candidateRoutes(api: Hono<{ Bindings: Exchange }>, sandbox: Sandbox): void {
  api.get(
    '/candidates',
    endpoint(sandbox, {
      scope: 'r_candidates',
      find: caller => caller.account,
      reply: (_, caller, c) => listCandidates(sandbox, caller, c, c.req.query('shortcode')),
    }),
  )
  api.get(
    '/jobs/:shortcode/candidates',
    endpoint(sandbox, {
      scope: 'r_candidates',
      find: (caller, c) => jobOfPath(sandbox.state, caller, c),
      reply: (job, caller, c) => listCandidates(sandbox, caller, c, job.shortcode),
    }),
  )
  const one = endpoint(sandbox, {
    scope: 'r_candidates',
    find: (caller, c) => candidateOfPath(sandbox.state, caller, c),
    reply: (candidate, caller) => ({
      status: 200,
      body: { candidate: wholeCandidate(sandbox, caller.account, candidate) },
    }),
  })
  api.get('/candidates/:id', one)
  api.get('/jobs/:shortcode/candidates/:id', one)
}

function listCandidates(sandbox: Sandbox, caller: Caller, c: ApiContext, shortcode?: string): Reply {
  const { account } = caller
  const { state } = sandbox
  const params = new URL(c.req.url).searchParams
  const query = readListQuery(params)
  if ('status' in query) return query
  const job = shortcode === undefined ? null : seenJob(state, caller, shortcode)
  if (shortcode !== undefined && job === null) return notFound

  const email = params.get('email')
  const slug = params.get('stage')
  const page = cutPage(
    state.candidates.values(),
    query,
    candidate =>
      candidate.accountId === account.id &&
      (job === null || candidate.jobId === job.id) &&
      (email === null || candidate.email === email) &&
      maySee(state, caller, state.jobs.get(candidate.jobId)) &&
      (slug === null || stageOf(state, jobOf(state, candidate), candidate).slug === slug),
  )
  const next = { ...nextPlace(sandbox, c, job), limit: query.limit, params }
  return {
    status: 200,
    body: {
      candidates: page.items.map(candidate => listedCandidate(sandbox, account, candidate)),
      ...pagingOf(page, { origin: originOf(sandbox.port, account.subdomain), ...next }),
    },
  }
}

/** Where the next page is: under a `shortcode` filter it moves to the job's old path (recorded). */
function nextPlace(sandbox: Sandbox, c: ApiContext, job: Job | null): { path: string; dropped: string[] } {
  const { pathname } = new URL(c.req.url)
  if (job === null || !sandbox.state.switches.nextPageUnderJob) return { path: pathname, dropped: [] }
  return { path: `/spi/v3/jobs/${job.shortcode}/candidates`, dropped: ['shortcode'] }
}
