import { ButtonLink } from '#components/ui/button.tsx'
import { Table } from '#components/ui/table.tsx'
import type { PersonRow, Say } from '#lib/views.ts'

type Props = {
  say: Say
  rows: readonly PersonRow[]
  /** Address of the page; the questions lie over it. */
  base: string
  /** Her own row. */
  me: string
  /** Whether addresses, last uses and acts are for her; else she only finds her own way out. */
  manages: boolean
  /** The roles whose people she may change and remove. */
  mayManage: readonly PersonRow['role'][]
}

/** The people of a workspace, with what can be done about each. */
export function PeopleTable(props: Props) {
  const { say, rows, manages } = props
  const used = {
    key: 'used',
    label: say('people.last_used'),
    muted: true,
    narrowLabel: say('people.last_used'),
  }
  return (
    <Table
      caption={say('roles.people')}
      columns={[
        { key: 'person', label: say('roles.person') },
        { key: 'role', label: say('roles.role') },
        ...(manages ? [used] : []),
        { key: 'acts', label: say('people.acts'), labelHidden: true, align: 'end', narrow: 'line' },
      ]}
      rows={rows.map(row => ({
        key: row.id,
        cells: [
          <Name key="name" row={row} me={props.me} say={say} />,
          say(`roles.${row.role}`),
          ...(manages ? [row.lastUsedAt ? say.dateTime(row.lastUsedAt) : say('people.never')] : []),
          <Acts key="acts" row={row} table={props} />,
        ],
      }))}
    />
  )
}

function Name({ row, me, say }: { row: PersonRow; me: string; say: Say }) {
  return (
    <span className="wrap-anywhere">
      <bdi>{row.name}</bdi>
      {row.id === me && <span className="font-normal text-muted"> ({say('roles.you')})</span>}
      {row.email && <span className="block text-sm font-normal text-muted">{row.email}</span>}
    </span>
  )
}

function Acts({ row: { id, name, role }, table }: { row: PersonRow; table: Props }) {
  const { say, base, me } = table
  const may = table.mayManage.includes(role)
  if (!may && id !== me) return null
  const [act, way] = id === me ? ['leave', 'ask=leave'] : ['remove', `ask=remove&member=${id}`]
  return (
    <span className="inline-flex justify-end gap-2 max-mid:flex-wrap">
      {may && (
        <ButtonLink size="sm" href={`${base}?ask=role&member=${id}`}>
          {say('people.role.act')}
          <span className="sr-only">: {name}</span>
        </ButtonLink>
      )}
      <ButtonLink size="sm" variant="danger-plain" href={`${base}?${way}`}>
        {say(`people.${act}.act`)}
        <span className="sr-only">: {name}</span>
      </ButtonLink>
    </span>
  )
}
