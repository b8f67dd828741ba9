import type { ReactNode } from 'react'
import { CopyWord, type CopyWords } from './scope.tsx'

type Copyable = { text: string; word: string; done: string; copy: CopyWords }

/** A block to copy as it stands; scrolls with the keyboard, never wraps. */
export function Code(props: Copyable & { caption: string }) {
  return (
    <figure className="overflow-hidden rounded-lg border border-line bg-sunken">
      <figcaption className="flex items-center gap-2.5 border-b border-line py-2 ps-3.5 pe-2 text-sm text-muted">
        <span className="flex-1">{props.caption}</span>
        <CopyWord {...props} />
      </figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard */}
      <pre tabIndex={0} dir="ltr" className="overflow-x-auto p-3.5 font-mono text-sm/5.5">
        <code>{props.text}</code>
      </pre>
    </figure>
  )
}

/** A text to hand to somebody else: a field that cannot be changed, so that it can be marked by hand too. */
export function CopyText(props: Copyable & { id: string; label: ReactNode; rows?: number | undefined }) {
  return (
    <div className="grid gap-1.5">
      <div className="flex flex-wrap items-end justify-between gap-2">
        <label htmlFor={props.id} className="font-semibold">
          {props.label}
        </label>
        <CopyWord {...props} />
      </div>
      <textarea
        id={props.id}
        readOnly
        rows={props.rows ?? 8}
        defaultValue={props.text}
        className="w-full rounded-md border border-edge bg-sunken px-3.5 py-3 text-ink"
      />
    </div>
  )
}
