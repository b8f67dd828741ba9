import { CardRow, CardRows } from '#components/ui/card.tsx'
import { Tile } from '#components/ui/tile.tsx'
import type { ConnectionRow, Say } from '#lib/views.ts'
import { ConnectionBadges } from './badges.tsx'

type Item = { connection: ConnectionRow; host: string; href: string }

/** The connections of one ATS, a row each. */
export function ConnectionRows(props: { say: Say; monogram: string; items: readonly Item[]; now: Date }) {
  const { say, monogram, now } = props
  return (
    <CardRows>
      {props.items.map(({ connection, host, href }) => (
        <CardRow
          key={connection.id}
          mark={
            <Tile monogram={monogram} look={connection.environment === 'sandbox' ? 'sandbox' : 'plain'} />
          }
          title={<a href={href}>{connection.name}</a>}
          text={wordsOf(say, connection, host)}
          end={<ConnectionBadges say={say} connection={connection} now={now} />}
        />
      ))}
    </CardRows>
  )
}

function wordsOf(say: Say, { way, lastFour, positions: count }: ConnectionRow, host: string): string {
  const positions = say('connections.positions', { count })
  if (way === 'api_key' && lastFour)
    return say('connections.connector.row_key', { host, lastFour, positions })
  return say('connections.connector.row', { host, way: say(`connections.way.${way}`), positions })
}
