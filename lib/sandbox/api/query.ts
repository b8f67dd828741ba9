import { fromHex } from '../ids.ts'
import { invalid, type Reply } from './replies.ts'

/** Which part of a list is wanted; ids are internal, times in ms since 1970. */
export type ListQuery = {
  limit: number
  sinceId: number
  maxId: number
  createdAfter: number
  updatedAfter: number
}

const DEFAULT_LIMIT = 50
const MAX_LIMIT = 100

/**
 * Reads `limit`, `since_id`, `max_id`, `created_after` and `updated_after`. A limit over 100 is 100. What cannot be
 * understood is a 422, so that a client's mistake shows; what Workable does then is not known.
 */
export function readListQuery(params: URLSearchParams): ListQuery | Reply {
  const read = {
    limit: readLimit(params.get('limit')),
    since_id: readId(params.get('since_id'), Number.NEGATIVE_INFINITY),
    max_id: readId(params.get('max_id'), Number.POSITIVE_INFINITY),
    created_after: readTime(params.get('created_after')),
    updated_after: readTime(params.get('updated_after')),
  }
  for (const [name, value] of Object.entries(read))
    if (Number.isNaN(value)) return invalid(name, 'is invalid')
  return {
    limit: read.limit,
    sinceId: read.since_id,
    maxId: read.max_id,
    createdAfter: read.created_after,
    updatedAfter: read.updated_after,
  }
}

function readLimit(text: string | null): number {
  if (text === null) return DEFAULT_LIMIT
  const limit = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN
  return limit === 0 ? Number.NaN : Math.min(limit, MAX_LIMIT)
}

function readId(text: string | null, absent: number): number {
  return text === null ? absent : (fromHex(text) ?? Number.NaN)
}

/** ISO 8601, in its basic form too (`20150708T115616Z`), or Unix time in seconds. */
function readTime(text: string | null): number {
  if (text === null) return Number.NEGATIVE_INFINITY
  if (/^\d{9,11}$/.test(text)) return Number(text) * 1000
  const iso = text.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z')
  return /^\d{4}-\d\d-\d\d/.test(iso) ? Date.parse(iso) : Number.NaN
}
