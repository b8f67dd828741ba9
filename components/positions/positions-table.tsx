import type { PositionRow, Say } from '#lib/views.ts'
import { ButtonLink } from '../ui/button.tsx'
import { type Column, RowCode, Table } from '../ui/table.tsx'
import { Avatar } from '../ui/tile.tsx'
import { ConnectForm } from './connect-form.tsx'
import { LinkCell } from './link-cell.tsx'

export type PositionsTableProps = {
  say: Say
  caption: string
  rows: readonly PositionRow[]
  /** Address of the positions, without a slash at its end. */
  base: string
  /** Monogram of the workspace, and of a connector. */
  here: string
  there: (connector: string) => string
  initials: (name: string) => string
  mayConnect: boolean
  /** Where a press on the head of the titles leads, and how they are sorted now. */
  titleSort: NonNullable<Column['sort']>
}

const columnsOf = ({ say, titleSort }: PositionsTableProps): Column[] => [
  { key: 'position', label: say('positions.columns.position'), sort: titleSort },
  { key: 'department', label: say('positions.department'), muted: true },
  { key: 'place', label: say('positions.columns.place'), muted: true },
  { key: 'owner', label: say('positions.owner'), narrow: 'end' },
  { key: 'state', label: say('positions.state'), muted: true, narrow: 'off' },
  { key: 'ats', label: say('positions.ats'), narrow: 'line' },
  { key: 'settings', label: say('positions.columns.settings'), labelHidden: true, narrow: 'corner' },
]

function Ats({ table, row }: { table: PositionsTableProps; row: PositionRow }) {
  const { say, base } = table
  if (row.link)
    return <LinkCell say={say} link={row.link} here={table.here} there={table.there(row.link.connector)} />
  if (!table.mayConnect || row.state === 'closed')
    return <span className="text-muted">{say('positions.not_connected')}</span>
  return (
    <ConnectForm
      short
      say={say}
      position={`${base}/${row.id}`}
      label={say('positions.connect_short')}
      spoken={say('positions.connect_for', { title: row.title })}
    />
  )
}

function Owner({ table, owner }: { table: PositionsTableProps; owner: PositionRow['owner'] }) {
  const { name, gone } = owner
  return <Avatar initials={table.initials(name)} name={gone ? table.say('people.gone', { name }) : name} />
}

/** The list of positions, one a row; a list of cards on a small screen. */
export function PositionsTable(table: PositionsTableProps) {
  const { say, base } = table
  const rows = table.rows.map(row => ({
    key: row.id,
    cells: [
      <span key="position" className="wrap-anywhere">
        <a href={`${base}/${row.id}`}>
          <bdi>{row.title}</bdi>
        </a>
        {row.code && <RowCode>{row.code}</RowCode>}
      </span>,
      row.department && <bdi key="department">{row.department}</bdi>,
      row.place && <bdi key="place">{row.place}</bdi>,
      <Owner key="owner" table={table} owner={row.owner} />,
      say(row.state === 'open' ? 'positions.open' : 'positions.closed'),
      <Ats key="ats" table={table} row={row} />,
      <ButtonLink
        key="settings"
        variant="quiet"
        size="sm"
        icon="settings"
        iconOnly
        href={`${base}/${row.id}/settings`}
      >
        {say('positions.settings_of', { title: row.title })}
      </ButtonLink>,
    ],
  }))
  return <Table caption={table.caption} columns={columnsOf(table)} rows={rows} />
}
