import type { ReactNode } from 'react'
import { Icon } from './icon.tsx'

/** Where to send a person whose form has problems, so that focus goes there: `#problems`. */
export const problemsAnchor = 'problems'

/** Everything that is wrong with a form, on top of it, each leading to its field. */
export function ErrorSummary(props: { title: string; items: readonly { field: string; text: ReactNode }[] }) {
  if (props.items.length === 0) return null
  return (
    <div
      id={problemsAnchor}
      role="alert"
      tabIndex={-1}
      aria-labelledby={`${problemsAnchor}-title`}
      className="flex gap-3 rounded-lg border border-bad bg-bad-soft px-4 py-3.5"
    >
      <Icon name="octagon-alert" size={18} className="mt-0.5 text-bad-ink" />
      <div className="grid min-w-0 gap-1">
        <h2 id={`${problemsAnchor}-title`} className="text-base tracking-normal">
          {props.title}
        </h2>
        <ul className="grid gap-1">
          {props.items.map(item => (
            <li key={item.field}>
              <a href={`#${item.field}`} className="text-bad-ink">
                {item.text}
              </a>
            </li>
          ))}
        </ul>
      </div>
    </div>
  )
}
