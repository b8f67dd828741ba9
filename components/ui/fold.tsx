import type { ReactNode } from 'react'
import { Count } from './badge.tsx'
import { Icon } from './icon.tsx'

/** What most people do not need, folded away: a native `<details>`. */
export function Fold(props: {
  summary: ReactNode
  count?: string | undefined
  open?: boolean | undefined
  id?: string | undefined
  children: ReactNode
}) {
  return (
    <details id={props.id} open={props.open} className="group/fold">
      <summary className="inline-flex items-center gap-1.5 rounded-sm py-1.5 pe-2 font-semibold text-muted hover:text-ink max-mid:min-h-11">
        <Icon
          name="chevron-right"
          size={14}
          className="transition-[rotate] duration-(--duration-move) group-open/fold:rotate-90 rtl:-scale-x-100"
        />
        {props.summary}
        {props.count && <Count>{props.count}</Count>}
      </summary>
      <div className="grid gap-4 pt-2.5">{props.children}</div>
    </details>
  )
}
