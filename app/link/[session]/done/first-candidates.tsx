import { AutoRefresh } from '#components/ui/auto-refresh.tsx'
import { FirstPeople } from '#components/wizard/done-panel.tsx'
import type { CandidatesView } from '#lib/candidates/list-for-position.ts'
import type { At } from '../../step-page.tsx'

const atFirst = 5
const lookAgainSeconds = 5
const namedFailures: readonly string[] = ['rate_limited', 'not_usable', 'credential_unreadable']

/** The first candidates by name and stage, read live; a neighbour that fails is a sentence. */
export function FirstCandidates({
  at,
  view,
}: {
  at: At
  view: Exclude<CandidatesView, { state: 'not_linked' }>
}) {
  const { say, walk } = at
  const ats = walk.connector?.manifest.name ?? ''
  if (view.state === 'failed') {
    const failure = namedFailures.includes(view.failure) ? view.failure : 'other'
    return (
      <>
        {failure === 'rate_limited' && <AutoRefresh seconds={lookAgainSeconds} />}
        <p role="status">{say(`wizard.done.failed.${failure}`, { ats })}</p>
      </>
    )
  }
  const people = view.page.items.slice(0, atFirst)
  if (people.length === 0) return <p>{say('wizard.done.nobody', { ats })}</p>
  return (
    <FirstPeople
      label={say('wizard.done.people')}
      people={people.map(({ remoteId, name, stage }) => ({ key: remoteId, name, stage }))}
    />
  )
}
