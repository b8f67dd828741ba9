import type { MailRow, Say } from '#lib/views.ts'
import { Table } from '../ui/table.tsx'
import { MailStateBadge } from './mail-state.tsx'

/** The partner's mails. `base` is the list's own address. */
export function MailsTable({ say, base, rows }: { say: Say; base: string; rows: readonly MailRow[] }) {
  return (
    <Table
      caption={say('mails.caption')}
      columns={[
        { key: 'subject', label: say('mails.subject') },
        { key: 'to', label: say('mails.to'), narrow: 'line' },
        { key: 'state', label: say('mails.state') },
        { key: 'at', label: say('mails.at'), muted: true },
      ]}
      rows={rows.map(mail => ({
        key: mail.id,
        cells: [
          <a key="subject" href={`${base}/${mail.id}`}>
            <bdi>{mail.subject}</bdi>
          </a>,
          <span key="to" className="wrap-anywhere">
            {mail.toName && <bdi className="block">{mail.toName}</bdi>}
            <span className="block text-sm text-muted">{mail.toAddress}</span>
          </span>,
          <MailStateBadge key="state" say={say} mail={mail} />,
          <span key="at" className="mid:whitespace-nowrap">
            {say.dateTime(mail.at)}
          </span>,
        ],
      }))}
    />
  )
}
