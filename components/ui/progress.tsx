import type { ReactNode } from 'react'

/** Long work: what, how far, and what it means for the person. Without a number there is no bar, only words. */
export function Progress(props: {
  label: string
  /** Where a heading above says the same, the label is only spoken. */
  labelHidden?: boolean | undefined
  /** "412 of 1,204" */
  shown?: ReactNode
  done?: { value: number; of: number } | undefined
  note?: ReactNode
}) {
  const { done } = props
  return (
    <div className="grid gap-2">
      <div className="flex flex-wrap justify-between gap-x-4">
        {!props.labelHidden && <b>{props.label}</b>}
        <span className="text-sm text-muted tabular-nums">{props.shown}</span>
      </div>
      {done && (
        <div
          role="progressbar"
          aria-label={props.label}
          aria-valuenow={done.value}
          aria-valuemin={0}
          aria-valuemax={done.of}
          tabIndex={-1}
          className="h-2 overflow-hidden rounded-[4px] bg-line forced-colors:border"
        >
          <svg
            viewBox="0 0 100 8"
            preserveAspectRatio="none"
            aria-hidden="true"
            className="block h-full w-full rtl:-scale-x-100"
          >
            <rect
              width={done.of > 0 ? (100 * done.value) / done.of : 0}
              height="8"
              className="fill-accent forced-color-adjust-none forced-colors:fill-[Highlight]"
            />
          </svg>
        </div>
      )}
      {props.note && <p className="text-sm text-muted">{props.note}</p>}
    </div>
  )
}
