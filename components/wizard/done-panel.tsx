import type { ReactNode } from 'react'
import { Badge } from '../ui/badge.tsx'
import { classNames } from '../ui/class-names.ts'
import { Icon, type IconName } from '../ui/icon.tsx'
import { SubmitButton } from '../ui/submit-button.tsx'
import { WizardHead } from './wizard-step.tsx'

export type NextThing = {
  key: string
  icon: IconName
  /** What goes on right now. */
  now?: boolean | undefined
  title: ReactNode
  children: ReactNode
}

function NextThings({ items }: { items: readonly NextThing[] }) {
  return (
    <ol className="grid">
      {items.map(item => (
        <li
          key={item.key}
          className="relative grid grid-cols-[28px_minmax(0,1fr)] gap-3.5 pb-5.5 before:absolute before:start-[13px] before:top-7.5 before:bottom-0.5 before:border-s-2 before:border-line last:before:hidden"
        >
          <span
            className={classNames(
              'grid size-7 place-content-center rounded-full',
              item.now ? 'bg-accent text-on-accent' : 'bg-sunken text-muted',
            )}
          >
            <Icon name={item.icon} />
          </span>
          <div className="grid min-w-0 content-start gap-1">
            <h2 className="text-[0.9375rem]/7">{item.title}</h2>
            <div className="grid gap-2 text-muted [&_b]:text-ink">{item.children}</div>
          </div>
        </li>
      ))}
    </ol>
  )
}

/** People by name and stage: the first that came across. */
export function FirstPeople(props: {
  label: string
  people: readonly { key: string; name: string; stage: string }[]
}) {
  return (
    <ul aria-label={props.label} className="mt-1 divide-y divide-line rounded-md border border-line">
      {props.people.map(person => (
        <li key={person.key} className="flex flex-wrap justify-between gap-x-4 px-3 py-2 text-sm">
          <b className="font-semibold wrap-anywhere">{person.name}</b>
          <span className="text-muted">{person.stage}</span>
        </li>
      ))}
    </ul>
  )
}

/** "Did this go well?" Two buttons in a form; afterwards, `thanks` alone. */
export function WellBar(props: {
  id: string
  action: string
  name: string
  title: string
  text: string
  well: { label: string; value: string }
  hard: { label: string; value: string }
  busy: string
  thanks?: string | undefined
  hidden?: Readonly<Record<string, string>> | undefined
}) {
  const bar = 'flex flex-wrap items-center gap-2 rounded-lg bg-sunken px-4 py-3.5'
  if (props.thanks)
    return (
      <p role="status" className={bar}>
        {props.thanks}
      </p>
    )
  return (
    <form method="post" action={props.action} aria-labelledby={props.id} className={bar}>
      {Object.entries(props.hidden ?? {}).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <div className="min-w-0 flex-[1_1_220px]">
        <h2 id={props.id} className="text-base tracking-normal">
          {props.title}
        </h2>
        <p className="text-sm text-muted">{props.text}</p>
      </div>
      <SubmitButton
        variant="plain"
        size="sm"
        icon="thumbs-up"
        name={props.name}
        value={props.well.value}
        busy={props.busy}
      >
        {props.well.label}
      </SubmitButton>
      <SubmitButton variant="plain" size="sm" name={props.name} value={props.hard.value} busy={props.busy}>
        {props.hard.label}
      </SubmitButton>
    </form>
  )
}

/** The end of the wizard: it is connected, what happens next and when, where to go. */
export function DonePanel(props: {
  /** "Connected at 14:06" */
  when: string
  title: ReactNode
  lead: ReactNode
  next: readonly NextThing[]
  actions: ReactNode
  /** `WellBar` */
  well?: ReactNode
}) {
  return (
    <div className="grid gap-8">
      <div className="grid gap-2.5">
        <p>
          <Badge kind="active">{props.when}</Badge>
        </p>
        <WizardHead title={props.title} lead={props.lead} />
      </div>
      <NextThings items={props.next} />
      <div className="flex flex-wrap gap-2">{props.actions}</div>
      {props.well}
    </div>
  )
}
