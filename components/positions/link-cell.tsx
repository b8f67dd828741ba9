import type { PositionLink, Say } from '#lib/views.ts'
import { Badge, type BadgeKind } from '../ui/badge.tsx'
import { Crossing, type CrossingState } from '../ui/crossing.tsx'

type Shown = { state: CrossingState; badge?: { kind: BadgeKind; word: string } }

/** How a link is, the worst first: the connection's status, its health, then the job's state. */
export function shownLink(link: PositionLink): Shown {
  const { status, health, job } = link
  if (status === 'needs_reauth') return broken('needs-reauth', 'needs_reauth')
  if (status === 'inactive') return { state: 'warn', badge: { kind: 'inactive', word: 'inactive' } }
  if (status !== 'active') return broken('pending', 'pending')
  if (health === 'failing') return broken('failing', 'failing')
  if (job.gone) return broken('closed', 'job_gone')
  if (job.state === 'closed' || job.state === 'archived') return warned('closed', 'job_closed')
  if (health === 'degraded') return warned('degraded', 'degraded')
  return job.state === 'draft' ? warned('draft', 'job_draft') : { state: 'linked' }
}

const broken = (kind: BadgeKind, word: string): Shown => ({ state: 'broken', badge: { kind, word } })
const warned = (kind: BadgeKind, word: string): Shown => ({ state: 'warn', badge: { kind, word } })

/** The link of a position in a list: the crossing, and the job or what is the matter. */
export function LinkCell(props: { say: Say; link: PositionLink; here: string; there: string }) {
  const { say, link } = props
  const { state, badge } = shownLink(link)
  const look = link.environment === 'sandbox' ? 'sandbox' : 'plain'
  return (
    <span className="inline-flex flex-wrap items-center gap-2">
      <Crossing here={{ monogram: props.here }} there={{ monogram: props.there, look }} state={state} />
      <span className="sr-only">{say('positions.linked_to')}</span>
      {badge ? (
        <Badge kind={badge.kind}>{say(`positions.link.${badge.word}`, { way: link.way })}</Badge>
      ) : (
        <span className="font-mono text-sm whitespace-nowrap">{link.job.remoteRef}</span>
      )}
      {look === 'sandbox' && <span className="sr-only">{say('positions.link.test_data')}</span>}
    </span>
  )
}
