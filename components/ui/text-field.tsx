import type { ComponentProps, ReactNode } from 'react'
import { classNames } from './class-names.ts'
import { describe, Field, type FieldFrame, inputClass } from './field.tsx'
import { Icon } from './icon.tsx'

export type Split<P> = FieldFrame & Omit<P, keyof FieldFrame | 'className' | 'style'>

/** Parts the frame (label, hint, error) from what belongs to the element itself. */
export function splitFrame<P extends FieldFrame>(props: P) {
  const { id, label, optional, aside, hint, hintIcon, error, understood, ...rest } = props
  const frame: FieldFrame = { id, label, optional, aside, hint, hintIcon, error, understood }
  return { frame, rest }
}

export type TextLook = {
  /** For what is copied or compared letter by letter. */
  mono?: boolean | undefined
  /** 46 high, as in the wizard and at sign-in. */
  large?: boolean | undefined
}

const look = (mono?: boolean, large?: boolean) =>
  classNames(
    inputClass,
    large ? 'min-h-[46px] px-3.5' : 'min-h-9 px-[11px]',
    mono ? 'font-mono text-[0.9375rem]' : large && 'text-md',
  )

/** One line of text; `type` as in HTML. */
export function TextField({ mono, large, ...props }: TextLook & Split<ComponentProps<'input'>>) {
  const { frame, rest } = splitFrame(props)
  return (
    <Field frame={frame}>
      <input {...rest} id={frame.id} {...describe(frame)} className={look(mono, large)} />
    </Field>
  )
}

/** Several lines of text. */
export function TextArea({ mono, ...props }: TextLook & Split<ComponentProps<'textarea'>>) {
  const { frame, rest } = splitFrame(props)
  return (
    <Field frame={frame}>
      <textarea
        rows={4}
        {...rest}
        id={frame.id}
        {...describe(frame)}
        className={classNames(look(mono), 'py-2')}
      />
    </Field>
  )
}

export type Option = { value: string; label: string }

/** A native select. */
export function SelectField(props: Split<ComponentProps<'select'>> & { options: readonly Option[] }) {
  const { options, ...rest } = props
  const { frame, rest: select } = splitFrame(rest)
  return (
    <Field frame={frame}>
      <div className="relative">
        <select
          {...select}
          id={frame.id}
          {...describe(frame)}
          className={classNames(inputClass, 'min-h-9 appearance-none ps-[11px] pe-9')}
        >
          {options.map(option => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
        <span className="pointer-events-none absolute end-3 top-1/2 -translate-y-1/2 text-muted">
          <Icon name="chevron-down" size={14} />
        </span>
      </div>
    </Field>
  )
}

/** A date, in the browser's own picker; `shortcut` is a button beside it (`SetDate`). */
export function DateField(props: Split<ComponentProps<'input'>> & { shortcut?: ReactNode }) {
  const { shortcut, ...own } = props
  const { frame, rest } = splitFrame(own)
  return (
    <Field frame={frame}>
      <div className="flex flex-wrap items-center gap-2 *:first:w-auto *:first:shrink *:first:grow *:first:basis-40">
        <input
          {...rest}
          type="date"
          id={frame.id}
          {...describe(frame)}
          className={classNames(inputClass, 'min-h-9 px-[11px]')}
        />
        {shortcut}
      </div>
    </Field>
  )
}
