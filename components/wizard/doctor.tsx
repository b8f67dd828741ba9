import type { ReactNode } from 'react'
import { classNames } from '../ui/class-names.ts'
import { CountdownRing } from '../ui/countdown.tsx'
import { Icon, type IconName } from '../ui/icon.tsx'

/** How a check is: an icon and a tone each, the word at the right comes with it. */
const states = {
  next: { icon: 'circle-dashed', tone: 'text-faint', title: 'text-faint' },
  checking: { icon: 'loader-circle', tone: 'text-accent-ink', title: '' },
  passed: { icon: 'circle-check', tone: 'text-ok-ink', title: '' },
  open: { icon: 'circle-minus', tone: 'text-muted', title: '' },
  problem: { icon: 'circle-x', tone: 'text-bad-ink', title: '' },
  waiting: { icon: 'hourglass', tone: 'text-accent-ink', title: '' },
} as const satisfies Record<string, { icon: IconName; tone: string; title: string }>

export type CheckState = keyof typeof states

export type Check = {
  key: string
  state: CheckState
  title: ReactNode
  text?: ReactNode
  /** "Passed", "Missing", "Waits 7 s": what the icon says, as a word. */
  word: ReactNode
  /** `WayOut`, inside the row of the problem. */
  wayOut?: ReactNode
}

const seals = {
  ok: { look: 'bg-ok-soft text-ok-ink', icon: 'circle-check' },
  bad: { look: 'bg-bad-soft text-bad-ink', icon: 'octagon-alert' },
  warn: { look: 'bg-warn-soft text-warn-ink', icon: 'triangle-alert' },
  info: { look: 'bg-accent-soft text-accent-ink', icon: 'loader-circle' },
} as const satisfies Record<string, { look: string; icon: IconName }>

export type DoctorHead = {
  tone: keyof typeof seals
  title: ReactNode
  text: ReactNode
  /** A ring instead of the seal, while the other side asks to wait. */
  countdown?: { seconds: number; spoken: string } | undefined
}

function CheckRow({ check }: { check: Check }) {
  const look = states[check.state]
  return (
    <li
      aria-atomic="true"
      className={classNames(
        'grid grid-cols-[22px_minmax(0,1fr)_auto] items-start gap-x-3.5 gap-y-1 px-5.5 py-[13px] max-mid:grid-cols-[20px_minmax(0,1fr)] max-mid:gap-x-3 max-mid:gap-y-0.5 max-mid:px-4',
        check.state === 'problem' && 'bg-bad-soft/60',
      )}
    >
      <Icon
        name={look.icon}
        size={20}
        turning={check.state === 'checking'}
        className={classNames('mt-px', look.tone)}
      />
      <div className="min-w-0">
        <p className={classNames('font-semibold', look.title)}>{check.title}</p>
        {check.text && <p className="text-sm wrap-anywhere text-muted">{check.text}</p>}
      </div>
      <span
        className={classNames(
          'text-xs/5.5 font-semibold whitespace-nowrap tabular-nums max-mid:col-start-2 max-mid:text-xs/5',
          look.tone,
        )}
      >
        {check.word}
      </span>
      {check.wayOut && (
        <div className="col-start-2 -col-end-1 mt-2.5 max-mid:col-span-full">{check.wayOut}</div>
      )}
    </li>
  )
}

/** The checks alone, in one list in which every row stays where it is; changes are spoken row by row. */
export function Checks({ items }: { items: readonly Check[] }) {
  return (
    <ol aria-live="polite" className="divide-y divide-line">
      {items.map(check => (
        <CheckRow key={check.key} check={check} />
      ))}
    </ol>
  )
}

/** The key doctor: how it stands, and under it each check. */
export function Doctor(props: { id: string; head: DoctorHead; checks: readonly Check[] }) {
  const { head } = props
  const seal = seals[head.tone]
  return (
    <section aria-labelledby={props.id} className="overflow-hidden rounded-xl border border-line bg-surface">
      <div className="flex items-center gap-3.5 border-b border-line px-5.5 py-4.5 max-mid:p-4">
        {head.countdown ? (
          <CountdownRing {...head.countdown} />
        ) : (
          <span className={classNames('grid size-11 shrink-0 place-content-center rounded-full', seal.look)}>
            <Icon name={seal.icon} size={22} turning={head.tone === 'info'} />
          </span>
        )}
        <div className="min-w-0" role={head.countdown ? undefined : 'status'}>
          <h2 id={props.id} className="text-lg/6 wrap-anywhere">
            {head.title}
          </h2>
          <p className="text-muted">{head.text}</p>
        </div>
      </div>
      <Checks items={props.checks} />
    </section>
  )
}

/** What to do about a problem, in its row: numbered steps, then one primary button. */
export function WayOut(props: {
  title: ReactNode
  steps: readonly { key: string; words: ReactNode }[]
  actions: ReactNode
}) {
  return (
    <div className="grid gap-3.5 rounded-lg border border-line bg-surface p-4 max-mid:p-3.5">
      <h3 className="text-base">{props.title}</h3>
      <ol className="grid gap-3">
        {props.steps.map((step, index) => (
          <li key={step.key} className="grid grid-cols-[24px_minmax(0,1fr)] items-start gap-2.5">
            <span
              aria-hidden="true"
              className="grid size-5.5 place-content-center rounded-full bg-sand-soft text-xs font-bold text-sand-ink"
            >
              {index + 1}
            </span>
            <div className="grid min-w-0 gap-2">{step.words}</div>
          </li>
        ))}
      </ol>
      <div className="flex flex-wrap items-center gap-2">{props.actions}</div>
    </div>
  )
}
