import type { ReactNode } from 'react'
import type { Say } from '#lib/views.ts'
import type { IconName } from '../ui/icon.tsx'
import { SubmitButton } from '../ui/submit-button.tsx'

/** Starts the wizard for a position: the short button of a row, or the page's own. */
export function ConnectForm(props: {
  say: Say
  /** The position's address. */
  position: string
  label: ReactNode
  /** Whose, for those who only listen. */
  spoken?: string | undefined
  short?: boolean | undefined
  icon?: IconName | undefined
}) {
  const look = props.short
    ? { variant: 'plain' as const, size: 'sm' as const }
    : { variant: 'primary' as const, size: 'lg' as const }
  return (
    <form method="post" action={`${props.position}/connect`} className="inline">
      <SubmitButton {...look} icon={props.icon ?? 'plug'} busy={props.say('positions.connecting')}>
        {props.label}
        {props.spoken && <span className="sr-only"> {props.spoken}</span>}
      </SubmitButton>
    </form>
  )
}
