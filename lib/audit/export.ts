import type { MemberActor } from '#lib/actors.ts'
import { transaction } from '#lib/db/client.ts'
import { mustBeAllowed } from '#lib/members/roles.ts'
import { csvLine, csvStart } from './csv.ts'
import { listEvents, type Reading } from './list.ts'
import type { AuditQuery } from './query.ts'
import { record } from './record.ts'
import type { AuditRow } from './rows.ts'

export const exportFormats = ['csv', 'json'] as const
export type ExportFormat = (typeof exportFormats)[number]

/** The words of an event and of what it was done to, in the reader's language. */
export type Wording = { event: (name: string) => string; head: (column: ExportColumn) => string }

const columns = [
  'at',
  'event',
  'words',
  'who',
  'actor_kind',
  'actor_id',
  'subject',
  'subject_kind',
  'subject_id',
  'address',
  'browser',
  'data',
] as const
export type ExportColumn = (typeof columns)[number]

const aPage = 1000

/**
 * Exports what a query finds, newest first, in pages: never all of it in memory. That somebody did so is recorded first, and is
 * in what she gets. Throws `forbidden` at once, not in the middle of the file.
 */
export async function exportEvents(
  actor: MemberActor,
  query: AuditQuery,
  format: ExportFormat,
  reading: Reading,
  wording: Wording,
): Promise<AsyncGenerator<string>> {
  mustBeAllowed(actor, 'read_audit')
  await transaction(tx =>
    record(tx, actor, {
      name: 'audit.exported',
      subject: { kind: 'workspace', id: actor.workspaceId },
      data: { format },
    }),
  )
  const pages = pagesOf(actor, { ...query, cursor: undefined }, reading)
  return format === 'csv' ? asCsv(pages, wording) : asJson(pages, wording)
}

async function* pagesOf(actor: MemberActor, query: AuditQuery, reading: Reading): AsyncGenerator<AuditRow[]> {
  let asked: AuditQuery | undefined = query
  while (asked) {
    const { rows, next } = await listEvents(actor, asked, reading, aPage)
    yield rows
    asked = next && { ...query, cursor: next }
  }
}

async function* asCsv(pages: AsyncGenerator<AuditRow[]>, wording: Wording): AsyncGenerator<string> {
  yield csvStart + csvLine(columns.map(wording.head))
  for await (const rows of pages) {
    yield rows.map(row => csvLine(Object.values(flat(row, wording)))).join('')
  }
}

async function* asJson(pages: AsyncGenerator<AuditRow[]>, wording: Wording): AsyncGenerator<string> {
  let before = '[\n'
  for await (const rows of pages) {
    let text = ''
    for (const row of rows) {
      text += before + JSON.stringify({ ...flat(row, wording), data: row.data })
      before = ',\n'
    }
    yield text
  }
  yield before === ',\n' ? '\n]\n' : '[]\n'
}

/** In the order of `columns`. Moments are in UTC (ISO 8601): a file has no reader's zone. */
const flat = ({ at, name, who, subject, address, userAgent, data }: AuditRow, { event }: Wording) =>
  ({
    at: at.toISOString(),
    event: name,
    words: event(name),
    who: who.name ?? '',
    actor_kind: who.kind,
    actor_id: who.id,
    subject: subject.name ?? '',
    subject_kind: subject.kind,
    subject_id: subject.id,
    address: address ?? '',
    browser: userAgent ?? '',
    data: JSON.stringify(data),
  }) satisfies Record<ExportColumn, string>
