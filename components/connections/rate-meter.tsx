import { Card } from '#components/ui/card.tsx'
import { classNames } from '#components/ui/class-names.ts'
import type { ConnectionDetail, Say } from '#lib/views.ts'
import { atsName, when } from './words.ts'

/** A slot a request, up to here; a larger limit is drawn by numbers alone. */
const mostSlots = 60

/** What was left of the ATS's rate limit when a reply last told it: a slot a request, the one that is kept free dashed. */
export function RateMeter(props: { say: Say; connection: ConnectionDetail; now: Date }) {
  const { say, connection } = props
  const { rateLimit: limit, rateRemaining: left, rateSeenAt } = connection
  const name = atsName(say, connection)
  if (limit === null || left === null || !rateSeenAt) {
    return (
      <Card id="rate" title={say('connections.meter.title')}>
        <p className="text-sm text-muted">{say('connections.meter.none', { name })}</p>
      </Card>
    )
  }
  const used = Math.max(0, limit - left)
  return (
    <Card id="rate" title={say('connections.meter.title')}>
      <p>
        <span className="text-2xl font-bold tabular-nums">{say.number(left)}</span>{' '}
        <span className="text-muted">{say('connections.meter.left', { limit })}</span>
      </p>
      {limit <= mostSlots && (
        <Slots limit={limit} used={used} label={say('connections.meter.label', { used, limit })} />
      )}
      <p className="text-sm text-muted">
        {say('connections.meter.text', { name, at: when(say, rateSeenAt, props.now) })}
      </p>
    </Card>
  )
}

function Slots({ limit, used, label }: { limit: number; used: number; label: string }) {
  const slots = Array.from({ length: limit }, (_, at) => ({
    key: `slot-${at}`,
    look: lookOf(at, limit, used),
  }))
  return (
    <div
      role="img"
      aria-label={label}
      className="grid grid-cols-[repeat(auto-fill,minmax(10px,1fr))] gap-1 px-1"
    >
      {slots.map(slot => (
        <span
          key={slot.key}
          className={classNames('h-4 -skew-x-18 rounded-[2px] forced-color-adjust-none', slot.look)}
        />
      ))}
    </div>
  )
}

function lookOf(at: number, limit: number, used: number): string {
  if (at < used) return 'bg-accent'
  return at === limit - 1 ? 'border-[1.5px] border-dashed border-edge' : 'bg-line'
}
