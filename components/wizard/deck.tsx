import type { ReactNode } from 'react'
import { classNames } from '../ui/class-names.ts'
import { Icon } from '../ui/icon.tsx'
import { Tile, type TileLook } from '../ui/tile.tsx'

export type Leg = {
  /** Choose, Allow, Connect, Match. */
  word: string
  /** What follows the word for those who only listen: ", step 2 of 3" or ", done, go back". */
  spoken?: string | undefined
  /** How many steps the leg has, and how many of them lie behind. All of them: the leg is done. */
  steps: number
  done: number
  /** The person stands in this leg. */
  here?: boolean | undefined
  /** A leg that is done leads back. */
  href?: string | undefined
}

export type Shore = TileLook & { name: string; sub: ReactNode }

/** A leg is as wide as its steps; written out, since a class must stand in the source. */
const widths = ['flex-[1.7]', 'flex-[1.7]', 'flex-[2.7]', 'flex-[3.7]', 'flex-[4.7]', 'flex-[5.7]'] as const

function treads(leg: Leg, waiting: boolean | undefined) {
  return Array.from({ length: leg.steps }, (_, index) => {
    const now = leg.here && index === leg.done
    const tone =
      index < leg.done
        ? 'bg-accent forced-colors:bg-[Highlight]'
        : now
          ? 'bg-sand forced-colors:bg-[Mark]'
          : 'bg-line forced-colors:bg-[GrayText]'
    return { step: index + 1, look: classNames(tone, waiting && now && 'motion-safe:animate-pulse') }
  })
}

function LegWord({ leg }: { leg: Leg }) {
  const isDone = leg.done >= leg.steps
  const spoken = leg.spoken && <span className="sr-only">{leg.spoken}</span>
  const words = (
    <>
      {isDone && <Icon name="check" size={12} className="text-accent-ink" />}
      {leg.word}
      {spoken}
    </>
  )
  const line = 'flex w-fit items-center gap-1 text-xs max-wide:sr-only'
  if (isDone && leg.href)
    return (
      <a
        href={leg.href}
        className={classNames(
          line,
          'mt-1 rounded-[3px] py-1 pe-2 text-muted no-underline hover:text-ink hover:underline max-wide:focus:not-sr-only',
        )}
      >
        {words}
      </a>
    )
  const tone = leg.here ? 'font-semibold text-ink' : isDone ? 'text-muted' : 'text-faint'
  return <span className={classNames(line, 'mt-[9px]', tone)}>{words}</span>
}

function ShoreTile({ shore, far }: { shore: Shore; far?: boolean }) {
  const { name, sub, ...tile } = shore
  const words = (
    <div className="min-w-0 max-wide:hidden">
      <b className="block text-sm/4.5 font-semibold text-balance">{name}</b>
      <span className="block text-xs wrap-anywhere text-faint">{sub}</span>
    </div>
  )
  return (
    <div className={classNames('flex min-w-0 items-start gap-[11px]', far && 'justify-end text-end')}>
      {far && words}
      <Tile {...tile} />
      {!far && words}
    </div>
  )
}

function LegItem({ leg, waiting }: { leg: Leg; waiting: boolean | undefined }) {
  return (
    <li
      aria-current={leg.here ? 'step' : undefined}
      className={classNames('relative min-w-0', widths[leg.steps])}
    >
      <span aria-hidden="true" className="flex h-[9px] -skew-x-28 gap-0.5 rtl:skew-x-28">
        {treads(leg, waiting).map(tread => (
          <span
            key={tread.step}
            className={classNames('flex-1 rounded-[1px] forced-color-adjust-none', tread.look)}
          />
        ))}
      </span>
      <LegWord leg={leg} />
    </li>
  )
}

/** The progress of the wizard: a plank laid from our shore to theirs, a tread a step. */
export function Deck(props: {
  label: string
  here: Shore
  there: Shore
  legs: readonly Leg[]
  /** On a small screen, in words under the plank: "<b>Connect</b>, step 2 of 3". */
  now: ReactNode
  /** The tread of now pulses while the other side is awaited. */
  waiting?: boolean | undefined
}) {
  return (
    <div className="grid grid-cols-[minmax(0,354px)_minmax(0,1fr)_minmax(0,236px)] items-start gap-4.5 max-wide:grid-cols-[auto_minmax(0,1fr)_auto] max-wide:items-center max-wide:gap-2.5">
      <ShoreTile shore={props.here} />
      <ol aria-label={props.label} className="flex gap-[7px] pt-[13px] max-wide:pt-0">
        {props.legs.map(leg => (
          <LegItem key={leg.word} leg={leg} waiting={props.waiting} />
        ))}
      </ol>
      <ShoreTile shore={props.there} far />
      <p
        aria-hidden="true"
        className="col-span-full -mt-0.5 hidden text-center text-sm text-muted max-wide:block [&_b]:text-ink"
      >
        {props.now}
      </p>
    </div>
  )
}
