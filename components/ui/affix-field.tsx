import type { ComponentProps, ReactNode } from 'react'
import { classNames } from './class-names.ts'
import { describe, Field } from './field.tsx'
import { Icon } from './icon.tsx'
import { Reveal } from './reveal.tsx'
import { type Split, splitFrame } from './text-field.tsx'

/** The frame shows the focus, not the input inside it. */
const frameClass = classNames(
  'flex min-w-0 items-stretch overflow-hidden rounded-md border border-edge bg-surface',
  'has-[input:focus-visible]:border-focus has-[input:focus-visible]:outline-2',
  'has-[input:focus-visible]:-outline-offset-1 has-[input:focus-visible]:outline-focus',
  'has-[[aria-invalid]]:border-bad has-[[aria-invalid]]:inset-ring has-[[aria-invalid]]:inset-ring-bad',
)
const inputClass =
  'min-h-[46px] min-w-0 flex-1 bg-transparent px-3 font-mono text-[0.9375rem] outline-none max-mid:text-md'
const affixClass =
  'flex items-center bg-sunken px-3 font-mono text-base tracking-[-0.02em] whitespace-nowrap text-muted max-mid:px-2'

/** Text in the frame, before and after what is typed; read out with the field, never part of its value. */
export function AffixField(props: Split<ComponentProps<'input'>> & { prefix?: string; suffix?: string }) {
  const { prefix, suffix, ...own } = props
  const { frame, rest } = splitFrame(own)
  const prefixId = prefix && `${frame.id}-prefix`
  const suffixId = suffix && `${frame.id}-suffix`
  return (
    <Field frame={frame}>
      <div
        dir="ltr"
        className={classNames(frameClass, Boolean(frame.understood) && !frame.error && 'border-ok')}
      >
        {prefix && (
          <span id={prefixId} className={classNames(affixClass, 'border-e border-line max-[359px]:hidden')}>
            {prefix}
          </span>
        )}
        <input
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          {...rest}
          id={frame.id}
          {...describe(frame, prefixId, suffixId)}
          className={inputClass}
        />
        {suffix && (
          <span id={suffixId} className={classNames(affixClass, 'border-s border-line')}>
            {suffix}
          </span>
        )}
      </div>
    </Field>
  )
}

/**
 * A secret: hidden while typed, with a Show toggle, never filled in by us. `kind` is `key` for what is
 * pasted (mono, no autofill) and `password` for what a person knows; say `autoComplete` for the latter.
 */
export function SecretField(
  props: Omit<Split<ComponentProps<'input'>>, 'type' | 'value' | 'defaultValue'> & {
    show: ReactNode
    kind?: 'key' | 'password' | undefined
  },
) {
  const { show, kind = 'key', ...own } = props
  const { frame, rest } = splitFrame(own)
  return (
    <Field frame={frame}>
      <div className={frameClass}>
        <input
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          {...rest}
          type="password"
          id={frame.id}
          {...describe(frame)}
          className={classNames(inputClass, kind === 'password' && 'font-sans')}
        />
        <Reveal controls={frame.id}>
          <Icon name="eye" />
          {show}
        </Reveal>
      </div>
    </Field>
  )
}
