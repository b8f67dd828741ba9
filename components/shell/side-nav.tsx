import type { ReactNode } from 'react'
import { Count } from '../ui/badge.tsx'
import { classNames } from '../ui/class-names.ts'
import { Icon, type IconName } from '../ui/icon.tsx'

export type NavItem = {
  href: string
  label: string
  icon: IconName
  current?: boolean | undefined
  /** How many, with what they are for those who only listen: "2, not sent". */
  count?: { shown: string; spoken?: string | undefined; tone?: 'bad' | undefined } | undefined
}

export type NavGroup = { title?: string | undefined; items: readonly NavItem[] }

const itemClass =
  'flex items-center gap-2.5 rounded-md px-2.5 py-[7px] font-medium text-muted no-underline hover:bg-hover hover:text-ink max-wide:min-h-11 max-wide:text-ink'
const currentClass =
  'aria-[current]:bg-surface aria-[current]:font-semibold aria-[current]:text-ink aria-[current]:shadow-card aria-[current]:inset-ring aria-[current]:inset-ring-line forced-colors:aria-[current]:border'

function NavCount({ count }: { count: NonNullable<NavItem['count']> }): ReactNode {
  return (
    <span className="ms-auto">
      <Count tone={count.tone}>
        {count.spoken ? (
          <>
            <span aria-hidden="true">{count.shown}</span>
            <span className="sr-only">{count.spoken}</span>
          </>
        ) : (
          count.shown
        )}
      </Count>
    </span>
  )
}

/** The app's own menu, in groups. */
export function SideNav({ label, groups }: { label: string; groups: readonly NavGroup[] }) {
  return (
    <nav aria-label={label} className="grid gap-px">
      {groups.map(group => (
        <div key={group.title ?? group.items[0]?.href} className="grid gap-px">
          {group.title && (
            <p className="px-2.5 pt-3.5 pb-1 text-xs font-semibold text-faint">{group.title}</p>
          )}
          {group.items.map(item => (
            <a
              key={item.href}
              href={item.href}
              aria-current={item.current ? 'page' : undefined}
              className={classNames(itemClass, currentClass)}
            >
              <Icon name={item.icon} />
              {item.label}
              {item.count && <NavCount count={item.count} />}
            </a>
          ))}
        </div>
      ))}
    </nav>
  )
}
