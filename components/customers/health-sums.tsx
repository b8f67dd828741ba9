import { Card } from '#components/ui/card.tsx'
import { classNames } from '#components/ui/class-names.ts'
import { Icon, type IconName } from '#components/ui/icon.tsx'
import type { CustomerSums, Say } from '#lib/views.ts'

type Kind = keyof CustomerSums['health']

const looks = {
  healthy: { icon: 'circle-check', tone: 'text-muted', fill: 'fill-ok' },
  degraded: { icon: 'triangle-alert', tone: 'text-warn-ink', fill: 'fill-[url(#degraded)]' },
  failing: { icon: 'octagon-alert', tone: 'text-bad-ink', fill: 'fill-[url(#failing)]' },
  needs_reauth: { icon: 'octagon-alert', tone: 'text-bad-ink', fill: 'fill-bad' },
  inactive: { icon: 'pause', tone: 'text-muted', fill: 'fill-edge' },
} as const satisfies Record<Kind, { icon: IconName; tone: string; fill: string }>

const kinds = Object.keys(looks) as Kind[]

/** How the connections of all customers are, as a bar and in numbers. */
export function HealthSums({ say, sums }: { say: Say; sums: CustomerSums }) {
  const { health, connections } = sums
  const there = kinds.filter(kind => kind === 'healthy' || health[kind] > 0)
  return (
    <Card id="health" title={say('customers.sums.title', { count: connections })}>
      <Bar health={health} all={connections} />
      <dl className="grid grid-cols-[repeat(auto-fit,minmax(120px,1fr))] gap-3.5">
        {there.map(kind => (
          <div key={kind} className="flex flex-col-reverse">
            <dt className={classNames('inline-flex items-center gap-1.5 text-sm', looks[kind].tone)}>
              <Icon name={looks[kind].icon} size={14} />
              {say(`customers.sums.${kind}`)}
            </dt>
            <dd className="text-xl font-bold tabular-nums">{say.number(health[kind])}</dd>
          </div>
        ))}
      </dl>
    </Card>
  )
}

/** Said by the numbers below it. Hatch differs as well as colour; what there is at all can be seen. */
function Bar({ health, all }: { health: CustomerSums['health']; all: number }) {
  const least = 1.5
  const wide = kinds.map(kind => (health[kind] > 0 ? Math.max(least, (health[kind] / all) * 100) : 0))
  const sum = wide.reduce((one, other) => one + other, 0)
  const parts = kinds.flatMap((kind, at) => {
    const before = wide.slice(0, at).reduce((one, other) => one + other, 0)
    const width = wide[at] ?? 0
    return width > 0 ? [{ kind, x: (before / sum) * 100, width: (width / sum) * 100 }] : []
  })
  return (
    <svg aria-hidden="true" width="100%" height="14" className="rounded-[3px] forced-color-adjust-none">
      <defs>
        <Hatch id="degraded" fill="fill-warn" />
        <Hatch id="failing" fill="fill-bad" />
      </defs>
      {parts.map(({ kind, x, width }) => (
        <rect
          key={kind}
          x={`${x}%`}
          width={`${width}%`}
          height="14"
          className={classNames('stroke-surface stroke-2', looks[kind].fill)}
        />
      ))}
    </svg>
  )
}

function Hatch({ id, fill }: { id: string; fill: string }) {
  return (
    <pattern id={id} width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
      <rect width="8" height="8" className={classNames(fill, 'opacity-50')} />
      <rect width="4" height="8" className={fill} />
    </pattern>
  )
}
