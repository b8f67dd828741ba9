import { Badge } from '#components/ui/badge.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { classNames } from '#components/ui/class-names.ts'
import { Table } from '#components/ui/table.tsx'
import type { CustomerRow, Say } from '#lib/views.ts'
import { ConnectionBadges } from '../connections/badges.tsx'
import { type CustomersTurn, inOrder, turnOf } from './turn.ts'

type Props = {
  say: Say
  rows: readonly CustomerRow[]
  /** Address of the page; the questions lie over it. */
  base: string
  /** Moment of the page, from which days are told. */
  now: Date
  /** Whether she may send invitations again and withdraw them. */
  mayManage: boolean
}

/** The customers: how their connections are, and whose turn it is. Only those that she is in herself open to her. */
export function CustomersTable({ say, rows, base, now, mayManage }: Props) {
  const words = (key: string) => say(`customers.${key}`)
  return (
    <Table
      caption={words('caption')}
      columns={[
        { key: 'name', label: words('name') },
        { key: 'connections', label: words('connections'), narrow: 'line' },
        { key: 'positions', label: words('positions'), align: 'end', narrowLabel: words('positions') },
        { key: 'turn', label: words('turn'), narrow: 'line' },
      ]}
      rows={rows.map(row => ({
        key: row.id,
        cells: [
          <Name key="name" say={say} row={row} />,
          <Connections key="connections" say={say} row={row} now={now} />,
          say.number(row.positions),
          <span key="turn" className="flex flex-wrap items-center justify-between gap-2">
            <TurnWords turn={turnOf(say, row, now)} />
            {mayManage && row.invitation && <Acts say={say} row={row} base={base} />}
          </span>,
        ],
      }))}
    />
  )
}

function Name({ say, row: { slug, name, mine, createdAt, invitation } }: { say: Say; row: CustomerRow }) {
  return (
    <span className="block mid:min-w-50">
      <bdi className="wrap-anywhere">{mine ? <a href={`/w/${slug}/positions`}>{name}</a> : name}</bdi>
      <span className="block text-sm font-normal wrap-anywhere text-faint">
        {invitation?.email ?? say('customers.since', { date: say.date(createdAt) })}
      </span>
    </span>
  )
}

/** So many connections of one customer stand in its row; the others are a number. */
const shown = 3

function Connections({ say, row, now }: { say: Say; row: CustomerRow; now: Date }) {
  const { worst, connections, invitation, walk } = row
  if (invitation?.ended) return <Badge icon="clock">{say('customers.ended')}</Badge>
  if (invitation)
    return (
      <Badge icon="mail" tone="info">
        {say('customers.invited')}
      </Badge>
    )
  if (worst.length === 0)
    return walk ? (
      <Badge kind="waits">{say('customers.walking')}</Badge>
    ) : (
      <Badge kind="pending">{say('customers.unconnected')}</Badge>
    )
  return (
    <ul className="grid gap-1.5">
      {inOrder(say, row, now)
        .slice(0, shown)
        .map(({ connection }) => (
          <li key={connection.id} className="flex flex-wrap items-center gap-x-2 gap-y-1">
            <bdi className="wrap-anywhere">{connection.name}</bdi>
            <span className="inline-flex flex-wrap gap-1.5">
              <ConnectionBadges say={say} connection={connection} now={now} />
            </span>
          </li>
        ))}
      {connections > shown && (
        <li className="text-sm text-faint">{say('customers.others', { count: connections - shown })}</li>
      )}
    </ul>
  )
}

const turnClass = { partner: 'font-semibold', customer: '', nobody: 'text-faint' } as const

function TurnWords({ turn: { whose, text } }: { turn: CustomersTurn }) {
  return <span className={classNames('text-pretty', turnClass[whose])}>{text}</span>
}

function Acts({ say, row: { id, name }, base }: { say: Say; row: CustomerRow; base: string }) {
  return (
    <span className="inline-flex flex-wrap gap-2">
      <ButtonLink size="sm" href={`${base}?ask=again&customer=${id}`}>
        {say('customers.again.act')}
        <span className="sr-only">: {name}</span>
      </ButtonLink>
      <ButtonLink size="sm" variant="danger-plain" href={`${base}?ask=withdraw&customer=${id}`}>
        {say('customers.withdraw.act')}
        <span className="sr-only">: {name}</span>
      </ButtonLink>
    </span>
  )
}
