import { createElement } from 'react'
import { classNames } from './class-names.ts'
import { type IconName, iconNodes } from './icon-nodes.ts'

export type { IconName }

/** Side in px; small ones carry a heavier stroke. */
const sizes = {
  12: 'size-3 stroke-[2.4]',
  13: 'size-[13px] stroke-2',
  14: 'size-3.5 stroke-[1.9]',
  16: 'size-4 stroke-[1.75]',
  18: 'size-4.5 stroke-[1.75]',
  20: 'size-5 stroke-[1.6]',
  22: 'size-[22px] stroke-[1.9]',
} as const

/** A lucide drawing beside words; never announced, so the words have to say it too. */
export function Icon(props: {
  name: IconName
  size?: keyof typeof sizes | undefined
  turning?: boolean | undefined
  className?: string | undefined
}) {
  const { name, size = 16, turning, className } = props
  return (
    <svg
      viewBox="0 0 24 24"
      aria-hidden="true"
      className={classNames(
        'block shrink-0 fill-none stroke-current',
        sizes[size],
        turning && 'motion-safe:animate-[turn_0.9s_linear_infinite]',
        className,
      )}
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      {iconNodes[name].map(([tag, attributes], index) =>
        createElement(tag, { key: `${name}-${index}`, ...attributes }),
      )}
    </svg>
  )
}
