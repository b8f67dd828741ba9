import { Badge } from '#components/ui/badge.tsx'
import { Card, CardRow, CardRows } from '#components/ui/card.tsx'
import { Icon } from '#components/ui/icon.tsx'
import type { ReceiptRow, Say } from '#lib/views.ts'

/** What is left of deleted connections, newest first; nothing where none was ever deleted. */
export function Receipts(props: { say: Say; items: readonly ReceiptRow[]; home: string; more: boolean }) {
  const { say, items, home, more } = props
  if (items.length === 0) return null
  return (
    <Card
      id="receipts"
      title={say('connections.receipt.list')}
      aside={say('connections.receipt.list_text')}
      foot={more && say('connections.receipt.more')}
      flush
    >
      <CardRows>
        {items.map(item => (
          <CardRow
            key={item.id}
            mark={<Icon name="trash" size={18} className="text-muted" />}
            title={<a href={`${home}/receipts/${item.id}`}>{item.name}</a>}
            text={say('connections.receipt.row', {
              person: item.deletedByName,
              at: say.dateTime(item.deletedAt),
            })}
            end={<Left say={say} item={item} />}
          />
        ))}
      </CardRows>
    </Card>
  )
}

/** What is still open of a deletion: a person's turn, or ours. */
function Left({ say, item }: { say: Say; item: ReceiptRow }) {
  if (item.waits)
    return (
      <Badge icon="key-round" tone="warn">
        {say(`connections.receipt.${item.way === 'oauth' ? 'row_open_grant' : 'row_open'}`)}
      </Badge>
    )
  if (item.state !== 'waiting') return null
  return <Badge icon="clock">{say('connections.receipt.row_revoking')}</Badge>
}
