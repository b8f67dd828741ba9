import type { ReactNode } from 'react'
import { RowCode, Table } from '#components/ui/table.tsx'
import type { AuditRow, Say } from '#lib/views.ts'

type Props = {
  say: Say
  rows: readonly AuditRow[]
  /** The workspace's address, before a subject's own path. */
  base: string
  /** What a change is called. */
  eventWords: (name: string) => string
  /** A browser in two words. */
  browserWords: (userAgent: string) => string
}

/** The log, newest first: what, who, on what, from where, when. */
export function AuditTable({ say, rows, base, eventWords, browserWords }: Props) {
  return (
    <Table
      caption={say('audit.caption')}
      columns={[
        { key: 'what', label: say('audit.what') },
        { key: 'who', label: say('audit.who') },
        { key: 'subject', label: say('audit.subject'), narrow: 'line' },
        { key: 'where', label: say('audit.where'), muted: true },
        { key: 'when', label: say('audit.when'), muted: true, narrow: 'end' },
      ]}
      rows={rows.map(row => ({
        key: row.id,
        cells: [
          eventWords(row.name),
          <Who key="who" say={say} who={row.who} />,
          <Subject key="subject" say={say} base={base} subject={row.subject} />,
          <Where key="where" row={row} browserWords={browserWords} />,
          <time key="when" dateTime={row.at.toISOString()} className="mid:whitespace-nowrap">
            {say.dateTime(row.at)}
          </time>,
        ],
      }))}
    />
  )
}

function Who({ say, who }: { say: Say; who: AuditRow['who'] }): ReactNode {
  if (who.name) return <bdi>{who.name}</bdi>
  if (who.kind === 'system') return say('audit.by_gangway')
  if (who.kind === 'visitor') return say('audit.by_visitor')
  if (who.kind === 'partner') return say('audit.by_partner')
  return (
    <>
      {say('audit.by_unknown')}
      <RowCode>{who.id.slice(0, 8)}</RowCode>
    </>
  )
}

function Subject({ say, base, subject }: { say: Say; base: string; subject: AuditRow['subject'] }) {
  const known = `audit.subjects.${subject.kind}`
  const kind = say.has(known) ? say(known) : say('audit.subjects.other')
  if (!subject.name) return kind
  return (
    <>
      <span className="block text-sm text-faint max-mid:inline max-mid:pe-1.5">{kind}</span>
      <bdi>{subject.path ? <a href={`${base}/${subject.path}`}>{subject.name}</a> : subject.name}</bdi>
    </>
  )
}

function Where({ row, browserWords }: { row: AuditRow; browserWords: (userAgent: string) => string }) {
  if (!row.address && !row.userAgent) return null
  return (
    <>
      {row.address && <span className="font-mono text-sm">{row.address}</span>}
      {row.userAgent && (
        <span className="block text-sm max-mid:inline max-mid:ps-1.5">{browserWords(row.userAgent)}</span>
      )}
    </>
  )
}
