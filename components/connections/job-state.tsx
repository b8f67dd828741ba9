import { Badge } from '#components/ui/badge.tsx'
import type { LinkedPosition, Say } from '#lib/views.ts'

const kinds = { draft: 'draft', closed: 'closed' } as const

/** How a job is in the ATS, where that is out of the ordinary: a published one needs no badge. */
export function JobState({
  say,
  state,
  gone,
}: {
  say: Say
  state: LinkedPosition['jobState']
  gone: boolean
}) {
  if (gone) {
    return (
      <Badge icon="triangle-alert" tone="bad">
        {say('connections.linked.job_gone')}
      </Badge>
    )
  }
  if (state === 'published') return null
  const words = say(`connections.job_state.${state}`)
  if (state === 'draft' || state === 'closed') return <Badge kind={kinds[state]}>{words}</Badge>
  return <Badge icon="lock">{words}</Badge>
}
