import { type Api, type ApiReply, type ApiRequest, AtsError } from '../api.ts'
import type { Page, RemoteAccount } from '../remote.ts'
import { accountsReply, candidatesReply, jobsReply, toCandidate, toJob } from './mapping.ts'
import { bodyOf, mustBeWorkable, read } from './replies.ts'

/** The most that a page may hold. */
const pageSize = 100

type List<T> = { items: T[]; next: string | undefined }

/** Every account that whoever signed in can reach, asked of www (published, with the OAuth 2.0 documentation). Throws `AtsError`. */
export async function listAccounts(api: Api): Promise<RemoteAccount[]> {
  return bodyOf(accountsReply, await read(api, { host: 'central', path: '/accounts' })).accounts
}

/** The account's jobs in every state, a page at a time. Throws `AtsError`. */
export async function listJobs(api: Api, cursor?: string) {
  const first = { path: '/jobs', query: { limit: pageSize } }
  return page(api, first, cursor, reply => {
    const { jobs, paging } = bodyOf(jobsReply, reply)
    return { items: jobs.map(job => toJob(job, api.origin)), next: paging }
  })
}

/** The candidates of a job, by its shortcode. The next page's address has another path there, and is followed as given. */
export async function listCandidates(api: Api, job: { remoteRef: string }, cursor?: string) {
  const first = { path: '/candidates', query: { shortcode: job.remoteRef, limit: pageSize / 2 } }
  return page(api, first, cursor, reply => {
    const { candidates, paging } = bodyOf(candidatesReply, reply)
    return { items: candidates.map(candidate => toCandidate(candidate, api.origin)), next: paging }
  })
}

async function page<T>(
  api: Api,
  first: ApiRequest,
  cursor: string | undefined,
  parse: (reply: ApiReply) => List<T>,
): Promise<Page<T>> {
  const reply = cursor ? mustBeWorkable(await follow(api, cursor)) : await read(api, first)
  const { items, next } = parse(reply)
  if (!next || items.length === 0) return { items }
  if (cursor && !goesOn(cursor, next)) throw new AtsError('unexpected_answer', 'a next page that is none')
  return { items, next }
}

async function follow(api: Api, cursor: string): Promise<ApiReply> {
  const reply = mustBeWorkable(await api.follow(cursor))
  return reply.status === 404 ? api.follow(cursor) : reply
}

/** Lists are sorted by id, so `since_id` grows from page to page: else the pages would never end. */
function goesOn(cursor: string, next: string): boolean {
  const from = sinceId(cursor)
  const to = sinceId(next)
  return from !== undefined && to !== undefined ? to > from : next !== cursor
}

/** Ids are hexadecimal, in both cases of letters seen lower. */
function sinceId(address: string): bigint | undefined {
  const value = URL.canParse(address) ? new URL(address).searchParams.get('since_id') : null
  return value && /^[0-9a-f]+$/i.test(value) ? BigInt(`0x${value}`) : undefined
}
