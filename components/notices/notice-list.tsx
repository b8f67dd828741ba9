import type { NoticeRow, Say } from '#lib/views.ts'
import { MendForm } from '../connections/mend-form.tsx'
import { atsName } from '../connections/words.ts'
import { Badge } from '../ui/badge.tsx'
import { Card, CardRow, CardRows } from '../ui/card.tsx'
import { Tile } from '../ui/tile.tsx'

type Props = { say: Say; base: string; rows: readonly NoticeRow[] }

/** A member's notices: what happened, whose turn it is, and the way to the step that mends it. `base` is the workspace's address. */
export function NoticeList({ say, base, rows }: Props) {
  return (
    <Card flush>
      <CardRows>
        {rows.map(row => (
          <Notice key={row.id} say={say} base={base} row={row} />
        ))}
      </CardRows>
    </Card>
  )
}

function Notice({ say, base, row }: { say: Say; base: string; row: NoticeRow }) {
  const { connection, content, settledAt, seen } = row
  const open = settledAt === null && connection.living
  return (
    <CardRow
      mark={<Tile icon={open ? icons[content.kind] : 'circle-check'} look={open ? 'plain' : 'empty'} />}
      title={<Title say={say} row={row} />}
      text={
        <>
          {wordsOf(say, row)}
          <span className="block text-faint">{say.dateTime(row.at)}</span>
        </>
      }
      end={
        <>
          {connection.environment === 'sandbox' && <Badge kind="test-data">{say('notices.test_data')}</Badge>}
          {settledAt && <Badge icon="circle-check">{say('notices.settled')}</Badge>}
          {!seen && open && (
            <Badge icon="bell" tone="info">
              {say('notices.new')}
            </Badge>
          )}
          {open && (
            <MendForm
              say={say}
              base={`${base}/integrations/${connection.connector}/${connection.id}`}
              connection={connection}
            />
          )}
        </>
      }
    />
  )
}

const icons = { needs_reauth: 'octagon-alert', key_expires: 'calendar' } as const

function Title({ say, row: { content, connection } }: { say: Say; row: NoticeRow }) {
  const { kind, data } = content
  const ats = atsName(say, connection)
  return say(`notices.${kind}.title`, {
    ats,
    way: connection.way,
    connection: connection.name,
    day: kind === 'key_expires' ? say.day(data.expiresOn) : '',
  })
}

function wordsOf(say: Say, { at, content, settledAt, connection: { way } }: NoticeRow): string {
  const settled = settledAt ? say.date(settledAt) : ''
  const which = settledAt ? 'settled' : 'text'
  if (content.kind === 'needs_reauth') {
    const since = say.dateTime(new Date(content.data.since))
    return say(`notices.needs_reauth.${which}`, { since, settled, way })
  }
  return say(`notices.key_expires.${which}`, { left: content.data.left, at: say.date(at), settled })
}
