import { z } from 'zod'
import { eventKinds } from './names.ts'

/** Where a page ends: an event's moment, exact as PostgreSQL writes it, and in which direction the next page lies. */
const cursor = z.strictObject({
  to: z.enum(['next', 'earlier']),
  key: z.string().regex(/^\d{4,6}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?[+-]\d\d(:\d\d)?$/),
  id: z.uuid(),
})
export type AuditCursor = z.infer<typeof cursor>

/** A day of the calendar, in the reader's zone. */
const day = z.union([z.iso.date(), z.literal('')]).catch('')

/** One lenient parser for the address and for the form of the export: what it does not understand is as if it were not there. */
const query = z.object({
  q: z.string().max(200).catch(''),
  /** A member's id, or `system` for what Gangway did by itself. */
  person: z.union([z.uuid(), z.enum(['', 'system'])]).catch(''),
  kind: z
    .string()
    .refine(kind => eventKinds.includes(kind))
    .catch(''),
  from: day,
  to: day,
  page: z.string().max(400).catch(''),
})

export type AuditQuery = Omit<z.infer<typeof query>, 'page'> & { cursor: AuditCursor | undefined }

/** Reads the log's query from an address or a form. Repeated and unknown parameters are ignored. */
export function auditQuery(search: Readonly<Record<string, unknown>>): AuditQuery {
  const { page, q, ...rest } = query.parse(search)
  return { ...rest, q: q.replaceAll('\0', '').trim(), cursor: page ? decodeCursor(page) : undefined }
}

/** The query as parameters, without what is usual. */
export function auditParams({ cursor: at, ...given }: AuditQuery): Record<string, string> {
  const params = Object.fromEntries(Object.entries(given).filter(([, wanted]) => wanted !== ''))
  return at ? { ...params, page: Buffer.from(JSON.stringify(at)).toString('base64url') } : params
}

/** The query as it stands in an address; without `cursor` it is the first page. */
export function auditAddress(base: string, given: AuditQuery): string {
  const text = new URLSearchParams(auditParams(given)).toString()
  return text ? `${base}?${text}` : base
}

function decodeCursor(text: string): AuditCursor | undefined {
  try {
    return cursor.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')))
  } catch {
    return undefined
  }
}
