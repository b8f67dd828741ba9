import { classNames } from './class-names.ts'

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

export type ButtonShape = {
  variant?: keyof typeof variants | undefined
  size?: keyof typeof sizes | undefined
  /** As wide as the column. */
  block?: boolean | undefined
  /** Show the icon alone; the words stay as the name that is announced. */
  iconOnly?: boolean | undefined
  className?: string | undefined
}

/** The classes of a button, for the few places that are neither `<button>` nor `<a>`. */
export function buttonClass(look: ButtonShape): string {
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
