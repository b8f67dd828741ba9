import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'
import { Icon, type IconName } from './icon.tsx'

export type FieldFrame = {
  id: string
  label: ReactNode
  /** A word after the label, such as "optional". */
  optional?: ReactNode
  /** Stands at the end of the label's line: a link. */
  aside?: ReactNode
  hint?: ReactNode
  hintIcon?: IconName | undefined
  /** Takes the place of the hint, and is announced with the field. */
  error?: ReactNode
  /** What was understood, in green; takes the place of the hint. */
  understood?: ReactNode
}

/** A field's own frame, without its height and padding. */
export const inputClass = classNames(
  'w-full rounded-md border border-edge bg-surface text-ink max-mid:min-h-11 max-mid:text-md',
  'focus-visible:border-focus focus-visible:-outline-offset-1',
  '[&[readonly]]:bg-sunken',
  'aria-invalid:border-bad aria-invalid:inset-ring aria-invalid:inset-ring-bad',
)

/** The id of the line under a field. */
export const messageId = (id: string) => `${id}-message`

/** The attributes that tie a field to its message and, where it has them, to its prefix and suffix. */
export function describe(frame: FieldFrame, ...more: readonly (string | false | undefined)[]) {
  const said = frame.error || frame.understood || frame.hint
  const ids = classNames(...more, Boolean(said) && messageId(frame.id))
  return {
    'aria-describedby': ids || undefined,
    'aria-invalid': frame.error ? true : undefined,
  }
}

function Message({ frame }: { frame: FieldFrame }) {
  const line = 'flex gap-[7px] text-sm text-pretty'
  const id = messageId(frame.id)
  const icon = (name: IconName) => <Icon name={name} className="mt-0.5" />
  if (frame.error)
    return (
      <p id={id} className={classNames(line, 'text-bad-ink')}>
        {icon('octagon-alert')}
        <span className="min-w-0 wrap-anywhere">{frame.error}</span>
      </p>
    )
  if (frame.understood)
    return (
      <p id={id} role="status" className={classNames(line, 'text-ok-ink')}>
        {icon('circle-check')}
        <span className="min-w-0 wrap-anywhere">{frame.understood}</span>
      </p>
    )
  if (!frame.hint) return null
  return (
    <p id={id} className={classNames(line, 'text-muted')}>
      {frame.hintIcon && icon(frame.hintIcon)}
      <span className="min-w-0">{frame.hint}</span>
    </p>
  )
}

/** Label above, the field, and one line below: hint, what was understood, or what is wrong. */
export function Field({ frame, children }: { frame: FieldFrame; children: ReactNode }) {
  return (
    <div className="grid min-w-0 gap-1.5">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <label htmlFor={frame.id} className="text-base/5 font-semibold">
          {frame.label}
          {frame.optional && <span className="font-normal text-faint"> {frame.optional}</span>}
        </label>
        {frame.aside && <span className="text-sm">{frame.aside}</span>}
      </div>
      {children}
      <Message frame={frame} />
    </div>
  )
}
