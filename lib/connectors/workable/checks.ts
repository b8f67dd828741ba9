import type { Api, ApiReply } from '../api.ts'
import type { Check, CheckId, Finding, VerifyContext } from '../contract.ts'
import { checkAccount } from './account-check.ts'
import { candidatesReply, jobsReply } from './mapping.ts'
import { checkMember } from './member-check.ts'
import { bodyOf, failed, mustBeWorkable, read, refusalOf } from './replies.ts'

/**
 * The doctor's questions, in order: five requests for a good key. An account token has nine in ten seconds, and no reply lists its scopes, so
 * each is found out by one small request.
 */
export const checks: readonly Check[] = [
  { id: 'account', run: checkAccount },
  { id: 'read_jobs', run: settled('read_jobs', checkJobs) },
  { id: 'read_candidates', run: settled('read_candidates', checkCandidates) },
  { id: 'write_candidates', run: settled('write_candidates', checkWriting) },
  { id: 'member', run: settled('member', checkMember) },
  { id: 'rate', run: settled('rate', checkRate) },
]

const stateOf = (check: CheckId, { findings }: VerifyContext) =>
  findings.find(one => one.check === check)?.state

/** Nothing more is asked of an account that is not the one, or with a key that is refused. */
function settled(check: CheckId, run: Check['run']): Check['run'] {
  return async (api, context) => {
    const account = stateOf('account', context) ?? 'passed'
    if (account === 'passed' || account === 'not_certain') return run(api, context)
    return { check, state: 'not_tried', detail: 'account_first' }
  }
}

/** Refused although the key is good: the scope is missing. A reason says that the key died meanwhile, which is another thing. */
function scopeFinding(check: CheckId, scope: string, reply: ApiReply): Finding | undefined {
  if (reply.status !== 401 && reply.status !== 403 && reply.status !== 402) return undefined
  const refusal = refusalOf(reply)
  if (refusal) return { check, ...refusal }
  return { check, state: 'missing', detail: 'missing', values: { scope } }
}

async function checkJobs(api: Api): Promise<Finding> {
  const reply = await read(api, { path: '/jobs', query: { limit: 1 } })
  const missing = scopeFinding('read_jobs', 'r_jobs', reply)
  if (missing) return missing
  const { jobs } = bodyOf(jobsReply, reply)
  return {
    check: 'read_jobs',
    state: 'passed',
    detail: jobs.length ? 'passed' : 'none',
    values: { scope: 'r_jobs' },
  }
}

async function checkCandidates(api: Api): Promise<Finding> {
  const reply = await read(api, { path: '/candidates', query: { limit: 1 } })
  const missing = scopeFinding('read_candidates', 'r_candidates', reply)
  if (missing) return missing
  const { candidates } = bodyOf(candidatesReply, reply)
  const detail = candidates.length ? 'passed' : 'none'
  return { check: 'read_candidates', state: 'passed', detail, values: { scope: 'r_candidates' } }
}

/** No candidate has the id 0, so this can change nothing; where scopes are checked before records it tells (inferred). */
async function checkWriting(api: Api, context: VerifyContext): Promise<Finding> {
  const check = 'write_candidates'
  const scope = 'w_candidates'
  const values = { scope }
  if (context.permissions === 'read') return { check, state: 'not_tried', detail: 'not_chosen', values }
  if (stateOf('read_candidates', context) !== 'passed')
    return { check, state: 'not_tried', detail: 'candidates_first', values }
  const reply = await api.request({ method: 'PUT', path: '/candidates/0/tags', body: { tags: [] } })
  if (reply.status >= 500) throw failed(reply)
  const missing = scopeFinding(check, scope, reply)
  if (missing) return missing
  if (reply.status === 404 || reply.status === 422)
    return { check, state: 'not_certain', detail: 'not_refused', values }
  return { check, state: 'odd', detail: 'odd', values: { ...values, status: reply.status } }
}

/** Told by the replies before; a doctor who goes on after a wait has none yet, and asks for one job. */
async function checkRate(api: Api): Promise<Finding> {
  if (!api.rate()) mustBeWorkable(await api.request({ path: '/jobs', query: { limit: 1 } }))
  const rate = api.rate()
  if (!rate) return { check: 'rate', state: 'not_certain', detail: 'not_told' }
  return { check: 'rate', state: 'passed', detail: 'passed', values: rate }
}
