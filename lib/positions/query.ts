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

/** The query as it stands in an address, without what is usual; `cursor` left out starts at the first page. */
export function positionAddress(base: string, given: Partial<PositionQuery>): string {
  const params = new URLSearchParams()
  const usual: Record<string, string> = {
    q: '',
    state: 'open',
    ats: 'any',
    department: '',
    owner: '',
    sort: 'newest',
  }
  for (const [name, value] of Object.entries(usual)) {
    const wanted = given[name as keyof typeof usual & keyof PositionQuery]
    if (typeof wanted === 'string' && wanted !== value) params.set(name, wanted)
  }
  if (given.cursor) params.set('page', encodeCursor(given.cursor))
  const text = params.toString()
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
