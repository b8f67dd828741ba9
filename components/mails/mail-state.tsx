import type { MailRow, Say } from '#lib/views.ts'
import { Badge } from '../ui/badge.tsx'

const states = {
  queued: ['hourglass', 'info'],
  sent: ['circle-check', 'ok'],
  kept: ['mail', 'plain'],
  failed: ['circle-x', 'bad'],
} as const

/** Where a mail is: on its way, out, kept, or not sent. */
export function MailStateBadge({ say, mail }: { say: Say; mail: Pick<MailRow, 'state' | 'problem'> }) {
  const [icon, tone] = states[mail.state]
  const waits = mail.state === 'queued' && mail.problem !== null
  return (
    <Badge icon={icon} tone={tone}>
      {waits ? say('mails.retried') : say(`mails.states.${mail.state}`)}
    </Badge>
  )
}
