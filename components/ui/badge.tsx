import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'
import { Icon, type IconName } from './icon.tsx'

const tones = {
  plain: 'border-transparent bg-sunken text-muted',
  ok: 'border-transparent bg-ok-soft text-ok-ink',
  warn: 'border-transparent bg-warn-soft text-warn-ink',
  bad: 'border-transparent bg-bad-soft text-bad-ink',
  info: 'border-transparent bg-accent-soft text-accent-ink',
  sand: 'border-dashed border-sand bg-sand-soft text-sand-ink',
} as const

export type Tone = keyof typeof tones

/** The shape and colour of each status and health that the product knows. The word comes with it. */
const kinds = {
  pending: ['circle-dashed', 'plain'],
  active: ['circle-check', 'ok'],
  inactive: ['pause', 'plain'],
  'needs-reauth': ['octagon-alert', 'bad'],
  deleted: ['trash', 'plain'],
  healthy: ['activity', 'ok'],
  degraded: ['triangle-alert', 'warn'],
  failing: ['octagon-alert', 'bad'],
  waits: ['hourglass', 'info'],
  'test-data': ['flask-conical', 'sand'],
  ready: ['circle-check', 'ok'],
  suggested: ['star', 'info'],
  published: ['circle-check', 'ok'],
  draft: ['pencil', 'plain'],
  closed: ['lock', 'warn'],
  shared: ['link-2', 'plain'],
} as const satisfies Record<string, readonly [IconName, Tone]>

export type BadgeKind = keyof typeof kinds

/** A shape, a word and a tint: a status, a health, a mark. Give a `kind`, or `icon` and `tone` of your own. */
export function Badge(
  props: { children: ReactNode } & ({ kind: BadgeKind } | { icon: IconName; tone?: Tone | undefined }),
) {
  const [icon, tone] = 'kind' in props ? kinds[props.kind] : [props.icon, props.tone ?? 'plain']
  return (
    <span
      className={classNames(
        'inline-flex min-h-5.5 items-center gap-[5px] rounded-[11px] border py-px ps-[7px] pe-[9px] text-xs font-semibold mid:whitespace-nowrap',
        tones[tone],
      )}
    >
      <Icon name={icon} size={13} />
      {props.children}
    </span>
  )
}

/** How many there are, beside a word in a menu. */
export function Count({ children, tone }: { children: ReactNode; tone?: 'bad' | undefined }) {
  return (
    <span
      className={classNames(
        'inline-grid h-5 min-w-5 place-content-center rounded-[10px] px-1.5 text-xs font-semibold tabular-nums',
        tone === 'bad' ? 'bg-bad-soft text-bad-ink' : 'bg-sunken text-muted',
      )}
    >
      {children}
    </span>
  )
}
