import { Facts } from '#components/ui/facts.tsx'
import { Icon } from '#components/ui/icon.tsx'
import { Tile } from '#components/ui/tile.tsx'
import type { ConnectionRow, Say } from '#lib/views.ts'
import { ConnectionBadges } from './badges.tsx'
import { connectionFacts } from './facts.ts'
import { MendForm } from './mend-form.tsx'
import { SwitchForm } from './switch-form.tsx'
import { type Trouble, troubleOf } from './trouble.ts'

type Props = {
  say: Say
  connection: ConnectionRow
  monogram: string
  /** Of the account, such as acme.workable.com. */
  host: string
  href: string
  mayMend: boolean
  maySwitch: boolean
  now: Date
}

/** A connection in the list of all: what it is, how it is, whose turn it is, and what is known of it. */
export function ConnectionCard(props: Props) {
  const { say, connection, now } = props
  const sandbox = connection.environment === 'sandbox'
  const activation = connection.activating ? ('under_way' as const) : undefined
  const trouble = troubleOf(say, connection, { ...props, activation })
  return (
    <li className="overflow-clip rounded-lg border border-line bg-surface">
      <div className="flex flex-wrap items-center gap-x-3.5 gap-y-2 px-5 py-4 max-mid:px-4">
        <Tile monogram={props.monogram} look={sandbox ? 'sandbox' : 'plain'} />
        <div className="min-w-0 flex-1 max-mid:basis-[calc(100%-60px)]">
          <h2 className="text-base [&_a]:text-ink [&_a]:no-underline [&_a:hover]:underline">
            <a href={props.href}>{connection.name}</a>
          </h2>
          <p className="text-sm wrap-anywhere text-muted">
            {connection.accountName}, <span className="font-mono">{props.host}</span>
          </p>
        </div>
        <div className="flex flex-wrap items-center gap-1.5">
          <ConnectionBadges say={say} connection={connection} now={now} switched={props.maySwitch} />
        </div>
        {props.maySwitch ? (
          <SwitchForm
            say={say}
            connection={connection}
            base={props.href}
            activation={activation}
            from="list"
          />
        ) : (
          connection.status === 'active' && (
            <span className="text-sm text-muted">{say('connections.status.active')}</span>
          )
        )}
      </div>
      {trouble?.tone === 'bad' && <TroubleStrip {...props} trouble={trouble} />}
      <div className="border-t border-line px-5 py-4 max-mid:px-4">
        <Facts items={connectionFacts(say, connection, now)} />
      </div>
    </li>
  )
}

function TroubleStrip({ say, connection, href, mayMend, trouble }: Props & { trouble: Trouble }) {
  return (
    <div className="flex flex-wrap items-center gap-3 bg-bad-soft px-5 py-3 text-bad-ink max-mid:px-4">
      <Icon name="octagon-alert" />
      <p className="min-w-0 flex-1 max-mid:basis-[calc(100%-40px)]">
        <b className="block">{trouble.title}</b>
        {trouble.text}
      </p>
      {mayMend && trouble.key && <MendForm say={say} base={href} connection={connection} />}
    </div>
  )
}
