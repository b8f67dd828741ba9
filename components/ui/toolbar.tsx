import type { ReactNode } from 'react'
import { buttonClass } from './button-class.ts'
import { classNames } from './class-names.ts'
import { inputClass } from './field.tsx'
import { Icon } from './icon.tsx'
import { Menu } from './menu.tsx'
import type { Tab } from './tabs.tsx'

/** Search and filters over a table, in a line that wraps. */
export function Toolbar({ children }: { children: ReactNode }) {
  return <div className="flex flex-wrap items-center gap-2">{children}</div>
}

/** A search that is kept in the address. `keep` are the other parameters that stay. */
export function SearchForm(props: {
  action: string
  id: string
  name: string
  value: string
  /** Spoken name of the field. */
  label: string
  placeholder: string
  /** Spoken name of the magnifier, which sends it. */
  submit: string
  keep?: Readonly<Record<string, string>> | undefined
}) {
  return (
    <form
      action={props.action}
      method="get"
      className="relative max-w-[380px] min-w-0 flex-[1_1_260px] max-mid:max-w-none max-mid:basis-full"
    >
      {Object.entries(props.keep ?? {}).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <label htmlFor={props.id} className="sr-only">
        {props.label}
      </label>
      <input
        id={props.id}
        type="search"
        name={props.name}
        defaultValue={props.value}
        placeholder={props.placeholder}
        className={classNames(inputClass, 'min-h-9 ps-[34px] pe-[11px] max-mid:ps-11')}
      />
      <button
        type="submit"
        className="absolute inset-y-0 start-0 grid w-[34px] place-content-center rounded-md text-faint hover:text-ink max-mid:w-11"
      >
        <Icon name="search" />
        <span className="sr-only">{props.submit}</span>
      </button>
    </form>
  )
}

/** A few states to look at, one at a time. */
export function SegmentLinks({ label, items }: { label: string; items: readonly Tab[] }) {
  return (
    <nav
      aria-label={label}
      className="inline-flex max-w-full gap-0.5 overflow-x-auto rounded-md border border-line bg-sunken p-0.5 [scrollbar-width:none]"
    >
      {items.map(item => (
        <a
          key={item.href}
          href={item.href}
          aria-current={item.current ? 'true' : undefined}
          className="rounded-[6px] px-[11px] py-1 text-sm font-semibold whitespace-nowrap text-muted no-underline hover:text-ink focus-visible:-outline-offset-2 max-mid:inline-flex max-mid:min-h-11 max-mid:items-center max-mid:px-2 forced-colors:aria-[current]:underline aria-[current]:bg-surface aria-[current]:text-ink aria-[current]:shadow-card"
        >
          {item.label}
          {item.count && <> {item.count}</>}
        </a>
      ))}
    </nav>
  )
}

/** A filter or an order to choose: opens `MenuLink`s; `chosen` is shown once one is in force. */
export function FilterMenu(props: {
  label: string
  chosen?: string | undefined
  end?: boolean | undefined
  children: ReactNode
}) {
  const summary = (
    <>
      {props.label}
      {props.chosen && <span className="max-w-40 truncate text-accent-ink">{props.chosen}</span>}
      <Icon name="chevron-down" size={14} />
    </>
  )
  return (
    <Menu
      summary={summary}
      summaryClass={buttonClass({})}
      place={props.end ? 'below-end' : 'below'}
      className={props.end ? 'ms-auto max-mid:ms-0' : undefined}
    >
      {props.children}
    </Menu>
  )
}
