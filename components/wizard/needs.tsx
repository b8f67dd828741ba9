import type { ReactNode } from 'react'
import { Icon, type IconName } from '../ui/icon.tsx'

export type Need = { icon: IconName; title: string; text: ReactNode }

/** What has to be at hand before anything is typed. */
export function Needs(props: { id: string; title: string; items: readonly Need[] }) {
  return (
    <section aria-labelledby={props.id} className="rounded-lg border border-line px-4.5">
      <h2 id={props.id} className="border-b border-line py-[13px]">
        {props.title}
      </h2>
      <ul className="divide-y divide-line">
        {props.items.map(item => (
          <li key={item.title} className="grid grid-cols-[20px_minmax(0,1fr)] gap-3.5 py-[13px]">
            <Icon name={item.icon} size={18} className="mt-0.5 text-muted" />
            <div className="min-w-0">
              <p className="font-semibold">{item.title}</p>
              <p className="text-sm wrap-anywhere text-muted [&_b]:text-ink">{item.text}</p>
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** A question over choice cards, under the title of the step. */
export function SubQuestion({ title, text }: { title: ReactNode; text?: ReactNode }) {
  return (
    <div>
      <h2 className="mt-2 mb-0.5 text-lg">{title}</h2>
      {text && <p className="text-muted [&_b]:text-ink">{text}</p>}
    </div>
  )
}
