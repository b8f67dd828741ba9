import type { ReactNode } from 'react'
import { type ButtonLook, ButtonWords } from './button.tsx'
import { buttonClass } from './button-class.ts'
import { classNames } from './class-names.ts'
import { Icon } from './icon.tsx'

/**
 * Sends its form. While the answer is on its way (`PageManners` sets `aria-busy`) a spinner and the
 * doing word stand in its place. Both lie in one grid cell, so the width never changes.
 */
export function SubmitButton(
  props: ButtonLook & {
    children: ReactNode
    /** The doing word: "Checking the key". */
    busy: ReactNode
    name?: string | undefined
    value?: string | undefined
    form?: string | undefined
    formAction?: string | undefined
  },
) {
  const { children, busy, name, value, form, formAction, ...look } = props
  return (
    <button
      type="submit"
      {...{ name, value, form, formAction }}
      className={classNames('group/submit', buttonClass({ variant: 'primary', ...look }))}
    >
      <span className="grid items-center justify-items-center *:col-start-1 *:row-start-1">
        <span className="inline-flex items-center gap-[7px] group-aria-busy/submit:invisible">
          <ButtonWords look={look}>{children}</ButtonWords>
        </span>
        <span className="invisible inline-flex items-center gap-[7px] group-aria-busy/submit:visible">
          <Icon name="loader-circle" turning />
          {look.iconOnly ? <span className="sr-only">{busy}</span> : busy}
        </span>
      </span>
    </button>
  )
}
