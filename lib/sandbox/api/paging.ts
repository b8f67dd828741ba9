import { toHex } from '../ids.ts'
import type { ListQuery } from './query.ts'

type Listed = { id: number; createdAt?: number; updatedAt?: number }

/** One page of a list, and the internal id that the next one begins with; null on the last. */
export type Page<T> = { items: T[]; nextId: number | null }

/** Cuts a page out of records in ascending order of id. `since_id` is inclusive, and so is `max_id`. */
export function cutPage<T extends Listed>(
  records: Iterable<T>,
  query: ListQuery,
  fits: (record: T) => boolean,
): Page<T> {
  const items: T[] = []
  for (const record of records) {
    if (record.id < query.sinceId || record.id > query.maxId) continue
    if (!isAfter(record.createdAt, query.createdAfter) || !isAfter(record.updatedAt, query.updatedAfter))
      continue
    if (!fits(record)) continue
    if (items.length === query.limit) return { items, nextId: record.id }
    items.push(record)
  }
  return { items, nextId: null }
}

function isAfter(at: number | undefined, bound: number): boolean {
  return at === undefined || at > bound
}

/** The `paging` member of a list, or nothing on the last page: the whole key is absent then (recorded). */
export function pagingOf(
  page: Page<unknown>,
  where: {
    origin: string
    path: string
    limit: number
    params: URLSearchParams
    dropped?: readonly string[]
  },
): { paging?: { next: string } } {
  if (page.nextId === null) return {}
  const next = new URLSearchParams({ limit: String(where.limit), since_id: toHex(page.nextId) })
  for (const [name, value] of where.params) {
    if (!next.has(name) && !where.dropped?.includes(name)) next.append(name, value)
  }
  return { paging: { next: `${where.origin}${where.path}?${next}` } }
}
