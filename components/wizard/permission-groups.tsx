import type { ReactNode } from 'react'
import { classNames } from '../ui/class-names.ts'
import { Icon, type IconName } from '../ui/icon.tsx'
import { Scope } from '../ui/scope.tsx'

export type Permission = { icon: IconName; title: string; text: ReactNode; scope?: string | undefined }

export type PermissionGroup = {
  id: string
  kind: 'reads' | 'writes' | 'never'
  title: string
  /** Needed, or a choice; at the end of the title's line. */
  why?: string | undefined
  rows: readonly Permission[]
}

const kindIcons = {
  reads: 'arrow-down-to-line',
  writes: 'arrow-up-from-line',
  never: 'ban',
} as const satisfies Record<PermissionGroup['kind'], IconName>

function PermissionRow({ row }: { row: Permission }) {
  return (
    <li className="grid grid-cols-[20px_minmax(0,1fr)_auto] items-start gap-x-3.5 gap-y-0.5 py-[13px]">
      <Icon name={row.icon} size={18} className="mt-[3px] text-muted" />
      <div>
        <p className="font-semibold">{row.title}</p>
        <p className="text-sm text-muted">{row.text}</p>
      </div>
      {row.scope && <Scope>{row.scope}</Scope>}
    </li>
  )
}

/** What is read, what is written, what is never touched: what, then why, then the permission's own name. */
export function PermissionGroups({ groups }: { groups: readonly PermissionGroup[] }) {
  return (
    <div className="grid grid-cols-2 gap-x-12 gap-y-2 max-mid:grid-cols-[minmax(0,1fr)] max-mid:gap-y-4">
      {groups.map(group => {
        const never = group.kind === 'never'
        return (
          <section
            key={group.id}
            aria-labelledby={group.id}
            className={classNames('min-w-0', never && 'col-span-full')}
          >
            <div className="flex flex-wrap items-center justify-between gap-x-4 border-b border-rim pb-1.5">
              <h2 id={group.id} className="flex items-center gap-2 text-base">
                <Icon name={kindIcons[group.kind]} size={18} />
                {group.title}
              </h2>
              {group.why && <span className="text-sm text-faint">{group.why}</span>}
            </div>
            <ul
              className={classNames(
                'divide-y divide-line',
                never &&
                  'mid:grid mid:grid-cols-2 mid:gap-x-12 mid:[&>li:nth-last-child(2)]:border-b-0 mid:[&>li:nth-last-child(2):nth-child(even)]:border-b',
              )}
            >
              {group.rows.map(row => (
                <PermissionRow key={row.title} row={row} />
              ))}
            </ul>
          </section>
        )
      })}
    </div>
  )
}
