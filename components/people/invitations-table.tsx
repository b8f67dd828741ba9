import { Badge } from '#components/ui/badge.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { Table } from '#components/ui/table.tsx'
import type { InvitationRow, Say } from '#lib/views.ts'

type Props = {
  say: Say
  rows: readonly InvitationRow[]
  /** Address of the page; the questions lie over it. */
  base: string
  /** Moment of the page, from which the age is told. */
  now: Date
  /** The roles whose invitations she may send again and withdraw. */
  mayManage: readonly InvitationRow['role'][]
}

/** Who is invited and has not joined yet: since when, until when. */
export function InvitationsTable({ say, rows, base, now, mayManage }: Props) {
  const words = (key: string) => say(`people.invitations.${key}`)
  return (
    <Table
      caption={words('title')}
      columns={[
        { key: 'address', label: words('address') },
        { key: 'role', label: say('roles.role') },
        { key: 'sent', label: words('sent'), muted: true, narrowLabel: words('sent') },
        { key: 'ends', label: words('ends'), muted: true, narrowLabel: words('ends') },
        { key: 'acts', label: say('people.acts'), labelHidden: true, align: 'end', narrow: 'line' },
      ]}
      rows={rows.map(row => ({
        key: row.id,
        cells: [
          <span key="address" className="wrap-anywhere">
            {row.email}
          </span>,
          say(`roles.${row.role}`),
          <Sent key="sent" say={say} row={row} now={now} />,
          <Ends key="ends" say={say} row={row} />,
          mayManage.includes(row.role) && <Acts key="acts" say={say} row={row} base={base} />,
        ],
      }))}
    />
  )
}

function Sent({ say, row: { sentAt, inviter }, now }: { say: Say; row: InvitationRow; now: Date }) {
  const when = say.relative(sentAt, now)
  return inviter ? say('people.invitations.by', { when, name: inviter }) : when
}

function Ends({ say, row: { ended, expiresAt } }: { say: Say; row: InvitationRow }) {
  if (!ended) return say.dateTime(expiresAt)
  return <Badge icon="clock">{say('people.invitations.ended')}</Badge>
}

function Acts({ say, row: { id, email }, base }: { say: Say; row: InvitationRow; base: string }) {
  return (
    <span className="inline-flex justify-end gap-2 max-mid:flex-wrap">
      <ButtonLink size="sm" href={`${base}?ask=again&invitation=${id}`}>
        {say('people.invitations.again')}
        <span className="sr-only">: {email}</span>
      </ButtonLink>
      <ButtonLink size="sm" variant="danger-plain" href={`${base}?ask=withdraw&invitation=${id}`}>
        {say('people.invitations.withdraw')}
        <span className="sr-only">: {email}</span>
      </ButtonLink>
    </span>
  )
}
