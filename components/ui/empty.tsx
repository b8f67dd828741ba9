import type { ReactNode } from 'react'
import type { IconName } from './icon.tsx'
import { Tile } from './tile.tsx'

/** What will be here, and the ways to fill it; after a filter: what was searched, and the way to clear it. */
export function Empty(props: { icon: IconName; title: ReactNode; text: ReactNode; actions?: ReactNode }) {
  return (
    <div className="grid justify-items-center gap-2 px-5 py-10 text-center">
      <Tile size="lg" icon={props.icon} />
      <h2 className="text-base tracking-normal">{props.title}</h2>
      <p className="max-w-[42ch] text-muted">{props.text}</p>
      {props.actions && <div className="mt-2 flex flex-wrap justify-center gap-2">{props.actions}</div>}
    </div>
  )
}
