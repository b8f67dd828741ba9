import { Card, CardRow, CardRows } from '#components/ui/card.tsx'
import { Icon, type IconName } from '#components/ui/icon.tsx'
import type { ActivityRow, ConnectionDetail, Say } from '#lib/views.ts'
import { atsName, when } from './words.ts'

const icons: Readonly<Record<string, IconName>> = {
  'connection.made': 'plug',
  'connection.key_replaced': 'key-round',
  'connection.health_changed': 'activity',
  'connection.needs_reauth': 'octagon-alert',
  'connection.renamed': 'pencil',
  'connection.numbers_changed': 'phone',
  'connection.expiry_changed': 'calendar',
  'connection.deactivated': 'pause',
  'connection.activation_requested': 'shield-check',
  'connection.activation_failed': 'triangle-alert',
  'connection.activated': 'circle-check',
}

type Props = {
  say: Say
  connection: ConnectionDetail
  items: readonly ActivityRow[]
  more: boolean
  now: Date
}

/** What happened to a connection, newest first, in words. */
export function ActivityList({ say, connection, items, more, now }: Props) {
  return (
    <Card
      id="activity"
      title={say('connections.activity.title')}
      flush
      foot={more && say('connections.activity.more')}
    >
      {items.length === 0 && (
        <p className="px-5 py-4 text-muted max-mid:px-4">{say('connections.activity.none')}</p>
      )}
      <CardRows ordered>
        {items.map(item => (
          <CardRow
            key={item.id}
            mark={<Icon name={icons[item.name] ?? 'info'} size={18} className="text-muted" />}
            title={wordsOf(say, connection, item)}
            text={item.name === 'connection.made' ? madeText(say, connection, item) : undefined}
            end={
              <time dateTime={item.at.toISOString()} className="text-sm text-faint">
                {when(say, item.at, now)}
              </time>
            }
          />
        ))}
      </CardRows>
    </Card>
  )
}

function wordsOf(say: Say, connection: ConnectionDetail, { name, who, data }: ActivityRow): string {
  const event = name.split('.').at(1) ?? name
  const of = `connections.activity.${event}`
  const { way } = connection
  const values = {
    way,
    who: who ?? say('connections.activity.system'),
    name: atsName(say, connection),
    event,
  }
  if (event === 'health_changed') {
    const reason = typeof data.reason === 'string' ? data.reason : 'unexpected_answer'
    return say(`${of}.${data.health}`, { reason: say(`connections.reason.${reason}`, values) })
  }
  return say.has(of) ? say(of, values) : say('connections.activity.other', values)
}

const madeText = (say: Say, { way }: ConnectionDetail, { data }: ActivityRow): string =>
  say('connections.activity.made_text', {
    way,
    permissions: say(`connections.permissions.${data.permissions}`),
  })
