import type { Api, ApiReply } from '../api.ts'
import type { Finding, VerifyContext } from '../contract.ts'
import type { RemoteAccount } from '../remote.ts'
import { accountReply, accountsReply } from './mapping.ts'
import { bodyOf, failed, mustBeWorkable, read, refusalOf, saysScope } from './replies.ts'

type Answer = Omit<Finding, 'check'>

/**
 * Which account is it? A 401 says that the key is refused, whatever the subdomain; a 404 with a good key says that it is another
 * account's (Workable's reference), and the list of accounts on www then says whose (two clients rely on it).
 */
export async function checkAccount(api: Api, { subdomain }: VerifyContext): Promise<Finding> {
  const reply = await read(api, { path: `/accounts/${encodeURIComponent(subdomain)}` })
  return { check: 'account', ...(await answer(api, reply, subdomain)) }
}

async function answer(api: Api, reply: ApiReply, entered: string): Promise<Answer> {
  if (reply.status === 200) return compared(bodyOf(accountReply, reply), entered)
  const refusal = refusalOf(reply)
  if (refusal && refusal.detail !== 'unknown_key') return refusal
  if (saysScope(reply)) return withoutJobs
  if (![401, 403, 404, 410].includes(reply.status)) throw failed(reply)
  return (await whose(api, entered)) ?? (await why(api, reply, entered))
}

/** The account is read with `r_jobs`: a key without it is good, and the next check names the box. */
const withoutJobs: Answer = { state: 'not_certain', detail: 'needs_r_jobs' }

function compared(account: RemoteAccount, entered: string): Answer {
  const values = { entered, subdomain: account.subdomain, account: account.name }
  if (account.subdomain === entered) return { state: 'passed', detail: 'passed', values, account }
  return { state: 'different', detail: 'other', values, account }
}

/** Asks www, where the account's name is no part of the question. Undefined where it does not answer this key. */
async function whose(api: Api, entered: string): Promise<Answer | undefined> {
  const reply = mustBeWorkable(await api.request({ host: 'central', path: '/accounts' }))
  if (reply.status !== 200) return undefined
  const { accounts } = bodyOf(accountsReply, reply)
  if (accounts.some(account => account.subdomain === entered))
    return { state: 'odd', detail: 'closed', values: { entered } }
  return accounts[0] && compared(accounts[0], entered)
}

/** What is left to tell apart: a key that nobody knows, one without `r_jobs`, and an account that stays shut. */
async function why(api: Api, reply: ApiReply, entered: string): Promise<Answer> {
  const shut: Answer = { state: 'odd', detail: 'shut', values: { entered } }
  const refusal = refusalOf(reply)
  if (refusal) return refusal
  if (reply.status === 404 || reply.status === 410) return shut
  // A key that reads candidates is a good one.
  const other = mustBeWorkable(await api.request({ path: '/candidates', query: { limit: 1 } }))
  if (other.status === 200) return withoutJobs
  return reply.status === 401 ? { state: 'refused', detail: 'refused' } : shut
}
