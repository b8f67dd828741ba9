import { z } from 'zod'

export const positionSorts = ['newest', 'oldest', 'title', 'title_down'] as const
export type PositionSort = (typeof positionSorts)[number]

/** Where a page ends: the row's place in the order, and in which direction the next page lies. Opaque in the address. */
const cursor = z.strictObject({
  to: z.enum(['next', 'earlier']),
  /** Of the row at the edge: its moment, exact as PostgreSQL writes it, or its title without letter case. */
  key: z
    .string()
    .max(400)
    .refine(key => !key.includes('\0')),
  id: z.uuid(),
})
export type PositionCursor = z.infer<typeof cursor>

const moment = /^\d{4,6}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?[+-]\d\d(:\d\d)?$/

/** One lenient parser for the address: what it does not understand is as if it were not there. */
const query = z.object({
  q: z.string().max(200).catch(''),
  state: z.enum(['open', 'closed', 'all']).catch('open'),
  ats: z.enum(['any', 'linked', 'unlinked']).catch('any'),
  department: z.string().max(80).catch(''),
  owner: z.union([z.uuid(), z.literal('')]).catch(''),
  sort: z.enum(positionSorts).catch('newest'),
  page: z.string().max(1200).catch(''),
})

export type PositionQuery = Omit<z.infer<typeof query>, 'page'> & { cursor: PositionCursor | undefined }

/** Reads the list's query from an address. Repeated and unknown parameters are ignored. */
export function positionQuery(search: Readonly<Record<string, unknown>>): PositionQuery {
  const { page, ...rest } = query.parse(search)
  const parsed = page ? decodeCursor(page) : undefined
  const byMoment = rest.sort === 'newest' || rest.sort === 'oldest'
  const fits = parsed && (!byMoment || moment.test(parsed.key))
  return {
    ...rest,
    q: rest.q.replaceAll('\0', ''),
    department: rest.department.replaceAll('\0', ''),
    cursor: fits ? parsed : undefined,
  }
}

/** What is usual, and so does not stand in an address. */
const usual = { q: '', state: 'open', ats: 'any', department: '', owner: '', sort: 'newest' } as const

/** The query as parameters, without what is usual. */
export function positionParams(given: Partial<PositionQuery>): Record<string, string> {
  const params: Record<string, string> = {}
  for (const name of Object.keys(usual) as (keyof typeof usual)[]) {
    const wanted = given[name]
    if (wanted !== undefined && wanted !== usual[name]) params[name] = wanted
  }
  if (given.cursor) params.page = encodeCursor(given.cursor)
  return params
}

/** The query as it stands in an address; without `cursor` it is the first page. */
export function positionAddress(base: string, given: Partial<PositionQuery>): string {
  const text = new URLSearchParams(positionParams(given)).toString()
  return text ? `${base}?${text}` : base
}

const encodeCursor = (value: PositionCursor) => Buffer.from(JSON.stringify(value)).toString('base64url')

function decodeCursor(text: string): PositionCursor | undefined {
  try {
    return cursor.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')))
  } catch {
    return undefined
  }
}
