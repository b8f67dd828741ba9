import { classNames } from './class-names.ts'

const basin = 'M12.67 2.85A9.6 9.6 0 1 0 20.56 11.41L16.35 13.56A5.5 5.5 0 1 1 11.96 6.88z'
const plank = 'M10.9 14.37L23.3 8.05V3.68L10.9 9.99z'

/** The mark alone: a harbour basin and a plank. Under 20 px it is of one colour, by the brand's rule. */
export function Mark(props: { size?: 'xs' | 'sm' | 'md' | undefined }) {
  const size = { xs: 'size-3.5', sm: 'size-4', md: 'size-[22px]' }[props.size ?? 'md']
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true" className={classNames('block shrink-0 fill-current', size)}>
      <path d={basin} />
      <path d={plank} className="fill-sand" />
    </svg>
  )
}

/** Mark and name as a link to where the person belongs. */
export function Brand(props: { name: string; href: string }) {
  return (
    <a
      href={props.href}
      className="inline-flex items-center gap-[9px] max-mid:min-h-11 text-md font-bold tracking-[-0.015em] text-ink no-underline"
    >
      <Mark />
      {props.name}
    </a>
  )
}
