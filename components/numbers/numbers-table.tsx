import type { NumberRow, Say } from '#lib/views.ts'
import { ButtonLink } from '../ui/button.tsx'
import { type Column, Table } from '../ui/table.tsx'
import { Phone } from './phone.tsx'

type Props = {
  say: Say
  rows: readonly NumberRow[]
  /** Address of the numbers, without a slash at its end. */
  base: string
  mayEdit: boolean
}

/** The workspace's numbers, one a row; a list of cards on a small screen. */
export function NumbersTable({ say, rows, base, mayEdit }: Props) {
  const columns: Column[] = [
    { key: 'label', label: say('numbers.label') },
    { key: 'number', label: say('numbers.number'), narrow: 'line' },
    { key: 'owner', label: say('numbers.owner'), muted: true },
    { key: 'carries', label: say('numbers.carries'), muted: true },
    {
      key: 'serves',
      label: say('numbers.serves'),
      align: 'end',
      narrow: 'line',
      narrowLabel: say('numbers.serves'),
    },
    ...(mayEdit
      ? [{ key: 'edit', label: say('numbers.edit'), labelHidden: true, narrow: 'corner' as const }]
      : []),
  ]
  return (
    <Table
      caption={say('numbers.caption')}
      columns={columns}
      rows={rows.map(row => ({ key: row.id, cells: cellsOf(say, row, base, mayEdit) }))}
    />
  )
}

const cellsOf = (say: Say, row: NumberRow, base: string, mayEdit: boolean) => [
  <bdi key="label" className="wrap-anywhere">
    {mayEdit ? <a href={`${base}/${row.id}`}>{row.label}</a> : row.label}
  </bdi>,
  <Phone key="number">{row.shown}</Phone>,
  <bdi key="owner">{row.owner}</bdi>,
  say(row.calls && row.messages ? 'numbers.both' : row.calls ? 'numbers.calls' : 'numbers.messages'),
  say.number(row.connections),
  ...(mayEdit
    ? [
        <ButtonLink key="edit" variant="quiet" size="sm" icon="pencil" iconOnly href={`${base}/${row.id}`}>
          {say('numbers.edit_of', { number: row.shown })}
        </ButtonLink>,
      ]
    : []),
]
