import type { ComponentProps, ReactNode } from 'react'
import { type ButtonShape, buttonClass } from './button-class.ts'
import { Icon, type IconName } from './icon.tsx'

export type ButtonLook = ButtonShape & {
  /** Stands before the words. */
  icon?: IconName | undefined
  /** Stands after the words: an arrow on, a way out. */
  iconEnd?: IconName | undefined
}

/** What stands inside a button: icon, words, icon. */
export function ButtonWords({ look, children }: { look: ButtonLook; children: ReactNode }) {
  const iconSize = look.size === 'sm' ? 14 : 16
  return (
    <>
      {look.icon && <Icon name={look.icon} size={look.iconOnly ? 16 : iconSize} />}
      {look.iconOnly ? <span className="sr-only">{children}</span> : children}
      {look.iconEnd && <Icon name={look.iconEnd} size={iconSize} />}
    </>
  )
}

function splitLook<P extends ButtonLook>(props: P) {
  const { variant, size, icon, iconEnd, block, iconOnly, className, ...rest } = props
  return { look: { variant, size, icon, iconEnd, block, iconOnly, className }, rest }
}

/** A `<button>`; `type` is `button` unless said otherwise. To send a form, take `SubmitButton`. */
export function Button({ children, ...props }: ButtonLook & Omit<ComponentProps<'button'>, 'className'>) {
  const { look, rest } = splitLook(props)
  return (
    <button type="button" {...rest} className={buttonClass(look)}>
      <ButtonWords look={look}>{children}</ButtonWords>
    </button>
  )
}

/** A link that looks like a button: it goes somewhere and changes nothing. */
export function ButtonLink({ children, ...props }: ButtonLook & Omit<ComponentProps<'a'>, 'className'>) {
  const { look, rest } = splitLook(props)
  return (
    <a {...rest} className={buttonClass(look)}>
      <ButtonWords look={look}>{children}</ButtonWords>
    </a>
  )
}
