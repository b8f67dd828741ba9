import { classNames } from './class-names.ts'
import { Tile, type TileLook } from './tile.tsx'

const planks = {
  linked: 'bg-accent forced-colors:bg-[Highlight]',
  warn: 'bg-warn',
  broken: 'bg-[repeating-linear-gradient(90deg,var(--color-bad)_0_5px,transparent_5px_9px)]',
  open: 'bg-[repeating-linear-gradient(90deg,var(--color-edge)_0_3px,transparent_3px_6px)]',
} as const

export type CrossingState = keyof typeof planks

/** Ours, the plank, theirs. A picture only: words beside it say the same. */
export function Crossing(props: {
  here: TileLook
  there: TileLook
  state: CrossingState
  size?: 'xs' | 'sm' | undefined
}) {
  const size = props.size ?? 'xs'
  return (
    <span className="inline-flex min-w-0 shrink-0 items-center" aria-hidden="true">
      <Tile size={size} {...props.here} />
      <span
        className={classNames(
          'h-[3px] w-6.5 shrink-0 -skew-x-30 forced-color-adjust-none',
          planks[props.state],
        )}
      />
      <Tile size={size} {...props.there} />
    </span>
  )
}

/** The wide crossing under way: her turn, on the other side. */
export function CrossingTo({ here, there }: { here: TileLook; there: TileLook }) {
  return (
    <span className="flex items-center" aria-hidden="true">
      <Tile size="xl" {...here} />
      <span className="mx-3 flex h-2.5 w-40 -skew-x-28 gap-1 forced-color-adjust-none max-mid:w-24">
        {['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((tread, at) => (
          <span key={tread} className={classNames('flex-1 rounded-[2px]', at < 4 ? 'bg-sand' : 'bg-line')} />
        ))}
      </span>
      <Tile size="xl" {...there} />
    </span>
  )
}

/** The wide, empty crossing of a position that is not connected. */
export function CrossingAhead({ here }: { here: TileLook }) {
  return (
    <span className="flex items-center" aria-hidden="true">
      <Tile size="xl" {...here} />
      <span className="mx-3 flex h-2 w-30 -skew-x-28 gap-1 max-mid:w-20">
        {['a', 'b', 'c', 'd', 'e'].map(tread => (
          <span key={tread} className="flex-1 rounded-[2px] border-[1.5px] border-dashed border-edge" />
        ))}
      </span>
      <Tile size="xl" look="empty" monogram="?" />
    </span>
  )
}
