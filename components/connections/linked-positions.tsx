import { Badge } from '#components/ui/badge.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { Empty } from '#components/ui/empty.tsx'
import { RowCode, Table } from '#components/ui/table.tsx'
import type { LinkedPosition, Say } from '#lib/views.ts'
import { JobState } from './job-state.tsx'

type Props = {
  say: Say
  items: readonly LinkedPosition[]
  /** Address of the positions' list; each position lies below it. */
  positions: string
  /** More than are shown. */
  more: boolean
}

/** The positions that are linked through a connection, with their jobs there. */
export function LinkedPositions({ say, items, positions, more }: Props) {
  if (items.length === 0) {
    return (
      <Empty
        icon="briefcase"
        title={say('connections.linked.none_title')}
        text={say('connections.linked.none_text')}
        actions={<ButtonLink href={positions}>{say('connections.linked.to_positions')}</ButtonLink>}
      />
    )
  }
  return (
    <>
      <Table
        caption={say('connections.linked.title')}
        columns={[
          { key: 'position', label: say('connections.linked.position') },
          { key: 'job', label: say('connections.linked.job'), narrow: 'line' },
          {
            key: 'since',
            label: say('connections.linked.since'),
            narrowLabel: say('connections.linked.since'),
            muted: true,
          },
        ]}
        rows={items.map(item => ({ key: item.id, cells: cellsOf(say, item, positions) }))}
      />
      {more && <p className="text-sm text-faint">{say('connections.linked.more')}</p>}
    </>
  )
}

const cellsOf = (say: Say, item: LinkedPosition, positions: string) => [
  <span key="position">
    <a href={`${positions}/${item.id}`}>{item.title}</a>{' '}
    {item.state === 'closed' && <Badge kind="closed">{say('connections.linked.closed')}</Badge>}
    {item.code && <RowCode>{item.code}</RowCode>}
  </span>,
  <span key="job" className="flex flex-wrap items-center gap-x-2 gap-y-1">
    {item.jobTitle}
    <span className="font-mono text-sm text-faint">{item.jobRef}</span>
    <JobState say={say} state={item.jobState} gone={item.jobGone} />
  </span>,
  say.date(item.linkedAt),
]
