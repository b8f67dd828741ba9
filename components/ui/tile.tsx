import { classNames } from './class-names.ts'
import { Icon, type IconName } from './icon.tsx'

const sizes = {
  xs: 'size-5 rounded-sm text-[8px]',
  sm: 'size-7 rounded-[7px] text-[11.2px]',
  md: 'size-9 rounded-[9px] text-[14.4px]',
  lg: 'size-12 rounded-lg text-[19.2px]',
  xl: 'size-14 rounded-[14px] text-[22.4px]',
} as const

const looks = {
  plain: 'border-line bg-sunken text-ink',
  ink: 'border-transparent bg-ink text-surface',
  sandbox: 'border-dashed border-sand bg-sand-soft text-sand-ink',
  empty: 'border-dashed border-edge bg-transparent text-faint',
} as const

export type TileLook = {
  /** One letter, or an icon of ours; never somebody's logo. */
  monogram?: string | undefined
  icon?: IconName | undefined
  size?: keyof typeof sizes | undefined
  look?: keyof typeof looks | undefined
}

/** A monogram for whatever else has a logo. Decoration: the name stands beside it. */
export function Tile({ monogram, icon, size = 'md', look = 'plain' }: TileLook) {
  return (
    <span
      aria-hidden="true"
      className={classNames(
        'inline-grid shrink-0 place-content-center place-items-center border leading-none font-bold tracking-[-0.03em]',
        sizes[size],
        looks[look],
      )}
    >
      {icon ? <Icon name={icon} size={size === 'lg' || size === 'xl' ? 20 : 16} /> : monogram}
    </span>
  )
}

/** A person's initials; the name has to be near, or given as `name` for those who only listen. */
export function Avatar(props: {
  initials: string
  name?: string | undefined
  size?: 'md' | 'lg' | undefined
}) {
  const size = props.size === 'lg' ? 'size-10 text-[16px]' : 'size-6 text-[9.6px]'
  return (
    <>
      <span
        aria-hidden="true"
        className={classNames(
          'inline-grid shrink-0 place-content-center rounded-full bg-accent-soft font-bold text-accent-ink',
          size,
        )}
      >
        {props.initials}
      </span>
      {props.name && <span className="sr-only">{props.name}</span>}
    </>
  )
}
