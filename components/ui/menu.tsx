import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'
import { Icon, type IconName } from './icon.tsx'

const places = {
  below: 'top-full mt-1 start-0',
  'below-end': 'top-full mt-2 end-0',
  above: 'bottom-full mb-1 start-0',
} as const

/** What opens on press: a native `<details>`, which `PageManners` closes on Escape and on a press elsewhere. */
export function Menu(props: {
  /** What is pressed: the content of the `<summary>`. */
  summary: ReactNode
  summaryClass: string
  /** The summary's name, where its content is an icon. */
  label?: string | undefined
  place?: keyof typeof places | undefined
  className?: string | undefined
  children: ReactNode
}) {
  return (
    <details data-menu="" className={classNames('group/menu relative', props.className)}>
      <summary aria-label={props.label} className={props.summaryClass}>
        {props.summary}
      </summary>
      <div
        className={classNames(
          'absolute z-20 grid max-h-[80dvh] w-66 max-w-[calc(100vw-32px)] overflow-y-auto rounded-lg border border-line bg-raised p-2 shadow-pop',
          places[props.place ?? 'below'],
        )}
      >
        {props.children}
      </div>
    </details>
  )
}

const menuItemClass =
  'flex w-full items-center gap-2.5 rounded-md px-2.5 py-2 text-start text-ink no-underline hover:bg-hover aria-[current]:bg-accent-soft aria-[current]:font-semibold max-wide:min-h-11'

/** One line of a menu: a link. */
export function MenuLink(props: {
  href: string
  children: ReactNode
  icon?: IconName | undefined
  current?: boolean | undefined
  end?: ReactNode
}) {
  return (
    <a href={props.href} aria-current={props.current ? 'true' : undefined} className={menuItemClass}>
      {props.icon && <Icon name={props.icon} />}
      <span className="min-w-0 flex-1">{props.children}</span>
      {props.end}
    </a>
  )
}

/** A heading between lines of a menu. */
export function MenuTitle({ children }: { children: ReactNode }) {
  return <div className="px-2.5 pt-3 pb-1 text-xs font-semibold text-faint first:pt-1">{children}</div>
}

/** One line of a menu that does something: the submit button of the form around it. */
export function MenuButton({ icon, children }: { icon?: IconName | undefined; children: ReactNode }) {
  return (
    <button type="submit" className={menuItemClass}>
      {icon && <Icon name={icon} />}
      {children}
    </button>
  )
}
