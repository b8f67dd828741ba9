import type { ReactNode } from 'react'
import { CopyWord, type CopyWords } from './scope.tsx'

type Copyable = { text: string; word: string; done: string; copy: CopyWords }

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
        className="field-sizing-content w-full rounded-md border border-edge bg-sunken px-3.5 py-3 text-ink"
      />
    </div>
  )
}
