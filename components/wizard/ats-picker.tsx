import type { ReactNode } from 'react'
import { classNames } from '../ui/class-names.ts'
import { Icon } from '../ui/icon.tsx'
import { Tile } from '../ui/tile.tsx'

const cardClass =
  'flex h-full w-full flex-col gap-3.5 rounded-lg border p-4 text-start mid:min-h-37 max-mid:flex-row max-mid:flex-wrap max-mid:items-center max-mid:p-3.5'
const footClass = 'mt-auto flex w-full items-center justify-between gap-2 max-mid:mt-0 max-mid:w-auto'

type Ats = {
  name: string
  text: string
  monogram: string
  sandbox?: boolean | undefined
}

function AtsWords({ ats }: { ats: Ats }) {
  return (
    <>
      <Tile monogram={ats.monogram} look={ats.sandbox ? 'sandbox' : 'plain'} />
      <span className="min-w-0 flex-1">
        <span className="block text-[0.9375rem]/6 font-bold">{ats.name}</span>
        <span className="mt-0.5 block text-sm text-muted">{ats.text}</span>
      </span>
    </>
  )
}

/** The ATSs, three in a row. */
export function AtsGrid({ label, children }: { label: string; children: ReactNode }) {
  return (
    <ul
      aria-label={label}
      className="grid grid-cols-3 gap-3 max-wide:grid-cols-2 max-mid:grid-cols-[minmax(0,1fr)]"
    >
      {children}
    </ul>
  )
}

/** One that is here: a submit button of the form around the grid. */
export function AtsButton(props: Ats & { field: string; value: string; badge: ReactNode }) {
  return (
    <li>
      <button
        type="submit"
        name={props.field}
        value={props.value}
        className={classNames(
          cardClass,
          'group/ats border-rim bg-surface shadow-card transition-[border-color,box-shadow] hover:border-accent hover:inset-ring hover:inset-ring-accent',
        )}
      >
        <AtsWords ats={props} />
        <span className={footClass}>
          {props.badge}
          <Icon name="arrow-right" className="group-aria-busy/ats:hidden rtl:-scale-x-100" />
          <Icon name="loader-circle" turning className="hidden! group-aria-busy/ats:block!" />
        </span>
      </button>
    </li>
  )
}

/** One that is not here yet: it can be asked for. `ask` is a form with its button, or the word that it was asked for. */
export function AtsAbsent(props: Ats & { ask: ReactNode }) {
  return (
    <li className={classNames(cardClass, 'border-dashed border-rim')}>
      <AtsWords ats={props} />
      <div className={footClass}>{props.ask}</div>
    </li>
  )
}

/** A working connection that is there already, offered first. */
export function ExistingConnection(props: {
  id: string
  monogram: string
  sandbox?: boolean | undefined
  title: ReactNode
  text: ReactNode
  badge?: ReactNode
  action: ReactNode
}) {
  return (
    <section
      aria-labelledby={props.id}
      className="flex items-center gap-4 rounded-lg border border-line bg-surface p-5 max-mid:grid max-mid:grid-cols-[auto_minmax(0,1fr)] max-mid:items-start max-mid:gap-x-3.5 max-mid:gap-y-3 max-mid:p-4"
    >
      <Tile monogram={props.monogram} look={props.sandbox ? 'sandbox' : 'plain'} />
      <div className="min-w-0 flex-1">
        <h2 id={props.id}>{props.title}</h2>
        <p className="text-sm text-muted">{props.text}</p>
      </div>
      {props.badge && <span className="max-mid:col-start-2">{props.badge}</span>}
      <div className="max-mid:col-span-full max-mid:grid">{props.action}</div>
    </section>
  )
}
