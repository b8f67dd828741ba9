import type { ComponentProps, ReactNode } from 'react'
import { classNames } from './class-names.ts'
import { boxClass } from './tick.ts'

/** A native checkbox with its words beside it. */
export function CheckField({
  label,
  hint,
  ...input
}: { label: ReactNode; hint?: ReactNode } & Omit<ComponentProps<'input'>, 'type' | 'className' | 'style'>) {
  return (
    <label className="inline-flex items-start gap-[9px] max-mid:min-h-11 max-mid:py-2.5">
      <input {...input} type="checkbox" className={classNames(boxClass, 'mt-px')} />
      <span className="min-w-0">
        {label}
        {hint && <span className="block text-sm text-muted">{hint}</span>}
      </span>
    </label>
  )
}

/** On and off at once: the submit button of a form of its own, so that it works without a script. */
export function SwitchButton(props: {
  on: boolean
  /** How it is: "Active". */
  label: string
  /** Of what, for those who only listen. */
  spoken?: string | undefined
  name: string
  value: string
  disabled?: boolean | undefined
}) {
  return (
    <button
      type="submit"
      role="switch"
      aria-checked={props.on}
      name={props.name}
      value={props.value}
      disabled={props.disabled}
      className="group/switch inline-flex min-h-7.5 items-center gap-2 text-sm font-semibold disabled:cursor-not-allowed disabled:text-faint max-mid:min-h-11"
    >
      <span
        aria-hidden="true"
        className="relative h-5 w-9 shrink-0 rounded-[10px] border border-edge bg-sunken transition-colors duration-(--duration-move) group-aria-checked/switch:border-accent group-aria-checked/switch:bg-accent group-disabled/switch:opacity-45 forced-colors:group-aria-checked/switch:bg-[Highlight]"
      >
        <span className="absolute inset-y-0.5 start-0.5 w-3.5 rounded-full bg-edge forced-colors:bg-[ButtonText] transition-[translate] duration-(--duration-move) group-aria-checked/switch:translate-x-4 group-aria-checked/switch:bg-on-accent rtl:group-aria-checked/switch:-translate-x-4" />
      </span>
      {props.label}
      {props.spoken && <span className="sr-only">{props.spoken}</span>}
    </button>
  )
}
