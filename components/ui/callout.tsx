import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'
import { Icon, type IconName } from './icon.tsx'

const tones = {
  plain: { box: 'bg-sunken', mark: 'text-ink', icon: 'info' },
  info: { box: 'bg-accent-soft', mark: 'text-accent-ink', icon: 'info' },
  warn: { box: 'bg-warn-soft', mark: 'text-warn-ink', icon: 'triangle-alert' },
  bad: { box: 'bg-bad-soft', mark: 'text-bad-ink', icon: 'octagon-alert' },
  ok: { box: 'bg-ok-soft', mark: 'text-ok-ink', icon: 'circle-check' },
} as const satisfies Record<string, { box: string; mark: string; icon: IconName }>

/** What happened (title), what it means (text), one button. At most one on top of a page. */
export function Callout(props: {
  tone?: keyof typeof tones | undefined
  icon?: IconName | undefined
  title?: ReactNode
  children?: ReactNode
  action?: ReactNode
  /** Announce it when it appears: `status` politely, `alert` at once. */
  role?: 'status' | 'alert' | undefined
}) {
  const tone = tones[props.tone ?? 'plain']
  return (
    <div
      role={props.role}
      className={classNames(
        'flex items-start gap-3 rounded-lg px-4 py-3.5 max-mid:flex-wrap forced-colors:border',
        tone.box,
      )}
    >
      <Icon name={props.icon ?? tone.icon} size={18} className={classNames('mt-0.5', tone.mark)} />
      <div className="grid min-w-0 flex-1 gap-1 max-mid:basis-[calc(100%-40px)]">
        {props.title && <h2 className="text-base tracking-normal">{props.title}</h2>}
        {props.children && <div className="text-muted [&_b]:text-ink">{props.children}</div>}
      </div>
      {props.action && <div className="max-mid:ms-7.5">{props.action}</div>}
    </div>
  )
}
