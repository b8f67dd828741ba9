import { and, eq, ilike, isNull, or, sql } from 'drizzle-orm'
import { z } from 'zod'
import { db } from '#lib/db/client.ts'
import { jobs, positionLinks } from '#lib/db/schema/index.ts'
import { type Reasons, suggestJob, wordsOf } from './suggest.ts'

export const jobsAPage = 25
/** So many look alike at first sight at most; the closest of them is suggested. */
const looksAlike = 200

export type JobRow = {
  id: string
  remoteRef: string
  title: string
  code: string
  department: string
  place: string
  state: typeof jobs.$inferSelect.state
  url: string | null
  /** How many positions are linked to it already. */
  positions: number
}

type Where = { workspaceId: string; connectionId: string }
type Role = { title: string; code: string; department: string; place: string }

// In a query of one table drizzle writes columns without their table: inside the count `id` would be the link's own.
const columns = {
  id: jobs.id,
  remoteRef: jobs.remoteRef,
  title: jobs.title,
  code: jobs.code,
  department: jobs.department,
  place: jobs.place,
  state: jobs.state,
  url: jobs.url,
  positions: sql<number>`(select count(*)::int from ${positionLinks} where ${positionLinks}.job_id = ${jobs}.id and ${positionLinks.endedAt} is null)`,
}

const cursorShape = z.tuple([
  z
    .string()
    .max(600)
    .refine(key => !key.includes('\0')),
  z.uuid(),
])

/**
 * A page of the jobs of a connection by title, searched in title, code, department and place, every word of `search` anywhere.
 * `after` is the opaque cursor of the page before; a damaged one starts at the beginning.
 */
export async function listJobs(
  of: Where,
  input: { search?: string | undefined; after?: string | undefined },
): Promise<{ rows: JobRow[]; next: string | undefined }> {
  const words = (input.search ?? '').toLowerCase().split(/\s+/).filter(Boolean).slice(0, 8)
  const after = readCursor(input.after)
  const rows = await db()
    .select(columns)
    .from(jobs)
    .where(
      and(
        living(of),
        ...words.map(word => ilike(jobs.search, `%${word.replace(/[\\%_]/g, '\\$&')}%`)),
        after ? sql`(lower(${jobs.title}), ${jobs.id}) > (${after[0]}, ${after[1]}::uuid)` : undefined,
      ),
    )
    .orderBy(sql`lower(${jobs.title})`, jobs.id)
    .limit(jobsAPage + 1)
  const page = rows.slice(0, jobsAPage)
  const last = page.at(-1)
  const next = rows.length > jobsAPage && last ? writeCursor(last) : undefined
  return { rows: page, next }
}

/** The job that fits a position best, with the reasons; see `suggest.ts`. */
export async function suggestedJob(
  of: Where,
  position: Role,
): Promise<{ job: JobRow; reasons: Reasons } | undefined> {
  const words = [...wordsOf(position.title)].slice(0, 12)
  const code = position.code.replace(/\s/g, '').toLowerCase()
  const title = or(...words.map(word => ilike(jobs.search, `%${word}%`)))
  const sameCode = code ? sql`replace(lower(${jobs.code}), ' ', '') = ${code}` : undefined
  const close = await db()
    .select(columns)
    .from(jobs)
    .where(and(living(of), or(sameCode, title)))
    .orderBy(...(sameCode ? [sql`${sameCode} desc`] : []), sql`lower(${jobs.title})`)
    .limit(looksAlike)
  return suggestJob(position, close)
}

/** How many jobs of a connection are here so far. */
export async function countJobs(of: Where): Promise<number> {
  const [row] = await db().select({ count: sql<number>`count(*)::int` }).from(jobs).where(living(of))
  return row?.count ?? 0
}

const living = (of: Where) =>
  and(eq(jobs.workspaceId, of.workspaceId), eq(jobs.connectionId, of.connectionId), isNull(jobs.goneAt))

const writeCursor = (row: JobRow): string =>
  Buffer.from(JSON.stringify([row.title.toLowerCase(), row.id])).toString('base64url')

function readCursor(cursor: string | undefined): [string, string] | undefined {
  try {
    const parsed = cursorShape.safeParse(JSON.parse(Buffer.from(cursor ?? '', 'base64url').toString('utf8')))
    return parsed.success ? parsed.data : undefined
  } catch {
    return undefined
  }
}
