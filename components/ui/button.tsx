import type { ComponentProps, ReactNode } from 'react'
import { classNames } from './class-names.ts'
import { Icon, type IconName } from './icon.tsx'

const variants = {
  primary: 'border-transparent bg-accent text-on-accent shadow-card hover:bg-accent-hover',
  plain: 'border-rim bg-surface text-ink shadow-card hover:border-edge hover:bg-hover',
  quiet: 'border-transparent bg-transparent text-muted hover:bg-hover hover:text-ink',
  danger: 'border-transparent bg-bad text-on-bad shadow-card hover:bg-bad-hover',
  'danger-plain': 'border-rim bg-surface text-bad-ink shadow-card hover:border-edge hover:bg-hover',
} as const

const sizes = {
  sm: { box: 'min-h-7.5 gap-[5px] px-2.5 text-sm', square: 'size-7.5' },
  md: { box: 'min-h-9 gap-[7px] px-3.5 text-base/tight', square: 'size-9' },
  lg: { box: 'min-h-11 gap-[7px] px-5 text-[0.9375rem]/tight', square: 'size-11' },
} as const

export type ButtonLook = {
  variant?: keyof typeof variants | undefined
  size?: keyof typeof sizes | undefined
  /** Stands before the words. */
  icon?: IconName | undefined
  /** Stands after the words: an arrow on, a way out. */
  iconEnd?: IconName | undefined
  /** As wide as the column. */
  block?: boolean | undefined
  /** Show the icon alone; the words stay as the name that is announced. */
  iconOnly?: boolean | undefined
  className?: string | undefined
}

/** The classes of a button, for the few places that are neither `<button>` nor `<a>`. */
export function buttonClass(look: ButtonLook): string {
  const size = sizes[look.size ?? 'md']
  return classNames(
    'inline-flex items-center justify-center rounded-md border font-semibold no-underline',
    'whitespace-nowrap max-mid:min-h-11 transition-[background-color,border-color,translate] active:translate-y-px',
    'disabled:cursor-not-allowed disabled:border-line disabled:bg-sunken disabled:text-faint disabled:shadow-none',
    variants[look.variant ?? 'plain'],
    look.iconOnly ? classNames(size.square, 'shrink-0 max-mid:size-11') : size.box,
    look.block && 'w-full',
    look.className,
  )
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
