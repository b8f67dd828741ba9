import type { Api, ApiReply, Finding, RemoteAccount, VerifyContext } from '../contract.ts'
import { AtsError } from '../contract.ts'
import { accountReply, accountsReply } from './mapping.ts'
import { bodyOf, failed, mustBeWorkable, read, refusalOf } from './replies.ts'

type Answer = Omit<Finding, 'check'>

/**
 * Which account is it? A 401 says that the key is refused, whatever the subdomain; a 404 with a good key says that it is another
 * account's (Workable's reference), and the list of accounts on www then says whose (two clients rely on it).
 */
export async function checkAccount(api: Api, { subdomain }: VerifyContext): Promise<Finding> {
  const reply = await read(api, { path: `/accounts/${encodeURIComponent(subdomain)}` })
  return { check: 'account', ...(await answer(api, reply, subdomain)) }
}

async function answer(api: Api, reply: ApiReply, subdomain: string): Promise<Answer> {
  if (reply.status === 200) return compared(bodyOf(accountReply, reply), subdomain)
  const refusal = refusalOf(reply)
  if (refusal) return { state: 'refused', detail: refusal }
  if (reply.status === 401) return refusedOrWithoutJobs(api)
  if (reply.status === 403) return withoutJobs
  if (reply.status === 404 || reply.status === 410) return whose(api, subdomain)
  throw failed(reply)
}

/** The account is read with `r_jobs`: a key without it is good, and the next check names the box. */
const withoutJobs: Answer = { state: 'not_certain', detail: 'needs_r_jobs' }

function compared(account: RemoteAccount, entered: string): Answer {
  const values = { entered, subdomain: account.subdomain, account: account.name }
  if (account.subdomain === entered) return { state: 'passed', detail: 'passed', values, account }
  return { state: 'different', detail: 'other', values, account }
}

/** A 401 that does not say why could be a missing scope as well: a key that reads candidates is a good one. */
async function refusedOrWithoutJobs(api: Api): Promise<Answer> {
  const reply = mustBeWorkable(await api.request({ path: '/candidates', query: { limit: 1 } }))
  return reply.status === 200 ? withoutJobs : { state: 'refused', detail: refusalOf(reply) ?? 'refused' }
}

async function whose(api: Api, entered: string): Promise<Answer> {
  const reply = mustBeWorkable(await api.request({ host: 'central', path: '/accounts' }))
  const refusal = refusalOf(reply)
  if (refusal) return { state: 'refused', detail: refusal }
  const accounts = reply.status === 200 ? bodyOf(accountsReply, reply).accounts : []
  if (accounts.some(account => account.subdomain === entered))
    throw new AtsError('unexpected_answer', 'an account that is there and is not')
  const [account] = accounts
  return account ? compared(account, entered) : { state: 'different', detail: 'unknown', values: { entered } }
}
